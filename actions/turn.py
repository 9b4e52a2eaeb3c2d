"""One turn as an action sees it: the text, what was understood, and what is known so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from actions import contact
from actions.answers import safe_contact
from actions.questions import UNANSWERED
from actions.told import UNSURE, Location, Understanding

if TYPE_CHECKING:
    from rasa_sdk import Tracker

    from actions.told import SafeContact

# From here on an intent is more than the best of bad guesses. Below it an unknown village would be
# taken for a greeting, and asked for again.
SURE = 0.5
NOT_UNDERSTOOD = "nlu_fallback"

HUMAN = "talk_to_human"
PERSON = 3  # "1 yes 2 change 3 person"

NOT_OURS = ("out_of_scope", "abuse_spam")
TIMES = {"within_24h", "within_72h", "within_14_days", "over_3_months_ago_no_access"}
GRAVE = {
    "injury_needs_care",
    "unconscious",
    "poison",
    "burn",
    "choking",
    "locked_or_chained",
    "food_or_medicine_withheld",
    "death_threat",
}
FEW = 6  # words: who says no more, and names no harm, has only begun to tell

# Of these a text opens an alert even when no concern was read in it.
REPORTS = frozenset({"report_concern", "self_report", "imminent_danger", "self_harm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A text of a conversation. `question` is the one that was open when it came, None before."""

    key: str
    conversation: str
    channel: str
    joined: bool
    kept_only: bool
    intent: str
    confidence: float
    question: str | None
    language: str | None
    text: str = field(repr=False)
    understanding: Understanding = field(repr=False)
    location: Location | None = field(repr=False)
    known: dict[str, Any] = field(repr=False)

    @classmethod
    def of(cls, tracker: Tracker) -> Turn:
        """Read the turn from Rasa's tracker; `metadata` is what bot/channel.py put there."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        location = metadata.get("location")
        intent = message.get("intent") or {}
        slots: dict[str, Any] = tracker.current_slot_values()
        understanding = Understanding.read(message.get("understanding"))
        return cls(
            key=metadata.get("key") or "",
            conversation=tracker.sender_id,
            channel=metadata.get("channel") or "sms",
            joined=bool(metadata.get("joined")),
            kept_only=bool(metadata.get("kept_only")),
            intent=intent.get("name") or NOT_UNDERSTOOD,
            confidence=float(intent.get("confidence") or 0.0),
            question=slots.get("requested_slot"),
            language=slots.get("language") or understanding.language,
            text=message.get("text") or "",
            understanding=understanding,
            location=Location.model_validate(location) if location else None,
            known=slots,
        )

    @property
    def number(self) -> int | None:
        """The number that is the whole text ("2", "۲", " 12. "), else None."""
        digits = self.text.strip(" .,:;#*()،۔")
        return int(digits) if digits.isdecimal() and len(digits) <= len("100") else None

    @property
    def is_keypad(self) -> bool:
        """Whether the text is a number that answers the open question, and no age by itself.

        Asked what to change, "12" is an age; "1" to "3" are the answers to the question before.
        """
        if self.number is None:
            return False
        # An answer that comes late, after the last question, is still no age.
        return self.number <= PERSON or self.question not in {None, "change"}

    @property
    def tells_concern(self) -> bool:
        """Whether the text says what worries the reporter."""
        told = self.understanding
        return bool(self.intent in REPORTS or told.danger or told.concerns)

    @property
    def is_story(self) -> bool:
        """Whether the text tells what happens, at some length: a short one may be a village."""
        return self.tells_concern and len(self.text.split()) > FEW

    @property
    def announces(self) -> bool:
        """Whether the text says that there is something to tell, and not what."""
        told = self.understanding
        unsaid = not (told.danger or told.facts) and self.location is None
        return (
            unsaid
            and len(self.text.split()) <= FEW
            and all(concern.code == UNSURE for concern in told.concerns)
        )

    @property
    def contact(self) -> SafeContact | None:
        """What the text says by itself of whether we may contact the writer."""
        if self.question == "safe_contact":
            return None  # then all of it is the answer
        if found := contact.refused(self.text):
            return found
        if self.known.get("safe_contact") != UNANSWERED or self.is_keypad:
            return None
        return contact.late(self.text, is_story=self.tells_concern)

    @property
    def is_report(self) -> bool:
        """Whether the text by itself opens an alert. A pin does: somebody wants to be found.

        So does what a child may die of, though it was taken for talk of something else.
        """
        is_grave = any(fact.fact in GRAVE and fact.value for fact in self.understanding.facts)
        return self.tells_concern or is_grave or self.location is not None

    @property
    def tells(self) -> bool:
        """Whether the text tells anything that belongs in an alert."""
        told = self.understanding
        if self.is_report or told.places or told.children or (self.has_report and self.contact):
            return True
        if any(fact.fact not in TIMES for fact in told.facts):
            return True
        # "Is the match tomorrow?" tells a time, and nothing of a child.
        is_ours = self.has_report or not (self.intent in NOT_OURS and self.is_sure)
        return is_ours and bool(told.facts or told.when)

    @property
    def has_report(self) -> bool:
        """Whether something was told before this text, also what only the api or only we have."""
        unsent = self.known.get("unsent") or {}
        return bool(self.joined or self.known.get("case_code") or unsent.get("concerns"))

    @property
    def wants_person(self) -> bool:
        """Whether the reporter asks for a human being.

        "Call me in the evening", where we asked about contact, is the answer to that; and who sets
        something right goes on telling us.
        """
        is_answer = self.question == "safe_contact" and safe_contact(self) is not None
        is_answer = is_answer or (self.contact is not None and self.contact.allowed is False)
        is_answer = is_answer or self.understanding.remark == "corrects"
        by_number = self.question == "confirm" and self.number == PERSON
        return by_number or (self.intent == HUMAN and not is_answer)

    @property
    def is_sure(self) -> bool:
        """Whether we know what the text is for."""
        return self.confidence >= SURE and self.intent != NOT_UNDERSTOOD

"""What an answer to one question means. Pure; None stands for "not an answer to it".

Numbers are the keypad's ("1 girl 2 boy 0 skip"); words come through the understanding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions import contact
from actions.told import Fact, SafeContact

if TYPE_CHECKING:
    from actions.told import Gender
    from actions.turn import Turn

OLDEST_CHILD = 17
ONLY_AN_AGE = range(4, OLDEST_CHILD + 1)  # no question has so many answers on the keypad
SKIP = 0
YES, NO = 1, 2
GIRL, BOY = 1, 2
SKIP_WORDS = frozenset({"skip", "pass", "-", "?"})

# What happens again and again is not happening now: a standing situation is no emergency.
STANDING = re.compile(
    r"\b(?:every ?(?:day|night|week|time)|daily|each day|always|often|sometimes|regularly|usually"
    r"|(?:har )?roz|rozana|har (?:din|raat|waqt|hafte)|kabhi kabhi|kabhi kabhar|aksar|h[au]mesha"
    r"|har[ae]? (?:wraz|shpa|wakht)|kala kala|tal"
    r"|روز|روزانہ|ہر (?:دن|رات|وقت|ہفتے)|کبھی کبھی|کبھی کبھار|اکثر|ہمیشہ"
    r"|هره (?:ورځ|شپه)|هر وخت|کله کله|همېشه|تل)\b",
    re.IGNORECASE,
)

NOW = re.compile(r"\b(?:now|abhi|os|ابھی|اوس)\b", re.IGNORECASE)


def is_skipped(turn: Turn) -> bool:
    """Whether the reporter does not want to answer, or does not know."""
    word = turn.text.strip().casefold()
    return turn.number == SKIP or word in SKIP_WORDS or turn.intent == "dont_know"


def yes_or_no(turn: Turn) -> bool | None:
    """Yes or no, by number or by word."""
    if turn.number in {YES, NO}:
        return turn.number == YES
    return {"affirm": True, "deny": False}.get(turn.intent)


def age(turn: Turn) -> int | None:
    """The age in whole years: the text's one number, in digits or words; a child's age.

    "no" is nine in Urdu, and a no.
    """
    if turn.intent == "deny" and turn.number is None:
        return None
    numbers = [turn.number] if turn.number is not None else turn.understanding.numbers
    in_range = {number for number in numbers if number is not None and 0 < number <= OLDEST_CHILD}
    return in_range.pop() if len(in_range) == 1 else None


def gender(turn: Turn) -> Gender | None:
    """Girl or boy by number; the words come through the understanding's children."""
    numbers: dict[int | None, Gender] = {GIRL: "girl", BOY: "boy"}
    return numbers.get(turn.number)


def chosen(turn: Turn) -> int | None:
    """Which of the open choices was taken, from 0: by its number, or by its district's name."""
    choices = turn.known.get("choices") or []
    number = turn.number
    if number is None and len(turn.understanding.numbers) == 1:
        number = turn.understanding.numbers[0]
    if number is not None:
        return number - 1 if 1 <= number <= len(choices) else None
    districts = {place.district for place in turn.understanding.places}
    named = [index for index, choice in enumerate(choices) if choice["district"] in districts]
    return named[0] if len(named) == 1 else None


def standing(turn: Turn) -> Fact | None:
    """That it happens again and again, in answer to "is it happening now?"; else None."""
    found = STANDING.search(turn.text)
    return Fact(fact="repeated", value=True, words=found.group()) if found else None


def safe_contact(turn: Turn) -> SafeContact | None:
    """Whether and how the unit may contact the reporter, their words kept as they are.

    Who goes on telling has not said yes, whatever words of time stand in the story.
    """
    text = turn.text.strip()
    if turn.number == SKIP or text.casefold() in SKIP_WORDS:
        return None
    if turn.tells_concern:
        return contact.refused(text)
    found = contact.answered(text, says=yes_or_no(turn))
    # "Na poyegam", I do not know, begins with a no and is none.
    return None if turn.intent == "dont_know" and found == SafeContact(allowed=False) else found

"""The answers to our questions, each by its question: what one makes known, and tells the api. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions import answers
from actions.questions import CHANGE, CONFIRM, UNANSWERED, WHICH_PLACE
from actions.told import Child, Fact, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.turn import Turn

Known = dict[str, Any]


def told_what(turn: Turn) -> bool | None:
    """True when the text says what worries the reporter, None when that is still to be asked."""
    return None if turn.announces else True


def _answer_concern(turn: Turn, known: Known, told: Told) -> None:  # noqa: ARG001  as all answers
    known["concern"] = True  # in their words, which the api keeps whole


def _answer_other_words(turn: Turn, known: Known, told: Told) -> None:  # noqa: ARG001  as all
    known["concern"] = known["concern"] or told_what(turn)


def _answer_place(turn: Turn, known: Known, told: Told) -> None:
    if answers.is_skipped(turn) or turn.intent == "deny":
        known["place"] = UNANSWERED
    elif known["choices"] is None:
        # Neither "1" nor "umar 9" names a place, nor does who goes on telling what happens.
        names = not (turn.number is not None or turn.understanding.children or turn.is_story)
        told.place_words = turn.text if names else None
        known["place"] = {"words": told.place_words or ""}


def _answer_nearest_town(turn: Turn, known: Known, told: Told) -> None:
    before = turn.known.get("place") or {}
    known["place"] = {"words": before.get("words", ""), "near": turn.text}
    if not (answers.is_skipped(turn) or known["choices"]):
        told.place_words = f"{before.get('words', '')}, {turn.text}".strip(", ")


def _answer_which_place(turn: Turn, known: Known, told: Told) -> None:
    choices = turn.known.get("choices") or []
    number = answers.chosen(turn)
    known["choices"] = None
    if number is not None:
        told.place, told.place_words = choices[number]["id"], choices[number]["name"]
        known["place"] = choices[number]
    elif known["place"] is None:
        # None of these: the town near it is asked, unless that is how we came here.
        told.place_words = None if answers.is_skipped(turn) else turn.text
        known["place"] = {"words": told.place_words or ""}


def _answer_happening_now(turn: Turn, known: Known, told: Told) -> None:
    answer = answers.yes_or_no(turn)
    if standing := answers.standing(turn):
        told.facts = [*told.facts, standing]
        # "Yes, now too" is now, "yes, every day" is not.
        if not (answer and answers.NOW.search(turn.text)):
            known["happening_now"] = False
            return
    # "I am a girl" sounds like a yes, and a yes here is an emergency.
    if answer and (turn.understanding.children or turn.understanding.places):
        answer = None
    known["happening_now"] = UNANSWERED if answer is None else answer
    if answer is not None:
        told.facts = [*told.facts, Fact(fact="happening_now", value=answer, words=turn.text)]


def _answer_age(turn: Turn, known: Known, told: Told) -> None:
    age = None if answers.is_skipped(turn) else answers.age(turn)
    known["age"] = UNANSWERED if age is None else age
    if age is not None:
        gender = known["gender"] if known["gender"] != UNANSWERED else None
        told.children = [Child(age=age, gender=gender)]


def _answer_gender(turn: Turn, known: Known, told: Told) -> None:
    gender = answers.gender(turn)
    known["gender"] = gender or UNANSWERED
    if gender:
        age = known["age"] if known["age"] != UNANSWERED else None
        told.children = [Child(age=age, gender=gender)]


def _answer_safe_contact(turn: Turn, known: Known, told: Told) -> None:
    told.safe_contact = answers.safe_contact(turn)
    known["safe_contact"] = (
        told.safe_contact.model_dump(exclude_none=True) if told.safe_contact else UNANSWERED
    )


def _answer_confirm(turn: Turn, known: Known, told: Told) -> None:
    says_no = answers.yes_or_no(turn) is False
    known["confirm"] = CHANGE if says_no and not (told.corrects or turn.tells) else True


def _answer_change(turn: Turn, known: Known, told: Told) -> None:  # noqa: ARG001  as all answers
    known["confirm"] = True  # whatever it was: their words are kept, and nobody is asked twice


ANSWERS: dict[str, Callable[[Turn, Known, Told], None]] = {
    "concern": _answer_concern,
    "other_words": _answer_other_words,
    "place": _answer_place,
    "nearest_town": _answer_nearest_town,
    WHICH_PLACE: _answer_which_place,
    "happening_now": _answer_happening_now,
    "age": _answer_age,
    "gender": _answer_gender,
    "safe_contact": _answer_safe_contact,
    CONFIRM: _answer_confirm,
    CHANGE: _answer_change,
}

"""What a turn adds to what is known of a report: what it tells, and the answer it gives. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import answers
from actions.answering import ANSWERS, Known, told_what
from actions.corrections import correct, with_one_more
from actions.questions import (
    CHANGE,
    CONFIRM,
    UNANSWERED,
    WHICH_PLACE,
    choices_of,
    equally_good,
)
from actions.told import UNSURE, Child, Concern, Told

if TYPE_CHECKING:
    from actions.turn import Turn

# What belongs to one alert; the rest (language, unsent) belongs to the conversation.
OF_ONE_ALERT = (
    "concern",
    "place",
    "happening_now",
    "age",
    "gender",
    "safe_contact",
    "choices",
    "reporter_is_child",
    "case_code",
    "unclear",
    "resumed",
    "children",
    "danger",
    "confirm",
    "read_back",
    "taken_back",
)
WHERE = {"place", "nearest_town", WHICH_PLACE}
PLACE_KNOWN = {"id", "name", "district"}


def learn(turn: Turn) -> tuple[Known, Told]:
    """What is known after the turn, by slot, and what the api is to be told of it."""
    known: Known = {name: turn.known.get(name) for name in OF_ONE_ALERT}
    if turn.joined:
        known["concern"] = True  # the api has it from before: it is not asked again
    told = Told(location=turn.location)
    if turn.understanding.taken_back:
        known["taken_back"] = told.taken_back = True
        return known, told
    turn, told.corrects = correct(with_one_more(turn))
    # A bare number answers the open question; as free text "2" would be an age of two.
    if not turn.is_keypad:
        _hear(turn, known, told)
    elif turn.number in answers.ONLY_AN_AGE and turn.question not in {"age", CHANGE}:
        _hear_late_age(turn, known, told)
    if turn.location:
        known |= {"place": turn.location.model_dump(), "choices": None}
    answer = ANSWERS.get(turn.question or "")
    # What sets an earlier answer right leaves the open question open.
    sets_right = turn.understanding.remark == "corrects"
    is_aside = (told.corrects and turn.question not in {CONFIRM, CHANGE}) or (
        sets_right and turn.question in WHERE
    )
    if answer and not is_aside and not _is_filled(turn, known):
        answer(turn, known, told)
    return known, told


def _is_filled(turn: Turn, known: Known) -> bool:
    """Whether the open question has its answer from what the text tells by itself."""
    if turn.question in WHERE:
        if turn.question == WHICH_PLACE and answers.chosen(turn) is not None:
            return False
        place = known["place"]
        return place is not None and place != turn.known.get("place")
    return known.get(turn.question or "") is not None


def _hear(turn: Turn, known: Known, told: Told) -> None:
    """Take in what the text tells by itself, asked or not."""
    read = turn.understanding
    told.danger, told.concerns, told.facts = read.danger, read.concerns, read.facts
    told.children, told.when = read.children, read.when
    told.reporter_is_child = read.reporter_is_child or turn.intent == "self_report"
    if turn.tells_concern:
        known |= {"concern": known["concern"] or told_what(turn), "taken_back": None}
    if told.reporter_is_child:
        known["reporter_is_child"] = True
    for fact in read.facts:
        if fact.fact == "happening_now":
            known["happening_now"] = fact.value
    if read.when and known["happening_now"] is None and turn.question != "happening_now":
        known["happening_now"] = False  # another time was told, so it need not be asked
    _hear_places(turn, known, told)
    _hear_children(turn, known)
    is_open = known["safe_contact"] is None or known["safe_contact"] == UNANSWERED
    if is_open and (found := turn.contact):
        told.safe_contact = found
        known["safe_contact"] = found.model_dump(exclude_none=True)


def _hear_places(turn: Turn, known: Known, told: Told) -> None:
    places = turn.understanding.places
    several = equally_good(places)
    if several:
        told.place_words = places[0].words
        if known["place"] is None or turn.question == "nearest_town":
            known["choices"] = choices_of(several)
    elif places:
        told.place, told.place_words = places[0].id, places[0].words
        known |= {"place": places[0].model_dump(include=PLACE_KNOWN), "choices": None}
    elif turn.understanding.elsewhere and (turn.question in WHERE or known["place"] is None):
        told.elsewhere = turn.understanding.elsewhere
        told.place_words = told.elsewhere.words or told.elsewhere.name
        known |= {"place": {"elsewhere": told.elsewhere.name}, "choices": None}


def _hear_children(turn: Turn, known: Known) -> None:
    children = turn.understanding.children
    for slot in ("age", "gender"):
        values = [value for child in children if (value := getattr(child, slot)) is not None]
        if values:
            known[slot] = values[0]
        elif len(children) > 1 and known[slot] is None:
            # Which of them would be asked? The api has each as told.
            known[slot] = UNANSWERED


def _hear_late_age(turn: Turn, known: Known, told: Told) -> None:
    """Take "14" for the age where a question that has no fourteenth answer came before it."""
    if known["age"] in {None, UNANSWERED}:
        known["age"] = turn.number
        told.children = [Child(age=turn.number)]


def unsure() -> Concern:
    """What a text is about that nobody could read: for a person to look at.

    Whatever is read in a later text is likelier.
    """
    return Concern(code=UNSURE, p=0.1)

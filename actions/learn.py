"""What a turn adds to what is known of a report: what it tells, and the answer it gives. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from actions import answers
from actions.corrections import correct
from actions.questions import (
    CHANGE,
    CONFIRM,
    UNANSWERED,
    WHICH_PLACE,
    choices_of,
    equally_good,
)
from actions.told import Child, Concern, Fact, Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.turn import Turn

Known = dict[str, Any]

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
    turn, told.corrects = correct(turn)
    # A bare number answers the open question; as free text "2" would be an age of two.
    if not turn.is_keypad:
        _hear(turn, known, told)
    if turn.location:
        known |= {"place": turn.location.model_dump(), "choices": None}
    answer = ANSWERS.get(turn.question or "")
    # What sets an earlier answer right leaves the open question open.
    is_aside = told.corrects and turn.question not in {CONFIRM, CHANGE}
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
        known |= {"concern": True, "taken_back": None}
    if told.reporter_is_child:
        known["reporter_is_child"] = True
    for fact in read.facts:
        if fact.fact == "happening_now":
            known["happening_now"] = fact.value
    if read.when and known["happening_now"] is None and turn.question != "happening_now":
        known["happening_now"] = False  # another time was told, so it need not be asked
    _hear_places(turn, known, told)
    _hear_children(turn, known)


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


def _answer_concern(turn: Turn, known: Known, told: Told) -> None:  # noqa: ARG001  as all answers
    known["concern"] = True  # in their words, which the api keeps whole


def _answer_place(turn: Turn, known: Known, told: Told) -> None:
    if answers.is_skipped(turn) or turn.intent == "deny":
        known["place"] = UNANSWERED
    elif known["choices"] is None:
        # Neither "1" nor "umar 9" names a place.
        names = turn.number is None and not turn.understanding.children
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
    # Who goes on telling has not said yes, whatever words of time stand in the story.
    is_answer = not (answers.is_skipped(turn) or turn.tells_concern)
    told.safe_contact = answers.safe_contact(turn) if is_answer else None
    known["safe_contact"] = (
        told.safe_contact.model_dump(exclude_none=True) if told.safe_contact else UNANSWERED
    )


def _answer_confirm(turn: Turn, known: Known, told: Told) -> None:
    says_no = answers.yes_or_no(turn) is False
    known["confirm"] = CHANGE if says_no and not (told.corrects or turn.tells) else True


def _answer_change(turn: Turn, known: Known, told: Told) -> None:  # noqa: ARG001  as all answers
    known["confirm"] = True  # whatever it was: their words are kept, and nobody is asked twice


def unsure() -> Concern:
    """What a text is about that nobody could read: for a person to look at."""
    return Concern(code="other_unsure", p=1.0)


ANSWERS: dict[str, Callable[[Turn, Known, Told], None]] = {
    "concern": _answer_concern,
    "other_words": _answer_concern,
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

"""What a text takes back of what was told before: "nahi 13 nahi 12", "Swat nahi, Chakdara". Pure.

Of two values the one that is not known yet is the right one, whatever the grammar says; only where
neither is known does the "not" beside one decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from actions.questions import CHANGE, CONFIRM
from actions.told import Child, Corrects

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from actions.told import Place
    from actions.turn import Turn


def correct(turn: Turn) -> tuple[Turn, Corrects]:
    """The turn without the values it takes back, and what of the known it says is not so."""
    read = turn.understanding
    said = read.remark == "corrects"
    asked = turn.question in {CONFIRM, CHANGE} and read.remark is None
    if not (said or asked or _tells_age_again(turn)) or turn.is_keypad:
        return turn, Corrects()
    ages = _ages(turn, every_number=said or asked)
    known = known_children(turn.known)
    age, wrong_age = _instead(ages, _told_of(known, "age"), read.refused, said=said)
    genders = _told_of([child.model_dump() for child in read.children], "gender")
    gender, wrong_gender = _instead(genders, _told_of(known, "gender"), (), said=said)
    places, wrong_place = _places(turn) if said or asked else (read.places, None)
    children: list[Child] = read.children
    if age is not None or wrong_gender:
        children = [Child(age=age, gender=gender)]
    instead = {"children": children, "places": places}
    if age is not None:
        instead["numbers"] = [age]
    read = read.model_copy(update=instead)
    return (
        replace(turn, understanding=read),
        Corrects(age=wrong_age, gender=wrong_gender, place=wrong_place),
    )


def with_one_more(turn: Turn) -> Turn:
    """The turn with the known children before one that it adds, lest the two be taken for one.

    A child of seven may be the one of whom eight was told; "one more, seven" is not.
    """
    read = turn.understanding
    ages = {child["age"] for child in known_children(turn.known)}
    told = {child.age for child in read.children}
    if read.remark != "adds" or not (ages and told) or None in ages | told or ages & told:
        return turn
    known = [Child(**child) for child in known_children(turn.known)]
    read = read.model_copy(update={"children": [*known, *read.children]})
    return replace(turn, understanding=read)


def known_children(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The children as the api has them; before it has any, as the answers tell."""
    if known.get("children"):
        return list(known["children"])
    age, gender = known.get("age"), known.get("gender")
    child = {
        "age": age if isinstance(age, int) else None,
        "gender": gender if gender in {"girl", "boy"} else None,
    }
    return [child] if any(child.values()) else []


def _tells_age_again(turn: Turn) -> bool:
    """Whether an age comes for the one child whose age is known, and nothing else with it."""
    known = known_children(turn.known)
    told = turn.understanding.children
    return (
        turn.intent == "provide_age"
        and turn.understanding.remark is None
        and len(known) == len(told) == 1
        and told[0].gender in {None, known[0]["gender"]}
    )


def _ages(turn: Turn, *, every_number: bool) -> list[int]:
    """The ages told; where something is set right, every number that may be one."""
    read = turn.understanding
    told = [child.age for child in read.children if child.age is not None]
    if every_number:
        told = read.ages or told
    return list(dict.fromkeys(told))


def _told_of(children: Sequence[Mapping[str, Any]], what: str) -> list[Any]:
    return list(dict.fromkeys(child[what] for child in children if child[what] is not None))


def _instead[Value](
    told: Sequence[Value], known: Sequence[Value], refused: Sequence[Value], *, said: bool
) -> tuple[Value | None, Value | None]:
    """The right value and the wrong one that it replaces; None where there is none."""
    wrong = [value for value in told if value in known]
    right = [value for value in told if value not in known]
    if not wrong:
        right = [value for value in right if value not in refused] or right
    if not right:
        return (told[0] if len(told) == 1 else None), None
    # "7 and 12" in answer to "did I understand you?" is a second child, no correction.
    if not said and len(told) > 1:
        return None, None
    if wrong or len(known) == 1:
        return right[-1], (wrong or known)[0]
    return right[-1], None


def _places(turn: Turn) -> tuple[list[Place], str | None]:
    """The places without the known one, and the known one's id when another takes its stead."""
    places = turn.understanding.places
    known = turn.known.get("place")
    if not isinstance(known, dict) or "id" not in known:
        return places, None
    others = [place for place in places if place.id != known["id"]]
    farther = [place for place in others if place.district != known.get("district")]
    others = farther or others
    return (others, known["id"]) if others else (places, None)

"""Which question comes next. Pure; nothing is asked twice, and what was told is not asked at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from actions.told import Place

# The answer of a question that was skipped, or that got no answer: it is not asked again.
UNANSWERED = "unanswered"
# Asks nothing and keeps the form open: there is no `utter_ask_nothing`. So a lifeline stands
# alone, and what comes next is still heard as part of the report.
NOTHING = "nothing"
WHICH_PLACE = "which_place"
# "Did I understand you?", once, and what is asked of who says no.
CONFIRM, CHANGE = "confirm", "change"

ORDER = ("concern", "place", "happening_now", "age", "gender", "safe_contact")
# A child who writes about her- or himself is first asked how we may answer safely.
ORDER_FOR_A_CHILD = ("concern", "safe_contact", "place", "happening_now", "age", "gender")

MOST_CHOICES = 3
CHOICES_FIT = 66  # characters: with "0 other" one part of an Urdu SMS and a little more


def next_question(known: Mapping[str, Any]) -> str | None:
    """The next question of a report, None when all are answered or skipped.

    After danger nobody is asked whether it is happening, nor to check what we understood.
    """
    if known.get("taken_back"):
        return None
    order = ORDER_FOR_A_CHILD if known.get("reporter_is_child") else ORDER
    for slot in order:
        if slot == "place":
            question = place_question(known)
            if question:
                return question
        elif known.get(slot) is None and not (slot == "happening_now" and known.get("danger")):
            return slot
    return _last_question(known)


def is_complete(known: Mapping[str, Any]) -> bool:
    """Whether nothing is left to ask but whether we understood."""
    return not known.get("taken_back") and next_question(known) in {None, CONFIRM, CHANGE}


def _last_question(known: Mapping[str, Any]) -> str | None:
    if known.get("confirm") == CHANGE:
        return CHANGE
    asked = known.get("confirm") is not None
    return CONFIRM if read_back(known) and not (asked or known.get("danger")) else None


def place_question(known: Mapping[str, Any]) -> str | None:
    """How to ask where, as far as it is not known; None when it is, or was asked in vain."""
    place = known.get("place")
    if known.get("choices"):
        return WHICH_PLACE
    if place is None:
        return "place"
    if place != UNANSWERED and "words" in place and "near" not in place:
        return "nearest_town"  # named, but no place we know: asked once in another way
    return None


def unanswered(known: Mapping[str, Any]) -> list[str]:
    """The questions that were asked and got no answer: staff see what to ask."""
    return [slot for slot in ORDER if known.get(slot) == UNANSWERED]


def equally_good(places: list[Place]) -> list[Place]:
    """The places a name may mean when they lie in different districts; empty when one is best."""
    if not places:
        return []
    best = [place for place in places if place.score == places[0].score]
    districts = {place.district: place for place in reversed(best)}
    return list(reversed(districts.values())) if len(districts) > 1 else []


def choices_text(choices: list[dict[str, Any]]) -> str:
    """The choices by number, as `1 Shabqadar, Charsadda 2 Shabqadar, Mohmand`."""
    return " ".join(f"{number} {choice['name']}" for number, choice in enumerate(choices, 1))


def choices_of(places: list[Place]) -> list[dict[str, Any]]:
    """At most three places to choose from, no more than fit into a short SMS."""
    choices = [
        {"id": place.id, "name": _with_district(place), "district": place.district}
        for place in places
    ]
    choices = choices[:MOST_CHOICES]
    while len(choices) > 1 and len(choices_text(choices)) > CHOICES_FIT:
        choices.pop()
    return choices


def _with_district(place: Place) -> str:
    return place.name if place.name == place.district else f"{place.name}, {place.district}"


def read_back(known: Mapping[str, Any]) -> str:
    """What we understood, in signs that need no language: the place, and each child."""
    place = known.get("place")
    named = place.get("name") if isinstance(place, dict) else None
    lines = [f"📍 {named}"] if named else []
    for child in known.get("children") or []:
        age = "" if child["age"] is None else f" {child['age']}"
        lines.append({"girl": "👧", "boy": "👦", None: "🧒"}[child["gender"]] + age)
    return "\n".join(lines)

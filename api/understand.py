"""Adds triage and routing to what the bot understood: JSON lines in, JSON lines out.

`python -m bot.understand | python -m api.understand`. A text is weighed by the functions that
weigh live traffic.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from api.alerts.likeness import Child
from api.alerts.telling import Fact, Understood, by_model, likeliest, weigh_telling
from api.places.routing import route
from api.reference import Reference

if TYPE_CHECKING:
    from api.alerts.telling import Telling
    from language.places import Place


def answer(line: dict[str, Any], reference: Reference) -> dict[str, Any]:
    """Return what is understood of one text, with risk, reasons and unit."""
    told = line["understanding"]
    place = first_place(told, reference)
    understood = Understood(
        intent=line["intent"],
        concerns={concern["code"]: concern["p"] for concern in told["concerns"]},
        facts={
            fact["fact"]: Fact(value=fact["value"], words=fact["words"]) for fact in told["facts"]
        },
        children=[Child(age=child["age"], gender=child["gender"]) for child in told["children"]],
        place=place,
        danger=told["danger"],
        reporter_is_child=told["reporter_is_child"],
    )
    telling = by_model(line["text"], understood, reference)
    return {
        "text": line["text"],
        "language": told["language"],
        "intent": line["intent"],
        "confidence": line["confidence"],
        **judged(telling, reference),
        "place": place_of(place, reference),
        "child": told["children"][0] if told["children"] else None,
        "when": told["when"],
    }


def judged(telling: Telling, reference: Reference) -> dict[str, Any]:
    """Return danger, risk, reasons and concerns; risk `none` when nothing is told."""
    verdict = weigh_telling(telling, reference)
    concerns = likeliest((code, concern.p) for code, concern in telling.concerns.items())
    if not telling.opens and not telling.concerns and not verdict.danger:
        return {"danger": False, "risk": "none", "risk_reasons": [], "concerns": []}
    return {
        "danger": verdict.danger,
        "risk": verdict.risk.word,
        "risk_reasons": [
            {"rule": reason.rule, "words": reason.words} for reason in verdict.reasons
        ],
        "concerns": concerns,
    }


def first_place(told: dict[str, Any], reference: Reference) -> Place | None:
    """Return the likeliest place of an understanding."""
    return reference.gazetteer.get(told["places"][0]["id"]) if told["places"] else None


def place_of(place: Place | None, reference: Reference) -> dict[str, str] | None:
    """Return a place with the code of the unit that serves it."""
    if place is None:
        return None
    return {
        "id": place.id,
        "name": place.name,
        "level": place.level,
        "district": place.district,
        "dcpu": route(place, reference.units).unit,
    }


def main() -> None:
    """Answer each line as it comes, and write nothing else."""
    places = os.environ.get("AMAAN_PLACES")
    reference = Reference.load(Path("nlu_data"), Path(places) if places else None)
    for line in sys.stdin:
        if line.strip():
            told = json.dumps(answer(json.loads(line), reference), ensure_ascii=False)
            sys.stdout.write(told + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()

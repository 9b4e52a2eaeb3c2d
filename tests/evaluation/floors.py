"""What the evaluation must not fall below: floors.yml, which only ever rises."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from tests.evaluation.figures import Share
from tests.evaluation.messages import FORMS, MEASURES, share

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tests.evaluation.judged import Judged
    from tests.evaluation.messages import Measure

    Line = dict[str, Any]

FILE = Path(__file__).with_name("floors.yml")
HEAD = """# What `make evaluate` reached at its best over all messages and dialogues; CI fails below.
# Written by `make evaluate`, which only raises. Where few is good the figure is 1 less the share.
"""
DANGER = MEASURES[0]
STEPS = 200  # a floor is rounded down to half a percent, for another processor's last digit


def reached(judged: Judged) -> dict[str, float]:
    """Each measure over all messages, danger found in each form, and dialogues; more is better."""
    figures = {measure.name: _goodness(measure, judged.pairs) for measure in MEASURES}
    for form in FORMS:
        of_form = [pair for pair in judged.pairs if pair[0]["form"] == form]
        figures[f"{DANGER.name}, {form}"] = share(DANGER, of_form).value
    right = sum(one.passed for one in judged.dialogues)
    return figures | {"dialogues": Share(right, len(judged.dialogues)).value}


def _goodness(measure: Measure, pairs: Sequence[tuple[Line, Line]]) -> float:
    value = share(measure, pairs).value
    return 1 - value if measure.low else value


def load() -> dict[str, float]:
    """The floors as they stand."""
    floors: dict[str, float] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return floors


def raise_to(figures: Mapping[str, float]) -> None:
    """Raise each floor to what was reached; none is lowered."""
    before = load() if FILE.exists() else {}
    floors = {
        name: max(before.get(name, 0.0), math.floor(figure * STEPS) / STEPS)
        for name, figure in figures.items()
    }
    FILE.write_text(HEAD + yaml.safe_dump(floors, sort_keys=False), encoding="utf-8")

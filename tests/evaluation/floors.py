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
DIALOGUES = "dialogues"
# What may go wrong without anything being worse: another processor's last digit may turn one
# message, a busy machine two dialogues.
SLACK = 1
SLACK_OF_DIALOGUES = 2
DIGITS = 1000


def reached(judged: Judged) -> dict[str, Share]:
    """Each measure over all messages, danger found in each form, and dialogues; more is better."""
    shares = {measure.name: _good(measure, judged.pairs) for measure in MEASURES}
    for form in FORMS:
        of_form = [pair for pair in judged.pairs if pair[0]["form"] == form]
        shares[f"{DANGER.name}, {form}"] = share(DANGER, of_form)
    right = sum(one.passed for one in judged.dialogues)
    return shares | {DIALOGUES: Share(right, len(judged.dialogues))}


def _good(measure: Measure, pairs: Sequence[tuple[Line, Line]]) -> Share:
    found = share(measure, pairs)
    return Share(found.of - found.hits, found.of) if measure.low else found


def load() -> dict[str, float]:
    """The floors as they stand."""
    floors: dict[str, float] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return floors


def raise_to(shares: Mapping[str, Share]) -> None:
    """Raise each floor to what was reached, less the slack; none is lowered."""
    before = load() if FILE.exists() else {}
    floors = {}
    for name, found in shares.items():
        slack = SLACK_OF_DIALOGUES if name == DIALOGUES else SLACK
        floor = math.floor(DIGITS * max(0, found.hits - slack) / found.of) / DIGITS
        floors[name] = max(before.get(name, 0.0), floor)
    FILE.write_text(HEAD + yaml.safe_dump(floors, sort_keys=False), encoding="utf-8")

"""Judges single messages over `make understand`'s own two processes."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.evaluation.figures import Share, f1

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Line = dict[str, Any]
    # A message and its answer: whether a measure speaks of it, and whether it is right.
    Asks = Callable[[Line, Line], bool]

ROOT = Path(__file__).parents[2]
RASA = ROOT / "bot/.venv/bin/python"
SETS = (
    "messages.jsonl",
    "messages_second.jsonl",
    "messages_third.jsonl",
    "messages_fourth.jsonl",
    "messages_fifth.jsonl",
)
FORMS = ("en", "ur", "ps", "roman_ur", "roman_ps", "mixed")
RISKS = ("none", "low", "medium", "high", "immediate")
HIGH = {"high", "immediate"}
INNOCENT = {"greet", "thanks", "out_of_scope", "abuse_spam"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A question asked of the messages it speaks of; `low` when few of them is good."""

    name: str
    of: Asks
    right: Asks
    low: bool = False


def _is_child(field: str) -> Measure:
    return Measure(
        field,
        lambda gold, _: gold[field] is not None,
        lambda gold, answer: (answer["child"] or {}).get(field) == gold[field],
    )


def _is_high(line: Line) -> bool:
    return line["risk"] in HIGH


MEASURES = (
    Measure("danger found", lambda gold, _: _is_high(gold), lambda _, answer: _is_high(answer)),
    Measure("danger right", lambda _, answer: _is_high(answer), lambda gold, _: _is_high(gold)),
    Measure("lifeline sent", lambda gold, _: gold["danger"], lambda _, answer: answer["danger"]),
    Measure("lifeline right", lambda _, answer: answer["danger"], lambda gold, _: gold["danger"]),
    Measure(
        "false alarm",
        lambda gold, _: gold["hard_negative"] or gold["intent"] in INNOCENT,
        lambda _, answer: bool(answer["danger"] or answer["concerns"]),
        low=True,
    ),
    Measure(
        "over-triage",
        lambda gold, _: gold["risk"] in {"medium", "low"},
        lambda _, answer: _is_high(answer),
        low=True,
    ),
    Measure("intent", lambda *_: True, lambda gold, answer: gold["intent"] == answer["intent"]),
    Measure(
        "concern first",
        lambda gold, _: bool(gold["concerns"]),
        lambda gold, answer: bool(set(answer["concerns"][:1]) & set(gold["concerns"])),
    ),
    Measure(
        "district",
        lambda gold, _: gold["district"] is not None,
        lambda gold, answer: (answer["place"] or {}).get("district") == gold["district"],
    ),
    Measure(
        "place invented",
        lambda gold, _: gold["district"] is None,
        lambda _, answer: answer["place"] is not None,
        low=True,
    ),
    _is_child("age"),
    _is_child("gender"),
    Measure("language", lambda *_: True, lambda gold, answer: gold["form"] == answer["language"]),
)


def load(name: str) -> list[Line]:
    """The messages of one set."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def answers(messages: Sequence[Line]) -> list[Line]:
    """What the trained model and the triage make of each, as `make understand` answers it."""
    asked = "\n".join(json.dumps({"text": message["text"]}) for message in messages)
    heard = _run([str(RASA), "-m", "bot.understand"], asked)
    return [
        json.loads(line)
        for line in _run([sys.executable, "-m", "api.understand"], heard).splitlines()
    ]


def _run(command: list[str], given: str) -> str:
    return subprocess.run(
        command, input=given, stdout=subprocess.PIPE, cwd=ROOT, text=True, check=True
    ).stdout


def share(measure: Measure, pairs: Sequence[tuple[Line, Line]]) -> Share:
    """How often a measure holds of the messages it speaks of."""
    asked = [(gold, answer) for gold, answer in pairs if measure.of(gold, answer)]
    return Share(sum(measure.right(*pair) for pair in asked), len(asked))


def f1_of_intents(pairs: Sequence[tuple[Line, Line]]) -> dict[str, float]:
    """F1 of each intent."""
    return f1(({gold["intent"]}, {answer["intent"]}) for gold, answer in pairs)


def f1_of_concerns(pairs: Sequence[tuple[Line, Line]]) -> dict[str, float]:
    """F1 of each concern; every concern accepted counts as one that had to be found."""
    return f1((set(gold["concerns"]), set(answer["concerns"])) for gold, answer in pairs)


def worst(pairs: Sequence[tuple[Line, Line]], most: int) -> list[tuple[Line, Line]]:
    """The misses that would hurt most: the farthest from the right risk, the missed ones first."""

    def harm(pair: tuple[Line, Line]) -> tuple[int, int]:
        short = RISKS.index(pair[0]["risk"]) - RISKS.index(pair[1]["risk"])
        return max(short, 0) * RISKS.index(pair[0]["risk"]), -min(short, 0)

    ranked = sorted(pairs, key=harm, reverse=True)
    return [pair for pair in ranked if harm(pair) > (0, 0)][:most]

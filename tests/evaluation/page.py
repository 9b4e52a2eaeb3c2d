"""The page docs/evaluation.md, from figures. Pure."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from tests.evaluation import messages
from tests.evaluation.messages import FORMS, MEASURES, Measure, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Line = dict[str, Any]
    Pairs = Sequence[tuple[Line, Line]]

WORST = 20
CONFUSED = 15

HEAD = """# How well Amaan understands

Written by `make evaluate`; do not edit. The messages and dialogues of `tests/evaluation` were
written apart from the training data; its README says by whom, what each label means and what is
uncertain. A share stands with its 95 % interval (Wilson). How it works and why this learner:
[understanding.md](understanding.md).

**danger found**: reports of high or immediate risk rated so. **danger right**: of what was rated
so, what is. **lifeline sent / right**: the same of `danger`, which sends the helplines.
**false alarm**: hard negatives, small talk and spam that raise danger or a concern.
**over-triage**: medium and low reports rated high or immediate. **place invented**: a place found
where the text names none.
"""


def page(sets: dict[str, Pairs], dialogues: str) -> str:
    """The whole page: each set apart, then all messages together, then the dialogues."""
    everything = [pair for pairs in sets.values() for pair in pairs]
    parts = [HEAD]
    for name, pairs in sets.items():
        parts += [f"## `{name}`: {len(pairs)} messages", figures(pairs)]
    parts += [
        f"## All {len(everything)} messages",
        figures(everything),
        "### F1 of each intent",
        _by_label(messages.f1_of_intents(everything)),
        "### F1 of each concern",
        _by_label(messages.f1_of_concerns(everything)),
        "### Intents taken for another",
        _confusions(everything),
        f"### The {WORST} worst misses",
        _misses(everything),
        dialogues,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def figures(pairs: Pairs) -> str:
    """Each measure, over all and for each language form."""
    groups = [pairs, *([pair for pair in pairs if pair[0]["form"] == form] for form in FORMS)]

    def row(name: str, figure: Callable[[Pairs], object]) -> list[object]:
        return [name, *map(figure, groups)]

    def of(measure: Measure) -> Callable[[Pairs], object]:
        return lambda group: share(measure, group)

    rows = [row(measure.name, of(measure)) for measure in MEASURES]
    rows += [
        row("intent, macro F1", lambda group: f"{messages.f1_of_intents(group)['macro']:.3f}"),
        row("concerns, F1", lambda group: f"{messages.f1_of_concerns(group)['micro']:.3f}"),
    ]
    return _table(["", "all", *FORMS], rows)


def _by_label(scores: dict[str, float]) -> str:
    ranked = sorted(scores.items(), key=lambda score: -score[1])
    return ", ".join(f"{label} {score:.2f}" for label, score in ranked)


def _confusions(pairs: Pairs) -> str:
    taken = Counter(
        (gold["intent"], answer["intent"])
        for gold, answer in pairs
        if gold["intent"] != answer["intent"]
    )
    return _table(
        ["is", "taken for", "times"], [[*pair, n] for pair, n in taken.most_common(CONFUSED)]
    )


def _misses(pairs: Pairs) -> str:
    return _table(
        ["message", "form", "risk", "rated", "text"],
        [
            [gold["id"], gold["form"], gold["risk"], answer["risk"], gold["text"]]
            for gold, answer in messages.worst(pairs, WORST)
        ],
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    def lines() -> Iterator[str]:
        yield "| " + " | ".join(head) + " |"
        yield "|" + "---|" * len(head)
        for row in rows:
            yield "| " + " | ".join(str(cell).replace("|", "/") for cell in row) + " |"

    return "\n".join(lines())

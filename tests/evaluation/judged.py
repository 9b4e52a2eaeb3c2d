"""Judges everything once: all messages by the trained model, all dialogues by the running whole."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.e2e.installed import installed
from tests.evaluation import dialogues, messages

if TYPE_CHECKING:
    from collections.abc import Sequence

    Line = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """The messages of each set with their answers, and what became of each dialogue."""

    sets: dict[str, list[tuple[Line, Line]]]
    dialogues: Sequence[dialogues.Result]

    @property
    def pairs(self) -> list[tuple[Line, Line]]:
        """All messages of all sets with their answers."""
        return [pair for pairs in self.sets.values() for pair in pairs]


def judge() -> Judged:
    """Ask the model and play the dialogues; needs a trained model and starts an installation."""
    asked = {name: messages.load(name) for name in messages.SETS}
    answers = iter(messages.answers([line for lines in asked.values() for line in lines]))
    sets = {name: [(line, next(answers)) for line in lines] for name, lines in asked.items()}
    with tempfile.TemporaryDirectory() as folder, installed(Path(folder)) as amaan:
        return Judged(sets, dialogues.evaluate(amaan, dialogues.load()))

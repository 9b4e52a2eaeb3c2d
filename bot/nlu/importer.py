"""Reads the training examples, a hundred times as fast as Rasa's own reader.

Rasa parses YAML in Python and checks each of some 60,000 nodes against a schema: two minutes for
what libyaml reads in a second. What that schema holds, tests/bot/test_nlu_data.py holds too.
"""

from __future__ import annotations

import copy
import hashlib
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method


class TrainingText(Message):  # type: ignore[misc]  # Rasa has no types here
    """A training example. Its copies share what the file says of it, which nobody changes."""

    def __deepcopy__(self, memo: dict[int, Any]) -> TrainingText:
        """Rasa copies all examples six times over before it trains."""
        twin = copy.copy(self)
        twin.data = dict(self.data)
        return twin

    def fingerprint(self) -> str:
        """What the example is known by. Rasa hashes each part of each one, four times over."""
        return hashlib.sha256(repr(self.data).encode()).hexdigest()


class Examples(RasaFileImporter):  # type: ignore[misc]  # Rasa has no types here
    """Rasa's importer of files, with a reader of its own for `nlu_data/<topic>.yml`."""

    @cached_method  # type: ignore[untyped-decorator]  # Rasa asks three times
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:  # noqa: ARG002  Rasa's own
        """All examples, each with its metadata, in the order of the files."""
        return TrainingData(
            [
                TrainingText.build(
                    example["text"].strip(), block["intent"], example_metadata=example["metadata"]
                )
                for file in sorted(self._nlu_files)
                for block in _blocks(Path(file))
                for example in block["examples"]
            ]
        )


def _blocks(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        # The C parser of the safe loader: plain data and nothing else.
        read: dict[str, Any] = yaml.load(lines, Loader=yaml.CSafeLoader)
    blocks: list[dict[str, Any]] = read["nlu"]
    return blocks

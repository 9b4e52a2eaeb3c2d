"""The evaluation is worth its name only while nothing of it stands in the training data."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
import yaml

from language.normalise import tokens
from tests.evaluation import dialogues, messages

if TYPE_CHECKING:
    from collections.abc import Iterator

PIECE = 4  # letters
NEAR = 0.6  # share of pieces in common from which one text is a copy of the other
SHORT = 30  # pieces: below it people cannot but write the same ("ji haan", "12 saal")


def pieces(text: str) -> set[str]:
    """The pieces of a text, its words run together as they are normalised."""
    letters = "".join(tokens(text))
    return {letters[at : at + PIECE] for at in range(max(1, len(letters) - PIECE + 1))}


def training() -> Iterator[str]:
    for file in sorted((messages.ROOT / "nlu_data").glob("*.yml")):
        read = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for block in read.get("nlu", []):
            yield from (example["text"] for example in block["examples"])


class Trained:
    """The pieces of each training text, and in which texts each piece stands."""

    def __init__(self) -> None:
        self.texts = [pieces(text) for text in training()]
        self.where = defaultdict(list)
        for number, text in enumerate(self.texts):
            for piece in text:
                self.where[piece].append(number)

    def has_nearly(self, text: str) -> bool:
        """Whether a text has as many pieces as `NEAR` in common with one of training."""
        own = pieces(text)
        if len(own) < SHORT:
            return False
        # Who has that many of them has one of the rarest, of which so many are left over.
        rarest = sorted(own, key=lambda piece: (len(self.where.get(piece, ())), piece))
        rarest = rarest[: len(own) - math.ceil(NEAR * len(own)) + 1]
        near = {number for piece in rarest for number in self.where.get(piece, ())}
        return any(
            len(own & self.texts[number]) >= NEAR * len(own | self.texts[number]) for number in near
        )


@pytest.fixture(scope="module")
def trained() -> Trained:
    return Trained()


@pytest.mark.parametrize("name", messages.SETS)
def test_no_message_is_nearly_one_of_training(name: str, trained) -> None:
    assert [one["id"] for one in messages.load(name) if trained.has_nearly(one["text"])] == []


def test_no_dialogue_opens_with_nearly_a_text_of_training(trained) -> None:
    copies = [
        dialogue["id"]
        for dialogue in dialogues.load()
        if any(trained.has_nearly(text) for text in dialogues.texts(dialogue))
    ]
    assert copies == []


def test_a_copy_with_a_slip_is_found(trained) -> None:
    longest = max(training(), key=len)
    assert trained.has_nearly(longest.replace("e", "i", 3).replace("ی", "ي"))

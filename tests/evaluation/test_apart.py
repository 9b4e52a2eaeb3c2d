"""The evaluation is worth its name only while nothing of it stands in the training data."""

from __future__ import annotations

from collections import Counter, defaultdict
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


@pytest.fixture(scope="module")
def seen() -> tuple[list[set[str]], dict[str, list[int]]]:
    """The pieces of each training text, and in which texts each piece stands."""
    texts = [pieces(text) for text in training()]
    where = defaultdict(list)
    for number, text in enumerate(texts):
        for piece in text:
            where[piece].append(number)
    return texts, where


def nearest(text: str, seen: tuple[list[set[str]], dict[str, list[int]]]) -> float:
    """The largest share of pieces a text has in common with one training text."""
    texts, where = seen
    own = pieces(text)
    if len(own) < SHORT:
        return 0.0
    shared = Counter(number for piece in own for number in where.get(piece, ()))
    return max((met / len(own | texts[number]) for number, met in shared.items()), default=0.0)


@pytest.mark.parametrize("name", messages.SETS)
def test_no_message_is_nearly_one_of_training(name: str, seen) -> None:
    copies = [line["id"] for line in messages.load(name) if nearest(line["text"], seen) >= NEAR]
    assert copies == []


def test_no_dialogue_opens_with_nearly_a_text_of_training(seen) -> None:
    copies = [
        dialogue["id"]
        for dialogue in dialogues.load()
        if any(nearest(text, seen) >= NEAR for text in dialogues.texts(dialogue))
    ]
    assert copies == []


def test_a_copy_with_a_slip_is_found(seen) -> None:
    longest = max(training(), key=len)
    assert nearest(longest.replace("e", "i", 3).replace("ی", "ي"), seen) >= NEAR

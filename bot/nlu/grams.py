"""What the learner sees of a text: features, each with the word it comes from. Pure.

Four kinds: pieces of the words as written (`n`), pieces of their sounds (`c`), whole sounds and
pairs of them (`w`), and what the readers before found (`m`). Because each feature knows its word,
the words that made the learner say something can be named.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.nlu.sounds import sounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 2, 5  # letters in a piece
NO_WORD = -1
KINDS = "ncwm"


class Gram(NamedTuple):
    """A feature: its name (kind first) and the place of its word, `NO_WORD` for a mark."""

    name: str
    word: int


def grams(words: Sequence[str], marks: Sequence[str] = ()) -> Iterator[Gram]:
    """Every feature of a text given as normalised words; a feature met twice comes twice."""
    keys = [sounds(word) for word in words]
    for place, (word, key) in enumerate(zip(words, keys, strict=True)):
        yield from (Gram(f"n{piece}", place) for piece in _pieces(word))
        yield from (Gram(f"c{piece}", place) for piece in _pieces(key))
        yield Gram(f"w{key}", place)
        if place:
            yield Gram(f"w{keys[place - 1]} {key}", place)
    for mark in marks:
        yield Gram(f"m{mark}", NO_WORD)


def _pieces(word: str) -> Iterator[str]:
    """The pieces of a word with its ends marked by a space."""
    padded = f" {word} "
    for size in range(SHORTEST, LONGEST + 1):
        if size >= len(padded):
            yield padded
            return
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]

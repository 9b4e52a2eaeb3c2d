"""What the learner sees of a text: features, each with the word it comes from. Pure.

Six kinds: pieces of the words as written (`n`), pieces of their sounds (`c`), whole sounds and
pairs of them (`w`), what the word is by the reviewed word classes (`k`: "beats", "teacher", the
same in five forms), pairs of such classes anywhere in the text (`p`), and what the readers found
(`m`). Because each feature knows its word, the words behind a judgement can be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from bot.nlu.sounds import sounds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 2, 5  # letters in a piece
NO_WORD = -1
KINDS = "ncwkpm"


@dataclass(frozen=True)
class Seen:
    """A text as the learner sees it: normalised words, the classes of each word, and marks."""

    words: Sequence[str]
    classes: Sequence[Sequence[str]]
    marks: Sequence[str]


class Gram(NamedTuple):
    """A feature: its name (kind first) and the place of its word, `NO_WORD` for a mark."""

    name: str
    word: int


def grams(seen: Seen) -> Iterator[Gram]:
    """Every feature of a text; a feature met twice comes twice."""
    keys = [sounds(word) for word in seen.words]
    for place, (word, key) in enumerate(zip(seen.words, keys, strict=True)):
        yield from (Gram(f"n{piece}", place) for piece in _pieces(word))
        yield from (Gram(f"c{piece}", place) for piece in _pieces(key))
        yield Gram(f"w{key}", place)
        if place:
            yield Gram(f"w{keys[place - 1]} {key}", place)
    first: dict[str, int] = {}
    for place, classes in enumerate(seen.classes):
        for name in classes:
            yield Gram(f"k{name}", place)
            first.setdefault(name, place)
    for one, other in combinations(sorted(first), 2):
        yield Gram(f"p{one} {other}", first[one])
    for mark in seen.marks:
        yield Gram(f"m{mark}", NO_WORD)


@lru_cache(maxsize=50_000)
def _pieces(word: str) -> tuple[str, ...]:
    """The pieces of a word with its ends marked by a space."""
    padded = f" {word} "
    pieces = []
    for size in range(SHORTEST, LONGEST + 1):
        if size >= len(padded):
            pieces.append(padded)
            break
        pieces += [padded[start : start + size] for start in range(len(padded) - size + 1)]
    return tuple(pieces)

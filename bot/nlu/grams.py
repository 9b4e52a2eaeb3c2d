"""What the learner sees of a text: features, each with the word it comes from. Pure.

Six kinds: pieces of the words as written (`n`), pieces of their sounds (`c`), whole sounds and
pairs of them (`w`), what the word is by the reviewed word classes (`k`: "beats", "teacher", the
same in five forms), pairs of such classes anywhere in the text (`p`), and what the readers found
(`m`). Because each feature knows its word, the words behind a judgement can be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, repeat
from typing import TYPE_CHECKING

from bot.nlu.sounds import sounds

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST, LONGEST = 2, 5  # letters in a piece
NO_WORD = -1
KINDS = "ncwkpm"


@dataclass(frozen=True)
class Seen:
    """A text as the learner sees it: normalised words, the classes of each word, and marks."""

    words: Sequence[str]
    classes: Sequence[Sequence[str]]
    marks: Sequence[str]


# A feature: its name (kind first) and the place of its word, `NO_WORD` for a mark.
Gram = tuple[str, int]


def grams(seen: Seen) -> list[Gram]:
    """Every feature of a text; a feature met twice comes twice."""
    keys = [sounds(word) for word in seen.words]
    found: list[Gram] = []
    for place, (word, key) in enumerate(zip(seen.words, keys, strict=True)):
        found += zip(_pieces("n", word), repeat(place))
        found += zip(_pieces("c", key), repeat(place))
        found.append((f"w{key}", place))
        if place:
            found.append((f"w{keys[place - 1]} {key}", place))
    first: dict[str, int] = {}
    for place, classes in enumerate(seen.classes):
        for name in classes:
            found.append((f"k{name}", place))
            first.setdefault(name, place)
    found += ((f"p{one} {other}", first[one]) for one, other in combinations(sorted(first), 2))
    found += ((f"m{mark}", NO_WORD) for mark in seen.marks)
    return found


@lru_cache(maxsize=50_000)
def _pieces(kind: str, word: str) -> tuple[str, ...]:
    """The pieces of a word with its ends marked by a space, each with the kind before it."""
    padded = f" {word} "
    pieces = []
    for size in range(SHORTEST, LONGEST + 1):
        if size >= len(padded):
            pieces.append(kind + padded)
            break
        pieces += [kind + padded[start : start + size] for start in range(len(padded) - size + 1)]
    return tuple(pieces)

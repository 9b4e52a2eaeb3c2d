"""What the learner sees of a text: features, with the words they come from. Pure.

Six kinds: pieces of the words as written (`n`), pieces of their sounds (`c`), whole sounds and
pairs of them (`w`), what the word is by the reviewed word classes (`k`: "beats", "teacher", the
same in five forms), pairs of such classes anywhere in the text (`p`), and what the readers found
(`m`). Features come in groups, each with its word, so that the words behind a judgement can be named.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

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


# Features by their names (kind first), and the place of the word they come from: `NO_WORD` of marks.
Grams = tuple[tuple[str, ...], int]


def grams(seen: Seen) -> list[Grams]:
    """Every feature of a text; a feature met twice comes twice."""
    found = [(_of_word(word), place) for place, word in enumerate(seen.words)]
    keys = [sounds(word) for word in seen.words]
    found += [((f"w{one} {other}",), place) for place, (one, other) in enumerate(pairwise(keys), 1)]
    first: dict[str, int] = {}
    for place, classes in enumerate(seen.classes):
        found.append((tuple(f"k{name}" for name in classes), place))
        for name in classes:
            first.setdefault(name, place)
    found += [((f"p{one} {other}",), first[one]) for one, other in combinations(sorted(first), 2)]
    found.append((tuple(f"m{mark}" for mark in seen.marks), NO_WORD))
    return found


@lru_cache(maxsize=50_000)
def _of_word(word: str) -> tuple[str, ...]:
    """What a word shows by itself: its pieces, those of its sounds, and its whole sound."""
    key = sounds(word)
    return (*_pieces("n", word), *_pieces("c", key), f"w{key}")


def _pieces(kind: str, word: str) -> Iterator[str]:
    """The pieces of a word with its ends marked by a space, each with the kind before it."""
    padded = f" {word} "
    for size in range(SHORTEST, min(LONGEST, len(padded)) + 1):
        yield from (kind + padded[at : at + size] for at in range(len(padded) - size + 1))

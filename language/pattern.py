"""The notation of the reviewed phrases, and how a phrase is found in a text.

word            a word, in any spelling that meets by its skeleton
word*           a word that begins so
a|b             one or the other
word?           may be missing
~3              up to three other words
@name           any word or phrase of the class `name` (words.tsv)
^  $            the beginning, the end of the text
x & y           both, in any order, near each other
x & !y          x without y near it
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from language.alike import is_as_spelt
from language.normalise import normalise, skeleton, squeeze

START, END = "^", "$"
_GAP = re.compile(r"~(\d)$")
_SHORTEST_STEM = 1


class PatternBroken(ValueError):
    """A phrase of a lookup table does not follow the notation."""


@dataclass(frozen=True)
class Item:
    """One step of a phrase: atoms of which one must stand here, or a gap of up to `gap` words."""

    atoms: frozenset[str]
    optional: bool = False
    gap: int = 0


@dataclass(frozen=True, eq=False)
class Part:
    """Words in a row. Those of one form that are written alike are one and the same part."""

    written: str
    form: str
    items: tuple[Item, ...]

    def heads(self) -> frozenset[str]:
        """Give the atoms of which one must begin the phrase."""
        heads: frozenset[str] = frozenset()
        for item in self.items:
            heads |= item.atoms
            if not item.optional:
                return heads
        return heads

    def tail(self) -> frozenset[str]:
        """Give the atoms of which one must stand behind the head; none for a single word."""
        needed = [item.atoms for item in self.items if not (item.optional or item.gap)]
        tail = needed[-1] if len(needed) > 1 else frozenset()
        return frozenset() if tail & {START, END} else tail

    def classes(self) -> frozenset[str]:
        """Give the names of the classes the phrase speaks of."""
        atoms = frozenset().union(*(item.atoms for item in self.items))
        return frozenset(atom for atom in atoms if atom.startswith("@"))


@dataclass(frozen=True)
class Pattern:
    """A whole phrase: parts that must stand near each other, and parts that must not."""

    parts: tuple[Part, ...]
    without: tuple[Part, ...] = ()

    @cached_property
    def needs(self) -> frozenset[Part]:
        """Give the parts that must stand in a text, in any order."""
        return frozenset(self.parts)


def parse(text: str, form: str) -> Pattern:
    """Read a phrase of the form; PatternBroken when it does not follow the notation."""
    wanted: list[Part] = []
    without: list[Part] = []
    for piece in text.split("&"):
        words = piece.strip()
        aside = words.startswith("!")
        (without if aside else wanted).append(parse_part(words.lstrip("! "), form))
    if not wanted:
        raise PatternBroken(f"no words to look for: {text}")
    return Pattern(tuple(wanted), tuple(without))


def parse_part(text: str, form: str) -> Part:
    """Read words in a row."""
    return _part(" ".join(text.split()), form)


@cache
def _part(text: str, form: str) -> Part:
    items = tuple(_item(word, form) for word in text.split())
    if not items or items[0].gap or items[-1].gap:
        raise PatternBroken(f"a phrase begins and ends with a word: {text!r}")
    return Part(text, form, items)


def _item(word: str, form: str) -> Item:
    if gap := _GAP.match(word):
        return Item(frozenset(), gap=int(gap.group(1)))
    optional = word.endswith("?")
    atoms = frozenset(_atom(choice, form) for choice in word.rstrip("?").split("|"))
    return Item(atoms, optional=optional)


def _atom(word: str, form: str) -> str:
    """Give what a word of a phrase is looked up by: `@class`, `key`, `key*`, `^` or `$`."""
    if word.startswith("@") or word in {START, END}:
        return word
    exact = word.startswith("=")
    word = word.lstrip("=")
    stem = word.endswith("*")
    plain = normalise(word.rstrip("*"))
    if not plain or not plain.replace(" ", "").isalnum() or (stem and len(plain) < _SHORTEST_STEM):
        raise PatternBroken(f"not a word: {word!r}")
    if exact:
        return exact_key_of(plain, form)
    return key_of(plain, form) + ("*" if stem else "")


def key_of(word: str, form: str) -> str:
    """Give the key of a normalised word: by skeleton, but English words as they are spelt.

    A word that only sounds like another (language/alike.py) is as it is spelt in every form.
    """
    if word.isdigit():
        return word
    if form == "any":
        raise PatternBroken(f"a word without a form: {word!r}")
    if is_as_spelt(word):
        return exact_key_of(word, form)
    return f"{form}:{squeeze(word) if form == 'en' else skeleton(word)}"


def exact_key_of(word: str, form: str) -> str:
    """Give the key of a normalised word as it is spelt, but for doubled letters."""
    return f"{form}:={word if is_as_spelt(word) else squeeze(word)}"


Span = tuple[int, int]


class Reading:
    """A text as atoms: which stand at each place, and where each class begins and ends."""

    def __init__(self, places: Iterable[frozenset[str]]) -> None:
        self.places = [set(atoms) for atoms in places]
        self.ends: dict[tuple[str, int], set[int]] = {}

    def add(self, name: str, span: Span) -> None:
        """Note that the class is found from the first to before the last place of the span."""
        self.places[span[0]].add(name)
        self.ends.setdefault((name, span[0]), set()).add(span[1])

    def match(self, part: Part, start: int) -> int | None:
        """Give where the phrase that begins at `start` ends (shortest), or None."""
        states = {start}
        for item in part.items:
            states = set(self._step(item, states))
            if not states:
                return None
        return min((end for end in states if end > start), default=None)

    def _step(self, item: Item, states: set[int]) -> Iterator[int]:
        for state in states:
            if item.gap:
                yield from range(state, min(state + item.gap, len(self.places)) + 1)
                continue
            if item.optional:
                yield state
            if (START in item.atoms and state == 0) or (
                END in item.atoms and state == len(self.places)
            ):
                yield state
            if state < len(self.places):
                for atom in item.atoms & self.places[state]:
                    yield from self.ends.get((atom, state), (state + 1,))


class Index:
    """Phrases by the atoms they may begin with, so that a text is read once for all of them."""

    def __init__(self, parts: Iterable[Part]) -> None:
        self.parts = list(dict.fromkeys(parts))
        self._tails = [part.tail() for part in self.parts]
        self._by_head: dict[str, list[int]] = {}
        for number, part in enumerate(self.parts):
            for head in part.heads() or {START}:
                self._by_head.setdefault(head, []).append(number)

    def find(self, reading: Reading) -> Iterator[tuple[Part, Span]]:
        """Give every phrase that stands in the text, with its place."""
        anywhere = set().union(*reading.places)
        for start, atoms in enumerate(reading.places):
            found = {number for atom in atoms for number in self._by_head.get(atom, ())}
            if start == 0:
                found.update(self._by_head.get(START, ()))
            for number in sorted(found):
                tail = self._tails[number]
                if tail and tail.isdisjoint(anywhere):
                    continue  # most phrases that begin in a text end in another
                end = reading.match(self.parts[number], start)
                if end is not None:
                    yield self.parts[number], (start, end)

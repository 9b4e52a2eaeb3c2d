"""The names of places by the key of their spelling, and where a text holds one."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from language.normalise import Word, is_arabic, skeleton, squeeze, tokens, words_in
from language.place_words import PlaceWords
from language.slips import one_slip, with_one_letter_less

# A name has at most this many words.
_LONGEST = 4
# A shorter name is a letter away from too many words.
_SHORTEST_MISSPELT = 6
# A name this short is found by chance.
_SHORT = 3
EXACT, WITH_ENDING, MISSPELT = 1.0, 0.95, 0.8


@dataclass(frozen=True)
class Named:
    """A name found in a text: the ids of the places that bear it, and what stands beside it.

    `quality` is 1 for the name itself, less for a name with an ending or a slip; `level` what a
    word beside it says it is; `in_context` whether a word beside it makes it a place.
    """

    places: tuple[str, ...]
    words: str = field(repr=False)
    quality: float
    needs_context: bool
    in_context: bool
    level: str | None


def name_key(name: str) -> str:
    """Give the key under which the spellings of a name meet, run together or not."""
    return skeleton("".join(tokens(name)))


def _spelling(name: str) -> str:
    """Give the name as it is spelt, but for doubled letters."""
    return squeeze("".join(tokens(name)))


class NameIndex:
    """Names of places, found in texts by key."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        self._ids: dict[str, list[str]] = {}
        self._in_context_only: dict[str, set[str]] = {}
        self._misspelt: dict[str, set[str]] = {}

    def add(self, name: str, place_id: str, *, needs_context: bool) -> None:
        """Add a name of a place."""
        key = name_key(name)
        ids = self._ids.setdefault(key, [])
        if place_id not in ids:
            ids.append(place_id)
        kinds = self._words.kinds
        if needs_context or len(key) <= _SHORT or key in kinds["common"] | kinds["person"]:
            self._in_context_only.setdefault(key, set()).add(_spelling(name))

    def close(self) -> None:
        """Prepare the search for misspelt names."""
        for key in self._ids:
            if len(key) >= _SHORTEST_MISSPELT and key not in self._in_context_only:
                for spelling in with_one_letter_less(key):
                    self._misspelt.setdefault(spelling, set()).add(key)

    def find(self, text: str) -> list[Named]:
        """Give the names the text holds, the longest at each place."""
        words = words_in(text)
        found = []
        place = 0
        while place < len(words):
            end, named = next(self._at(text, words, place), (place + 1, None))
            if named:
                found.append(named)
            place = end
        return found

    def _at(self, text: str, words: list[Word], start: int) -> Iterator[tuple[int, Named]]:
        """Give the names that begin at a word, best first, with the place after them."""
        longest = min(start + _LONGEST, len(words))
        for reading in (self._exact, self._ended, self._slipped):
            for end in range(longest, start, -1):
                key, quality = reading(words[start:end])
                if not key:
                    continue
                spelt = squeeze("".join(word.text for word in words[start:end]))
                strict = key in self._in_context_only
                if strict and quality == EXACT and spelt not in self._in_context_only[key]:
                    continue
                level, in_context = self._beside(words, start, end)
                typed = text[words[start].start : words[end - 1].end]
                named = Named(tuple(self._ids[key]), typed, quality, strict, in_context, level)
                yield end, named

    def _exact(self, words: list[Word]) -> tuple[str, float]:
        key = _joined(words)
        return (key if key in self._ids else "", EXACT)

    def _ended(self, words: list[Word]) -> tuple[str, float]:
        """Read a name with an ending of case (Swata) or a postposition written on to it."""
        if len(words) == 1 and self._is(words[0], "common"):
            return "", WITH_ENDING
        key = _joined(words)
        for ending in self._words.kinds["joined"] | self._words.kinds["ending"]:
            name = key[: -len(ending)]
            if key.endswith(ending) and len(name) > _SHORT and name in self._ids:
                return name, WITH_ENDING
        return "", WITH_ENDING

    def _slipped(self, words: list[Word]) -> tuple[str, float]:
        """Read a longer name with one wrong letter, unless its words mean something."""
        if len(words) > 2 or any(self._is(word, "common") for word in words):  # noqa: PLR2004 - longer is chance
            return "", MISSPELT
        key = _joined(words)
        if len(key) < _SHORTEST_MISSPELT:
            return "", MISSPELT
        near = {
            name
            for spelling in with_one_letter_less(key)
            for name in self._misspelt.get(spelling, ())
        }
        return min((name for name in near if one_slip(key, name)), default=""), MISSPELT

    def _beside(self, words: list[Word], start: int, end: int) -> tuple[str | None, bool]:
        """Give the level a word beside the name says, and whether the name is a place there."""
        before = words[start - 1] if start else None
        after = words[end] if end < len(words) else None
        if start == 0 and end == len(words):
            return None, True
        if before and self._is(before, "not_after"):
            return None, False
        beyond = words[end + 1] if end + 1 < len(words) else None
        if after and beyond and self._is(after, "linker"):
            level = self._level(beyond)
            if level or self._is(beyond, "near"):
                return level, True
        level = self._level(after) or self._level(before)
        pair = bool(
            before and after and self._is(before, "pair_before") and self._is(after, "pair_after")
        )
        beside = bool(
            (after and self._is(after, "after")) or (before and self._is(before, "before"))
        )
        return level, bool(level) or pair or beside

    def _level(self, word: Word | None) -> str | None:
        return self._words.levels.get(skeleton(word.text)) if word else None

    def _is(self, word: Word, kind: str) -> bool:
        return skeleton(word.text) in self._words.kinds[kind]

    def search(self, query: str) -> dict[str, int]:
        """Give the ids of places by how near their name is: 0 is it, 1 begins so, 2 resembles."""
        key = name_key(query)
        ids: dict[str, int] = {}
        if not key:
            return ids
        for name, places in self._ids.items():
            if name == key:
                nearness = 0
            elif name.startswith(key):
                nearness = 1
            elif len(key) >= _SHORTEST_MISSPELT and one_slip(key, name):
                nearness = 2
            else:
                continue
            for place_id in places:
                ids[place_id] = min(nearness, ids.get(place_id, nearness))
        return ids


def _joined(words: list[Word]) -> str:
    """Give the key of words taken as one name; words of two scripts are none."""
    if len({is_arabic(word.text) for word in words}) > 1:
        return ""
    return skeleton("".join(word.text for word in words))

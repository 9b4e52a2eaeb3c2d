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
# A misspelt name of more words is found by chance.
_MOST_SLIPPED = 2
_LONGEST_ENDING = 4
EXACT, WITH_ENDING, MISSPELT = 1.0, 0.95, 0.8


@dataclass(frozen=True)
class Named:
    """A name found in a text: the ids of the places that bear it, and what stands beside it.

    `places` tells of each place whether the name is its own or a by-name. `quality` is 1 for the name itself, less for a name with an ending or a slip; `level` what a
    word beside it says it is; `in_context` whether a word beside it makes it a place.
    """

    places: dict[str, bool]
    words: str = field(repr=False)
    quality: float
    needs_context: bool
    in_context: bool
    level: str | None


def name_key(name: str) -> str:
    """Give the key under which the spellings of a name meet, run together or not."""
    return skeleton("".join(tokens(name)))


class NameIndex:
    """Names of places, found in texts by key."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        self._ids: dict[str, dict[str, bool]] = {}
        self._in_context_only: set[str] = set()
        self._spellings: dict[str, set[str]] = {}
        self._misspelt: dict[str, set[str]] = {}
        self._beginnings: set[str] = set()
        self._lengths: dict[str, set[int]] = {}

    def add(self, name: str, place_id: str, *, own: bool, needs_context: bool) -> None:
        """Add a name of a place: its own, or a by-name."""
        key = name_key(name)
        ids = self._ids.setdefault(key, {})
        ids[place_id] = own or ids.get(place_id, False)
        self._lengths.setdefault(key, set()).add(len(tokens(name)))
        kinds = self._words.kinds
        self._spellings.setdefault(key, set()).add(squeeze("".join(tokens(name))))
        if needs_context or len(key) <= _SHORT or key in kinds["common"] | kinds["person"]:
            self._in_context_only.add(key)

    def close(self) -> None:
        """Prepare the search for names in parts and for misspelt names."""
        for key in self._ids:
            self._beginnings.update(key[:length] for length in range(1, len(key) + 1))
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
        keys = dict(self._windows(words, start))
        readings = (
            (EXACT, self._exact),
            (WITH_ENDING, self._without_ending),
            (MISSPELT, self._misspelt_name),
        )
        for quality, reading in readings:
            for end, key in keys.items():
                if quality < EXACT and self._says_something(words[start:end]):
                    continue
                name = reading(key)
                if not name or not self._may_be_parted(name, words[start:end]):
                    continue
                as_spelt = squeeze(_letters(words[start:end])) in self._spellings[name]
                strict = name in self._in_context_only
                if strict and quality == EXACT and not as_spelt:
                    continue
                level, in_context = self._words.beside(words, start, end)
                # A postposition written on to a name makes a place of it: "swatmein".
                in_context = in_context or key.removeprefix(name) in self._words.kinds["joined"]
                typed = text[words[start].start : words[end - 1].end]
                sure = quality == EXACT and (as_spelt or len(name) >= _SHORTEST_MISSPELT)
                yield (
                    end,
                    Named(self._ids[name], typed, quality, strict or not sure, in_context, level),
                )

    def _windows(self, words: list[Word], start: int) -> Iterator[tuple[int, str]]:
        """Give the keys of the words from here on taken as one name, the longest first."""
        first = skeleton(words[start].text)
        longest = start + 1
        # The last letter of a word may sound otherwise before the next one.
        if first[:-1] in self._beginnings or len(first) == 1:
            longest = min(start + _LONGEST, len(words))
        for end in range(longest, start, -1):
            if key := _joined(words[start:end]):
                yield end, key

    def _may_be_parted(self, name: str, words: list[Word]) -> bool:
        """Tell whether the words can be the name: common words make none by chance ("ko le")."""
        parted = len(words) > 1 and len(words) not in self._lengths[name]
        return not (parted and any(self._words.has("common", word) for word in words))

    def _exact(self, key: str) -> str:
        return key if key in self._ids else ""

    def _without_ending(self, key: str) -> str:
        """Read a name with an ending of case (Swata) or a postposition written on to it."""
        for length in range(1, min(_LONGEST_ENDING, len(key) - _SHORT) + 1):
            name = key[:-length]
            if key[-length:] in self._words.endings and name in self._ids and len(name) > _SHORT:
                return name
        return ""

    def _misspelt_name(self, key: str) -> str:
        """Read a longer name with one slip."""
        if len(key) < _SHORTEST_MISSPELT:
            return ""
        near = {
            name
            for spelling in with_one_letter_less(key)
            for name in self._misspelt.get(spelling, ())
        }
        return min((name for name in near if one_slip(key, name)), default="")

    def _says_something(self, words: list[Word]) -> bool:
        """Tell whether a word of these is a common one, or they are too many for a slip."""
        kinds = ("common", "elsewhere")
        return len(words) > _MOST_SLIPPED or any(
            self._words.has(kind, word) for kind in kinds for word in words
        )

    def search(self, query: str) -> dict[str, int]:
        """Give ids by how near their name is: 0 is it, 2 begins so, 4 resembles; 1 more by-names."""
        key = name_key(query)
        ids: dict[str, int] = {}
        for name, places in self._ids.items() if key else ():
            nearness = _nearness(key, name)
            if nearness is not None:
                for place_id, own in places.items():
                    ids[place_id] = min(nearness + (not own), ids.get(place_id, nearness + 1))
        return ids


def _nearness(key: str, name: str) -> int | None:
    if name == key:
        return 0
    if name.startswith(key):
        return 2
    return 4 if len(key) >= _SHORTEST_MISSPELT and one_slip(key, name) else None


def _joined(words: list[Word]) -> str:
    """Give the key of words taken as one name; words of two scripts are none."""
    if len({is_arabic(word.text) for word in words}) > 1:
        return ""
    return skeleton(_letters(words))


def _letters(words: list[Word]) -> str:
    return "".join(word.text for word in words)

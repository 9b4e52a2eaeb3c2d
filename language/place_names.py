"""The names of places by the key of their spelling, and where a text holds one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from language.normalise import Word, is_arabic, skeleton, squeeze, tokens, words_in
from language.place_name import EXACT, HEARD, MISSPELT, WITH_ENDING, Borne, Named, name_key
from language.place_readings import LONG, SHORT, SHORTEST_MISSPELT, Readings
from language.place_words import FAIR, LEVEL, NONE, REFUSED, STRONG, WEAK, Beside, PlaceWords

# A name has at most this many words.
_LONGEST = 4
# A misspelt name of more words is found by chance.
_MOST_SLIPPED = 2
# Parts of a shorter name are words by chance.
_LONG_PARTED = 7


class NameIndex:
    """Names of places, found in texts by key."""

    def __init__(self, words: PlaceWords) -> None:
        self._words = words
        self._postpositions = words.postpositions
        self._ids: dict[str, dict[str, bool]] = {}
        self._need: dict[str, int] = {}
        self._spellings: dict[str, set[str]] = {}
        self._lengths: dict[str, set[int]] = {}
        self._firsts: set[str] = set()
        self._sorted: list[str] = []
        self._readings = Readings(words.endings)

    def add(self, name: str, place_id: str, borne: Borne) -> None:
        """Add a name of a place."""
        words = tokens(name)
        key = skeleton("".join(words))
        if not key or (borne.exact and all(skeleton(word) in self._words.known for word in words)):
            return
        ids = self._ids.setdefault(key, {})
        ids[place_id] = borne.own or ids.get(place_id, False)
        if borne.exact and key in self._readings.names:
            return
        self._lengths.setdefault(key, set()).add(len(words))
        self._spellings.setdefault(key, set()).add(_spelling(words))
        if len(words) > 1:
            self._firsts.add(skeleton(words[0]))
        if borne.exact:
            self._need[key] = max(borne.need, self._need.get(key, NONE))
            return
        need = borne.need
        kinds = self._words.kinds
        if len(key) <= SHORT or key in kinds["person"]:
            need = max(need, FAIR)
        if key in kinds["common"]:
            need = max(need, STRONG)
        if key in kinds["rarely"]:
            need = LEVEL
        self._need[key] = max(need, self._need.get(key, NONE))
        common = self._need[key] > NONE
        self._readings.add(key, common=common, well_known=borne.well_known)

    def add_other(self, name: str) -> None:
        """Add a name of none of our places, no part of which is one: "Dera Ghazi Khan"."""
        words = tokens(name)
        key = skeleton("".join(words))
        if key not in self._ids:
            self._ids[key] = {}
            self._need[key] = NONE
            self._lengths[key] = {len(words)}
            self._spellings[key] = {_spelling(words)}
            self._firsts.add(skeleton(words[0]))

    def close(self) -> None:
        """Prepare the search for beginnings of names."""
        self._sorted = sorted(self._ids)

    def find(self, text: str) -> list[Named]:
        """Give the names the text holds, the longest at each place."""
        words = words_in(text)
        found = []
        place = 0
        while place < len(words):
            end, named = next(self._at(text, words, place), (place + 1, None))
            if named and named.places and named.beside.sureness != REFUSED:
                found.append(named)
            place = end
        return found

    def _at(self, text: str, words: list[Word], start: int) -> Iterator[tuple[int, Named]]:
        """Give the names that begin at a word, best first, with the place after them."""
        windows = list(self._windows(words, start))
        if exact := self._exact(text, words, start, windows):
            yield exact
        unknown = [
            one for one in windows if not self._says_something(one[1], words[start : one[0]])
        ]
        for quality, reading in (
            (WITH_ENDING, self._readings.with_ending),
            (HEARD, self._readings.by_ear),
            (MISSPELT, self._readings.misspelt),
        ):
            for end, key in unknown:
                name, need = reading(key)
                if name and self._may_be_parted(name, words[start:end]):
                    need = max(need, self._need[name])
                    beside = self._beside(words, start, end, key.removeprefix(name))
                    typed = _typed(text, words[start:end])
                    span = (start, end)
                    yield end, Named(self._ids[name], typed, span, quality, need, beside)

    def _exact(
        self, text: str, words: list[Word], start: int, windows: list[tuple[int, str]]
    ) -> tuple[int, Named] | None:
        """Give the longest name that stands here; one that may be misspelt before an exact one."""
        found: dict[bool, list[tuple[int, Named]]] = {True: [], False: []}
        for end, key in windows:
            need = self._need_of(key, words[start:end])
            if need is not None:
                beside = self._beside(words, start, end, "")
                typed = _typed(text, words[start:end])
                named = Named(self._ids[key], typed, (start, end), EXACT, need, beside)
                found[key in self._readings.names].append((end, named))
        sure = [one for one in found[False] if one[1].beside.sureness >= one[1].need]
        if sure and all(named.beside.sureness < named.need for _, named in found[True]):
            return sure[0]
        return found[True][0] if found[True] else None

    def _need_of(self, key: str, words: list[Word]) -> int | None:
        """Tell how surely the words beside a name have to make it a place; None if it is none."""
        if key not in self._ids:
            return None
        if not (self._may_be_parted(key, words) or self._is_parted(key, words)):
            return None
        need = self._need[key]
        if _spelling([word.text for word in words]) in self._spellings[key]:
            return need
        if need > NONE:
            return LEVEL if len(key) > SHORT else None
        return NONE if len(key) >= SHORTEST_MISSPELT else WEAK

    def _beside(self, words: list[Word], start: int, end: int, ending: str) -> Beside:
        """Tell what stands beside; a postposition written on to a name is as good: "swatmein"."""
        beside = self._words.beside(words, start, end)
        if ending in self._words.kinds["joined"]:
            return beside._replace(sureness=max(beside.sureness, STRONG))
        return beside

    def _windows(self, words: list[Word], start: int) -> Iterator[tuple[int, str]]:
        """Give the keys of the words from here on taken as one name, the longest first."""
        first = skeleton(words[start].text)
        common = self._words.kinds["common"]
        windows = [(start + 1, first)]
        for end in range(start + 2, min(start + _LONGEST, len(words)) + 1):
            last = skeleton(words[end - 1].text)
            if first not in self._firsts and (
                first in common or (last in common and not self._may_begin(first, last))
            ):
                break
            # The last letter of a word may sound otherwise before the next one, and a word that is
            # none of ours may begin a name misspelt.
            beginning = windows[-1][1]
            is_word = first in self._words.known or end > start + _MOST_SLIPPED
            if is_word and len(beginning) > 1 and not self._begins(beginning[:-1]):
                break
            key = _joined(words[start:end])
            if not key:
                break
            windows.append((end, key))
        return reversed(windows)

    def _begins(self, beginning: str) -> bool:
        place = bisect_left(self._sorted, beginning)
        return place < len(self._sorted) and self._sorted[place].startswith(beginning)

    def _may_be_parted(self, name: str, words: Sequence[Word]) -> bool:
        """Tell whether the words can be the name: common words make none by chance ("ko le")."""
        parted = len(words) > 1 and len(words) not in self._lengths[name]
        return not (parted and any(self._words.has("common", word) for word in words))

    def _may_begin(self, first: str, last: str) -> bool:
        """Tell whether a word may begin a name that a common word ends: "Timer gara"."""
        return not (first in self._words.known or first in self._ids or last in self._postpositions)

    def _is_parted(self, key: str, words: Sequence[Word]) -> bool:
        """Tell whether these words are a long name, parted before a common word."""
        first, last = skeleton(words[0].text), skeleton(words[-1].text)
        may_begin = len(words) > 1 and self._may_begin(first, last)
        return may_begin and len(words) <= _MOST_SLIPPED and len(key) >= _LONG_PARTED

    def _says_something(self, key: str, words: Sequence[Word]) -> bool:
        """Tell whether the words are words of ours, or too many for a misspelt name.

        In a longer name one of them may be a word besides: "Samer Bagh".
        """
        known = self._words.known
        if len(words) > _MOST_SLIPPED or key in known or self._ends_common(words):
            return True
        if len(words) > 1 and self._is_ours_beside_a_name(words):
            return True
        are_known = [skeleton(word.text) in known for word in words]
        return all(are_known) or (any(are_known) and len(key) < LONG)

    def _is_ours_beside_a_name(self, words: Sequence[Word]) -> bool:
        """Tell whether a word of ours stands before a whole name: in "9 kala Dagi" no Kala Dhaka."""
        return skeleton(words[0].text) in self._words.known and _joined(words[1:]) in self._ids

    def _ends_common(self, words: Sequence[Word]) -> bool:
        """Tell whether a common word follows one that begins no name of several words."""
        begins = skeleton(words[0].text) in self._firsts
        return len(words) > 1 and not begins and self._words.has("common", words[-1])

    def search(self, query: str) -> dict[str, int]:
        """Give ids by how near their name is: 0 is it, 2 begins so, 4 resembles; 1 more by-names."""
        key = name_key(query)
        if not key:
            return {}
        near = dict.fromkeys(self._readings.alike(key), 4)
        for place in range(bisect_left(self._sorted, key), len(self._sorted)):
            if not self._sorted[place].startswith(key):
                break
            near[self._sorted[place]] = 2 if self._sorted[place] != key else 0
        ids: dict[str, int] = {}
        for name, nearness in near.items():
            for place_id, own in self._ids[name].items():
                ids[place_id] = min(nearness + (not own), ids.get(place_id, nearness + 1))
        return ids


def _joined(words: Sequence[Word]) -> str:
    """Give the key of words taken as one name; words of two scripts are none."""
    if len({is_arabic(word.text) for word in words}) > 1:
        return ""
    return skeleton("".join(word.text for word in words))


def _spelling(words: Sequence[str]) -> str:
    """Give a name's letters; a doubled one counts in script alone, where few are written."""
    letters = "".join(words)
    return letters if is_arabic(letters) else squeeze(letters)


def _typed(text: str, words: Sequence[Word]) -> str:
    return text[words[0].start : words[-1].end]

"""Names of places as they may be meant by a spelling that is none of theirs.

Three readings, the surest first: with an ending, by ear, with a slip. Each gives a name's key, and
how surely the words beside it then have to make it a place.
"""

from collections.abc import Container, Iterable

from language.normalise import is_arabic
from language.place_sounds import by_ear, plain
from language.place_words import FAIR, NONE, STRONG, WEAK
from language.slips import one_slip, with_one_letter_less

# A name this short is found by chance.
SHORT = 3
# A shorter name is a letter away from too many words.
SHORTEST_MISSPELT = 6
# Words of so many letters are seldom a letter away from a name by chance.
LONG = 8
_LONGEST_ENDING = 4
# Fewer consonants are those of too many words; those of a well-known name may be one fewer.
_FEWEST_HEARD = 5
# So many consonants are those of no other word.
_TELLING = 6
# What a name ends in that takes another ending in another case: Shangla, Shangle; Swabi, Swabo.
_LAST_VOWELS = {False: "aiu", True: "ایو"}

Reading = tuple[str, int]
NO_NAME: Reading = ("", NONE)


class Readings:
    """What a key may mean among the `names` that may be misspelt; `endings` may follow any."""

    def __init__(self, endings: Container[str]) -> None:
        self.names: set[str] = set()
        self._endings = endings
        self._misspelt: dict[str, set[str]] = {}
        self._heard: dict[str, set[str]] = {}
        self._plain: dict[str, set[str]] = {}

    def add(self, key: str, *, common: bool, well_known: bool) -> None:
        """Note a name; one that is also a `common` word is no word misspelt."""
        self.names.add(key)
        if not common and len(key) >= SHORTEST_MISSPELT:
            for spelling in with_one_letter_less(key):
                self._misspelt.setdefault(spelling, set()).add(key)
        if not common and len(key) > SHORT:
            self._plain.setdefault(plain(key), set()).add(key)
        heard = by_ear(key)
        if len(heard) >= _FEWEST_HEARD - well_known:
            self._heard.setdefault(heard, set()).add(key)

    def with_ending(self, key: str) -> Reading:
        """Read a name with an ending of case (Swata, Shangle) or a postposition written on to it."""
        for length in range(1, min(_LONGEST_ENDING, len(key) - SHORT) + 1):
            name = key[:-length]
            if key[-length:] in self._endings and name in self.names and len(name) > SHORT:
                return name, WEAK
        vowels = _LAST_VOWELS[is_arabic(key)]
        if len(key) > SHORT + 1 and key[-1] in vowels:
            for vowel in vowels:
                if (name := key[:-1] + vowel) in self.names:
                    return name, WEAK
        # The endings of case alone change a shorter name: باړې of باړه.
        if len(key) > SHORT and key[-1] == "ی" and (name := key[:-1] + "ا") in self.names:
            return name, STRONG
        return NO_NAME

    def by_ear(self, key: str) -> Reading:
        """Read a name that sounds so, first by all its letters, then by its consonants."""
        if names := self._plain.get(plain(key), ()):
            return _nearest(names, key), WEAK if len(key) >= SHORTEST_MISSPELT else STRONG
        heard = by_ear(key)
        need = WEAK if len(heard) >= _TELLING else FAIR
        return _nearest(self._heard.get(heard, ()), key), need

    def misspelt(self, key: str) -> Reading:
        """Read a longer name with one slip."""
        need = WEAK if len(key) >= LONG else STRONG
        return min(self.alike(key), default=""), need

    def alike(self, key: str) -> set[str]:
        """Give the longer names that are one slip from the key."""
        if len(key) < SHORTEST_MISSPELT:
            return set()
        near = (self._misspelt.get(spelling, ()) for spelling in with_one_letter_less(key))
        return {name for names in near for name in names if one_slip(key, name)}


def _nearest(names: Iterable[str], key: str) -> str:
    """Give the name of nearly as many letters; "" of none."""
    return min(names, key=lambda name: (abs(len(name) - len(key)), name), default="")

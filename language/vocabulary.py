"""Which word of the reviewed tables a typed word is, also when it is misspelt."""

from collections.abc import Iterable

from language.normalise import is_arabic, skeleton, squeeze
from language.slips import one_slip, with_one_letter_less

# A shorter word is a letter away from too many others.
_SHORTEST = 5
_VOWELS = frozenset("aiu")


class Vocabulary:
    """The keys of all reviewed words, and the stems of those that may go on."""

    def __init__(self, keys: Iterable[str]) -> None:
        known = set(keys)
        self._stems = {key[:-1] for key in known if key.endswith("*")}
        self._keys = {key for key in known if not key.endswith("*")}
        self._misspelt: dict[str, set[str]] = {}
        for key in self._keys:
            for spelling in _misspellings(key):
                self._misspelt.setdefault(spelling, set()).add(key)

    def atoms(self, word: str, *, english_only: bool, common: bool) -> set[str]:
        """Give the keys and stems the normalised word may be.

        `english_only` leaves the Roman keys out; a `common` word is itself and no misspelling of another.
        """
        keys = keys_of(word, english_only=english_only)
        atoms = {key for key in keys if key in self._keys}
        atoms.update(
            key[:length] + "*"
            for key in keys
            for length in range(1, len(key) + 1)
            if key[:length] in self._stems
        )
        if not atoms and not common:
            for key in keys:
                atoms |= self._near(key)
        return atoms

    def _near(self, key: str) -> set[str]:
        """Give the keys one letter, or one pair of letters, or vowels alone away."""
        near = {
            found for spelling in _misspellings(key) for found in self._misspelt.get(spelling, ())
        }
        return {found for found in near if one_slip(key, found) or _same_consonants(key, found)}


def keys_of(word: str, *, english_only: bool = False) -> list[str]:
    """Give the keys a typed word is looked up by."""
    if word.isdigit():
        return [word]
    if is_arabic(word):
        return [skeleton(word)]
    english = "en:" + squeeze(word)
    return [english] if english_only else [english, "ro:" + skeleton(word)]


def _misspellings(key: str) -> set[str]:
    """Give the key, the key less each of its letters, and of Roman words the consonants."""
    mark, word = key[:3] if key[2:3] == ":" else "", key[3:] if key[2:3] == ":" else key
    if len(word) < _SHORTEST or word.isdigit():
        return set()
    spellings = with_one_letter_less(word)
    if mark == "ro:" and len(_consonants(word)) > 3:  # noqa: PLR2004 - three are too few to tell
        spellings.add("'" + _consonants(word))
    return {mark + spelling for spelling in spellings}


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)


def _same_consonants(one: str, other: str) -> bool:
    """Tell whether two Roman keys differ in vowels alone."""
    roman = one.startswith("ro:") and other.startswith("ro:")
    return roman and len(_consonants(one[3:])) > 3 and _consonants(one) == _consonants(other)  # noqa: PLR2004

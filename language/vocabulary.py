"""Which word of the reviewed tables a typed word is, also when it is misspelt."""

from collections.abc import Iterable
from functools import lru_cache

from language.alike import is_as_spelt
from language.form import FORMS, SCRIPT_FORMS
from language.normalise import is_arabic
from language.pattern import exact_key_of, key_of
from language.slips import one_slip, with_one_letter_less

# A shorter word is a letter away from too many others.
_SHORTEST = 6
# Consonants alone tell a word from this many on.
_TELLING = 4
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

    @lru_cache(maxsize=50_000)  # noqa: B019  there are two, kept as long as the process
    def atoms(self, word: str, forms: frozenset[str], *, common: bool) -> frozenset[str]:
        """Give the keys and stems the normalised word may be in the forms.

        A `common` word is itself and no misspelling of another, and so is one known as spelt.
        """
        keys = keys_of(word, forms)
        atoms = {key for key in keys if key in self._keys}
        if not atoms and not common and not is_as_spelt(word):
            for key in keys:
                atoms |= self._near(key)
        atoms.update(
            key[:length] + "*"
            for key in keys
            for length in range(len(_form(key)) + 1, len(key) + 1)
            if key[:length] in self._stems
        )
        return frozenset(atoms)

    def _near(self, key: str) -> set[str]:
        """Give the keys one slip, or vowels alone, away."""
        near = {
            found for spelling in _misspellings(key) for found in self._misspelt.get(spelling, ())
        }
        return {found for found in near if one_slip(key, found) or _same_consonants(key, found)}


@lru_cache(maxsize=50_000)
def keys_of(word: str, forms: Iterable[str] = FORMS) -> list[str]:
    """Give the keys a typed word is looked up by in the forms."""
    if word.isdigit():
        return [word]
    of_script = [form for form in forms if (form in SCRIPT_FORMS) == is_arabic(word)]
    exact = [exact_key_of(word, form) for form in of_script]
    return [*(key_of(word, form) for form in of_script), *exact]


def _form(key: str) -> str:
    """Give the mark of the form that a key begins with, none for a number."""
    return key[: key.find(":") + 1]


def _misspellings(key: str) -> set[str]:
    """Give the key, the key less each of its letters, and of Roman words the consonants."""
    mark = _form(key)
    word = key[len(mark) :]
    if len(word) < _SHORTEST:
        return set()
    spellings = with_one_letter_less(word)
    if mark.startswith("roman") and len(_consonants(word)) >= _TELLING:
        spellings.add("'" + _consonants(word))
    return {mark + spelling for spelling in spellings}


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)


def _same_consonants(one: str, other: str) -> bool:
    """Tell whether two Roman keys of one form differ in vowels alone."""
    mark = _form(one)
    if not (mark.startswith("roman") and other.startswith(mark)):
        return False
    consonants = _consonants(one[len(mark) :])
    return len(consonants) >= _TELLING and consonants == _consonants(other[len(mark) :])

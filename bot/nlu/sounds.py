"""One key for a word in Arabic and in Roman letters: its consonants. Pure.

Roman Urdu writes the vowels that Urdu leaves out, so only the consonants can meet: بچی and bachi
are both `bC`. That lets what was learned from Urdu serve Roman Urdu, and Pashto Roman Pashto.
"""

import re
from functools import lru_cache

from language.normalise import is_arabic, skeleton

# The letters as `language.normalise` leaves them, to the signs of its Roman skeleton.
# Vowels, their carriers and the aspirate are left out: Roman spelling gives them anyhow.
_CONSONANTS = {
    **dict.fromkeys("ثسص", "s"),
    **dict.fromkeys("ذزژضظ", "z"),
    **dict.fromkeys("تٹط", "t"),
    **dict.fromkeys("دڈ", "d"),
    **dict.fromkeys("رڑ", "r"),
    **dict.fromkeys("قک", "k"),
    **dict.fromkeys("غگ", "g"),
    **dict.fromkeys("حہ", "h"),
    **dict(zip("بپجچخشفلمن", "bpjCXSflmn", strict=True)),
}
_VOWELS = re.compile(r"[aeiouvYy]")
_TWICE = re.compile(r"(.)\1+")


@lru_cache(maxsize=20_000)
def sounds(word: str) -> str:
    """The consonants of a normalised word; an opening vowel is `a`. A word without any is itself."""
    if is_arabic(word):
        first = "" if word[0] in _CONSONANTS else "a"
        key = first + "".join(_CONSONANTS.get(letter, "") for letter in word)
    else:
        spelled = skeleton(word)
        key = ("a" if _VOWELS.match(spelled) else "") + _VOWELS.sub("", spelled)
    key = _TWICE.sub(r"\1", key)
    return (key[:-1] if len(key) > 1 and key.endswith("h") else key) or word

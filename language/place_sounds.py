"""The key under which names meet that were written by ear, in Roman letters or in script.

Pashto has sounds that neither alphabet writes one way: Peshawar, Pekhawar and Pexawar are one
name, and so are Chitral and Satral. What is left are the consonants as they are heard.
"""

import re
from functools import lru_cache

from language.normalise import is_arabic

_ROMAN = str.maketrans(
    {
        "S": "X",  # khin, the letter of Pekhawar: sh in the south, kh in the north
        "C": "s",  # Charsadda, Tsarsada
        "j": "z",
        "g": "k",
        "q": "k",
        "f": "p",
        "h": None,
    }
)
_SCRIPT = str.maketrans(
    {
        **dict.fromkeys("ش", "خ"),
        **dict.fromkeys("چ", "س"),
        **dict.fromkeys("جژ", "ز"),
        **dict.fromkeys("قگغ", "ک"),
        **dict.fromkeys("ف", "پ"),
        **dict.fromkeys("ٹط", "ت"),
        "ڈ": "د",
        "ڑ": "ر",
        **dict.fromkeys("ہحئؤ", None),
    }
)
# Letters that a keyboard lacks or a hurried writer leaves: Kohat for کوہاٹ, Takt for Takht.
_PLAIN_ROMAN = str.maketrans({"X": "k", "q": "k", "f": "p"})
_PLAIN_SCRIPT = str.maketrans(
    {"ٹ": "ت", "ڈ": "د", "ڑ": "ر", "ق": "ک", "غ": "گ", "ئ": "ی", "ؤ": "و"}
)
_LATER_H = re.compile("(?<=.)[hہ]")
_AI = re.compile("ai")
_VOWELS = re.compile(r"(?<=.)[aiuYوای]")
_AFTER_VOWEL = re.compile(r"(?<=[aiu])v(?![aiu])")
_TWICE = re.compile(r"(.)\1+")
_LAST_D = re.compile(r"n[dt]$|ن[دت]$")


@lru_cache(maxsize=50_000)
def by_ear(key: str) -> str:
    """Give the consonants of a name's skeleton as they are heard, and its first vowel as one."""
    if is_arabic(key):
        heard = _VOWELS.sub("", key.translate(_SCRIPT))
        return _LAST_D.sub("ن", _TWICE.sub(r"\1", heard))
    heard = _AFTER_VOWEL.sub("", key.translate(_ROMAN))
    heard = re.sub("^[aiu]", "a", _VOWELS.sub("", heard))
    return _LAST_D.sub("n", _TWICE.sub(r"\1", heard))


@lru_cache(maxsize=50_000)
def plain(key: str) -> str:
    """Give a name's skeleton with letters that are often mistaken for one another as one."""
    if is_arabic(key):
        letters = key.translate(_PLAIN_SCRIPT)
    else:
        letters = _AI.sub("i", key.translate(_PLAIN_ROMAN))
    return _TWICE.sub(r"\1", _LATER_H.sub("", letters))

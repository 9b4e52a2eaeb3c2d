"""One matching form for one word, however it was typed.

`normalise` keeps a text readable and says the same letters in the same way; `skeleton` goes
further and gives the key under which spellings of one word meet.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

# Marks, joiners and direction signs that may stand inside a word without being letters.
_INSIDE = r"\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_WORD = re.compile(rf"(?:[^\W_]|['’‘`´{_INSIDE}])+")
_SENTENCE_END = re.compile(r"[.!?,;:\n()…،؛؟۔]")
_APOSTROPHES = re.compile(r"['’‘`´]")
_PIECE = re.compile(r"\d+|[^\W\d_]+")
_THRICE = re.compile(r"([^\W\d_])\1{2,}")
_TWICE = re.compile(r"(.)\1+")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_TATWEEL = "\u0640"

# One letter for each sound that Urdu, Pashto and Arabic keyboards write differently.
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("يىۍێ", "ی"),
        **dict.fromkeys("ې", "ے"),
        **dict.fromkeys("كڪ", "ک"),
        **dict.fromkeys("ګڬ", "گ"),
        **dict.fromkeys("هةەھۃ", "ہ"),
        **dict.fromkeys("ں", "ن"),
        "ټ": "ٹ",
        "ډ": "ڈ",
        "ړ": "ڑ",
        "ڼ": "ن",
        "ښ": "ش",
        "ږ": "گ",
        "ځ": "ز",
        "څ": "س",
        "ء": None,
        _TATWEEL: None,
    },
)
# Letters that sound alike, so that they are mistaken for one another in writing.
_SOUNDS = str.maketrans(
    {
        **dict.fromkeys("ثص", "س"),
        **dict.fromkeys("ذضظ", "ز"),
        "ط": "ت",
        "ح": "ہ",
        "ع": "ا",
        "ے": "ی",
    },
)
# In order: what two letters say together comes before what one says alone.
_ROMAN = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"ck", "k"),
        (r"sch", "sk"),
        (r"t?c+h+", "C"),
        (r"kh", "X"),
        (r"x", "X"),
        (r"sh", "S"),
        (r"c(?=[eiy])", "s"),
        (r"[cq]", "k"),
        (r"ph", "f"),
        (r"zh|dz", "z"),
        (r"^ts", "s"),
        (r"(?<=[bdgjtr])h", ""),
        (r"w", "v"),
        (r"(.)\1+", r"\1"),
        (r"^y(?=[aeiou])", "Y"),
        (r"[aeiou]h$", lambda match: match.group()[0]),
        (r"ai|ay|ei|ey|ea|ie", "i"),
        (r"au|ou", "u"),
        (r"o", "u"),
        (r"[ey]", "i"),
        (r"uv(?=[aiu])", "u"),
        (r"(.)\1+", r"\1"),
    )
)


@dataclass(frozen=True)
class Word:
    """A word of a text: its normal form, where it stands, and in which clause (0, 1, ...)."""

    text: str = field(repr=False)
    start: int
    end: int
    clause: int


def normalise(text: str) -> str:
    """Give the text in lower case with one letter for each sound, ASCII digits and no marks.

    What it gives, it gives again: normalise(normalise(x)) == normalise(x).
    """
    plain = unicodedata.normalize("NFKD", text.lower()).lower()
    kept = (_character(sign) for sign in plain)
    folded = unicodedata.normalize("NFC", "".join(kept).translate(_LETTERS))
    return " ".join(_THRICE.sub(r"\1", _APOSTROPHES.sub("", folded)).split())


def _character(sign: str) -> str:
    """Give the sign itself, its ASCII digit, or nothing for a mark or an invisible sign."""
    category = unicodedata.category(sign)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    return str(unicodedata.decimal(sign)) if category == "Nd" else sign


def words_in(text: str) -> list[Word]:
    """Give the words of a text with their places in it; "9saal" is two words."""
    return list(_words(text))


@lru_cache(maxsize=4)  # a dozen readers ask for the words of one text, one after the other
def _words(text: str) -> tuple[Word, ...]:
    words: list[Word] = []
    clause = 0
    last = 0
    for chunk in _WORD.finditer(text):
        clause += bool(_SENTENCE_END.search(text, last, chunk.start()))
        last = chunk.end()
        words += [
            Word(piece, chunk.start(), chunk.end(), clause) for piece in _pieces(chunk.group())
        ]
    return tuple(words)


@lru_cache(maxsize=50_000)
def _pieces(chunk: str) -> list[str]:
    return _PIECE.findall(normalise(chunk))


def tokens(text: str) -> list[str]:
    """Give the words of the text in their normal form."""
    return [word.text for word in words_in(text)]


def is_arabic(word: str) -> bool:
    """Tell whether the word is written in the letters of Urdu and Pashto."""
    return bool(_ARABIC.search(word))


@lru_cache(maxsize=50_000)
def squeeze(word: str) -> str:
    """Give the word with every doubled letter once: the key of an English word."""
    return _TWICE.sub(r"\1", word)


@lru_cache(maxsize=50_000)
def skeleton(word: str) -> str:
    """Give the key under which the spellings of one word meet: bachi, bachchi, bachy, bacchi."""
    word = normalise(word)
    if is_arabic(word):
        key = squeeze(word.translate(_SOUNDS))
        return key[:-1] + "ا" if len(key) > 1 and key.endswith("ہ") else key
    for spelling, sound in _ROMAN:
        word = spelling.sub(sound, word)
    return word

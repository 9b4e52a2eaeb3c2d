"""Numbers in a text, in digits of three scripts and words of five forms, and case codes."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from language import number_words as table
from language.normalise import Word, is_arabic, normalise, skeleton, squeeze, words_in

HIGHEST = 100
NARROW = 2  # "das bara": two words that say between them about how many
# Nine digits, with at most one space or dash between two of them, and no tenth beside them.
_CODE = re.compile(r"(?<![\d+])(?:\d[ \-./]?){8}\d(?!\d|[ \-./]\d)")


def numbers_in(text: str) -> list[int]:
    """Give the numbers of a text up to 100 in order; case codes and phone numbers are none."""
    return [number for number, _, _ in numbers_with_places(text)]


def numbers_with_places(text: str) -> Iterator[tuple[int, int, int]]:
    """Give each number up to 100 with the places of its first and last word in the text."""
    words = words_in(text)
    for index, word in enumerate(words):
        counts = word.text not in _also_words() or len(words) == 1 or _is_counted(words, index)
        number = _number(word.text, alone=counts)
        if number is None or number > HIGHEST or _continues_tens(words, index):
            continue
        ones = _number(words[index + 1].text, alone=False) if index + 1 < len(words) else None
        if _is_tens(word.text, number) and ones is not None and ones < 10:  # noqa: PLR2004 - a digit
            yield number + ones, word.start, words[index + 1].end
        else:
            yield number, word.start, word.end


def code_in(text: str) -> str | None:
    """Give the case code of a text as nine ASCII digits, however it was spaced; else None."""
    found = _CODE.search(normalise(text))
    return re.sub(r"\D", "", found.group()) if found else None


@lru_cache(maxsize=50_000)
def _number(word: str, *, alone: bool) -> int | None:
    """Give the number a word says; a word that says something else too only where it is alone."""
    if word.isdigit():
        return int(word) if len(word) <= len(str(HIGHEST)) else None
    if word in _also_words() and not alone:
        return None
    if word in _never():
        return None
    numbers = _numbers()
    found = numbers.get(word, numbers.get(squeeze(word), numbers.get(skeleton(word))))
    return _teen(word) if found is None else found


def _teen(word: str) -> int | None:
    """Give what a Roman Pashto word from eleven to nineteen says, however its vowels are written."""
    found = _teens().fullmatch(word)
    return 10 + found.lastindex if found and found.lastindex else None


def _is_counted(words: list[Word], index: int) -> bool:
    """Tell whether years, children, days, an age or the next number stand beside the word."""
    beside = words[max(0, index - 1) : index] + words[index + 1 : index + 2]
    clause = words[index].clause
    if any(word.clause == clause and skeleton(word.text) in _counted() for word in beside):
        return True
    # "Das bara saal", "das se gyarah saal", "las yawolas kala": ten to eleven or twelve.
    rest = [word.text for word in words[index + 1 : index + 3] if word.clause == clause]
    following = rest[1:] if rest and rest[0] in _between() else rest[:1]
    if not following or following[0].isdigit():
        return False
    here, there = (_number(text, alone=True) for text in (words[index].text, following[0]))
    return here is not None and there is not None and here < there <= here + NARROW


def _is_tens(word: str, number: int) -> bool:
    return (
        not word.isdigit()
        and not is_arabic(word)
        and squeeze(word) in _english_tens()
        and number < HIGHEST
    )


def _continues_tens(words: list[Word], index: int) -> bool:
    """Tell whether the word is the "five" of "twenty five"."""
    if not index:
        return False
    before, here = words[index - 1].text, words[index].text
    return squeeze(before) in _english_tens() and (_number(here, alone=False) or HIGHEST) < 10  # noqa: PLR2004


@cache
def _between() -> frozenset[str]:
    return frozenset(map(normalise, table.BETWEEN.split()))


@cache
def _teens() -> re.Pattern[str]:
    return re.compile(
        f"(?:{'|'.join(f'({teen})' for teen in table.TEENS.split())}){table.TEEN_ENDING}"
    )


@cache
def _also_words() -> frozenset[str]:
    return frozenset(map(normalise, table.ALSO_WORDS.split()))


@cache
def _never() -> frozenset[str]:
    return frozenset(map(normalise, table.NEVER.split()))


@cache
def _counted() -> frozenset[str]:
    return frozenset(map(skeleton, table.COUNTED.split()))


@cache
def _english_tens() -> frozenset[str]:
    return frozenset(squeeze(word) for word in table.ENGLISH_TENS.split()[:-1])


@cache
def _numbers() -> dict[str, int]:
    """Give the number of each key: a word as it is spelt, English ones squeezed, or a skeleton."""
    numbers: dict[str, int] = {}
    spelt: dict[str, int] = {}
    for words, step in (
        (table.URDU, 1),
        (table.PASHTO, 1),
        (table.ROMAN_URDU, 1),
        (table.ROMAN_PASHTO, 1),
        (table.PASHTO_TENS, 10),
        (table.ROMAN_PASHTO_TENS, 10),
    ):
        first = 2 if step > 1 else 1
        for place, spellings in enumerate(words.split(), start=first):
            for spelling in spellings.split("|"):
                numbers.setdefault(skeleton(spelling), place * step)
                spelt.setdefault(normalise(spelling), place * step)
    for place, word in enumerate(table.ENGLISH.split(), start=1):
        numbers[squeeze(word)] = place
    for place, word in enumerate(table.ENGLISH_TENS.split(), start=2):
        numbers[squeeze(word)] = place * 10
    return numbers | _as_spelt() | spelt  # Urdu's "teen" is three, and no "ten"


def _as_spelt() -> dict[str, int]:
    """Give the number of each word that no skeleton stands for: halves, and oblique Pashto."""
    spelt: dict[str, int] = {}
    for words, ending in table.OBLIQUE:
        for value, spellings in enumerate(words.split()[1:], start=2):
            ended = [word + ending for word in spellings.split("|") if word[-1] not in table.VOWELS]
            spelt |= {normalise(word): value for word in ended}
    for line in table.AS_SPELT.strip().splitlines():
        number, *spellings_of = line.split()
        spelt |= {normalise(word): int(number) for word in spellings_of}
    return spelt

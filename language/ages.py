"""The ages a text tells, and what they mean for triage."""

from collections.abc import Iterator
from functools import cache

from language.normalise import skeleton, words_in
from language.numbers import numbers_with_places

ADULT = 18
BANDS = (("under_5", 5), ("under_8", 8), ("under_12", 12), ("under_15", 15))
_YEARS = (
    "year years yr yrs old saal sal sala saala salah baras kaal kal kala kalan kalana kalane "
    "kalanai کال کاله کلن کلنه کلنۍ کلنې کلنی سال سالہ برس"
)
_MONTHS = (
    "month months mahine mahina maah میاشتې میاشت میاشتو مہینے ماہ مہینہ miyasht myasht miyashte"
)
_AGE = "age aged umar umer umr umre عمر عمرہ"
# "for 3 years", "3 years ago", "kal" (yesterday) after a number is no age.
_NO_AGE = "ago se since pehle pahle baad before after for last raasi rasay raise سے پہلے بعد مخکې راهیسې راسې qabl"
_LIFETIME_MONTHS = 36


def age_facts(text: str) -> Iterator[tuple[str, int, tuple[str, ...]]]:
    """Give each age under 15 as typed, with the place of its first word and its facts."""
    places = {word.start: place for place, word in enumerate(words_in(text))}
    for age, start, end in ages_with_places(text):
        facts = tuple(name for name, below in BANDS if age < below)
        if facts:
            yield text[start:end], places[start], facts


def ages_in(text: str) -> list[int]:
    """Give the ages under 18 that the text tells, in whole years."""
    return [age for age, _, _ in ages_with_places(text)]


def ages_with_places(text: str) -> Iterator[tuple[int, int, int]]:
    """Give each age under 18 with the places of its first and last letter."""
    words = words_in(text)
    keys = [skeleton(word.text) for word in words]
    for number, start, end in numbers_with_places(text):
        first = next(i for i, word in enumerate(words) if word.start == start)
        last = max(i for i, word in enumerate(words) if word.end == end)
        after = keys[last + 1] if last + 1 < len(keys) else ""
        beyond = keys[last + 2] if last + 2 < len(keys) else ""
        before = keys[first - 1] if first else ""
        if beyond in _keys(_NO_AGE) or before in {"fur", "past"}:
            continue
        if after in _keys(_YEARS) or before in _keys(_AGE):
            if number < ADULT:
                yield number, start, words[last + (after in _keys(_YEARS))].end
        elif after in _keys(_MONTHS) and number <= _LIFETIME_MONTHS:
            yield number // 12, start, words[last + 1].end


@cache
def _keys(words: str) -> frozenset[str]:
    return frozenset(skeleton(word) for word in words.split())

"""How many SMS a text is: septets of GSM 03.38 where every letter has one, else UTF-16 units."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from gsm0338 import Codec

GSM_ONE, GSM_PART = 160, 153
UCS2_ONE, UCS2_PART = 70, 67


@dataclass(frozen=True, slots=True)
class Size:
    """What a text costs on the air."""

    encoding: Literal["gsm7", "ucs2"]
    units: int
    segments: int


def is_gsm(text: str) -> bool:
    """Whether every letter is in the GSM alphabet or its extension."""
    return _septets(text) is not None


def size_of(text: str) -> Size:
    """Return the encoding, the units and the segments of a text."""
    septets = _septets(text)
    if septets is not None:
        return Size("gsm7", sum(septets), _segments(septets, GSM_ONE, GSM_PART))
    units = [len(letter.encode("utf-16-be")) // 2 for letter in text]
    return Size("ucs2", sum(units), _segments(units, UCS2_ONE, UCS2_PART))


def _septets(text: str) -> list[int] | None:
    """The width of each letter, two in the extension; None when one is not in the alphabet."""
    try:
        return [len(_alphabet().encode(letter)[0]) for letter in text]
    except UnicodeEncodeError:
        return None


@cache
def _alphabet() -> Codec:
    return Codec()


def _segments(widths: list[int], one: int, part: int) -> int:
    if sum(widths) <= one:
        return 1
    segments, room = 1, part
    for width in widths:
        if width > room:  # a letter of two units is never split over two parts
            segments, room = segments + 1, part
        room -= width
    return segments

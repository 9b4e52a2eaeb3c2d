"""How many SMS a text is: GSM 03.38 septets where every letter has one, else UTF-16 units."""

from dataclasses import dataclass
from typing import Literal

# 3GPP TS 23.038, section 6.2.1: the default alphabet, and its extension, which costs two septets.
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = frozenset("\f^{}\\[~]|€")
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
    return all(letter in BASIC or letter in EXTENSION for letter in text)


def size_of(text: str) -> Size:
    """Return the encoding, the units and the segments of a text."""
    if is_gsm(text):
        widths = [2 if letter in EXTENSION else 1 for letter in text]
        return Size("gsm7", sum(widths), _segments(widths, GSM_ONE, GSM_PART))
    widths = [len(letter.encode("utf-16-be")) // 2 for letter in text]
    return Size("ucs2", sum(widths), _segments(widths, UCS2_ONE, UCS2_PART))


def _segments(widths: list[int], one: int, part: int) -> int:
    if sum(widths) <= one:
        return 1
    segments, room = 1, part
    for width in widths:
        if width > room:  # a letter of two units is never split over two parts
            segments, room = segments + 1, part
        room -= width
    return segments

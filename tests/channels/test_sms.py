"""Numbers, dates and segments."""

from datetime import UTC, datetime

import pytest

from channels.sms.fields import epoch, moment
from channels.sms.numbers import e164
from channels.sms.segments import size_of


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("+923000000001", "+923000000001"),
        ("923000000001", "+923000000001"),
        ("03000000001", "+923000000001"),
        ("0092 300 0000001", "+923000000001"),
        (" 0300-0000001 ", "+923000000001"),
        ("3000000001", "+923000000001"),
        ("+93700000001", "+93700000001"),
        ("93700000001", "+93700000001"),
        ("+254791000001", "+254791000001"),
        ("8333", None),
        ("JAZZ", None),
        ("", None),
        ("+", None),
        ("٠٣٠٠٠٠٠٠٠٠١", "+923000000001"),
    ],
)
def test_one_number_one_form(raw: str, number: str | None) -> None:
    assert e164(raw) == number


@pytest.mark.parametrize(
    ("text", "encoding", "units", "segments"),
    [
        ("a" * 160, "gsm7", 160, 1),
        ("a" * 161, "gsm7", 161, 2),
        ("a" * 306, "gsm7", 306, 2),
        ("a" * 307, "gsm7", 307, 3),
        ("a" * 159 + "€", "gsm7", 161, 2),
        ("a" * 152 + "€" + "a" * 152, "gsm7", 306, 3),
        ("a" * 158 + "[", "gsm7", 160, 1),
        ("ب" * 70, "ucs2", 70, 1),
        ("ب" * 71, "ucs2", 71, 2),
        ("ب" * 134, "ucs2", 134, 2),
        ("ب" * 135, "ucs2", 135, 3),
        ("a" * 69 + "ب", "ucs2", 70, 1),
        ("😀" * 35, "ucs2", 70, 1),
        ("😀" * 36, "ucs2", 72, 2),
        ("a" * 66 + "😀" + "a" * 65, "ucs2", 133, 2),
        ("a" * 66 + "😀" + "a" * 66, "ucs2", 134, 3),
        ("", "gsm7", 0, 1),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    size = size_of(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


@pytest.mark.parametrize(
    ("raw", "read"),
    [("1772452740", datetime(2026, 3, 2, 11, 59, tzinfo=UTC)), ("9" * 30, None), ("soon", None)],
)
def test_epoch(raw: str, read: datetime | None) -> None:
    assert epoch(raw) == read


@pytest.mark.parametrize("raw", ["", "soon", "2026-13-01", "1772452740x"])
def test_no_moment(raw: str) -> None:
    assert moment(raw) is None

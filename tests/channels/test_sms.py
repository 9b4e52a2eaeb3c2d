"""Numbers and dates as providers write them."""

from datetime import UTC, datetime

import pytest

from channels.sms.fields import epoch, moment
from channels.sms.numbers import e164


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
    ("raw", "read"),
    [("1772452740", datetime(2026, 3, 2, 11, 59, tzinfo=UTC)), ("9" * 30, None), ("soon", None)],
)
def test_epoch(raw: str, read: datetime | None) -> None:
    assert epoch(raw) == read


@pytest.mark.parametrize("raw", ["", "soon", "2026-13-01", "1772452740x"])
def test_no_moment(raw: str) -> None:
    assert moment(raw) is None

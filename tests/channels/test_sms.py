"""Numbers and dates as providers write them."""

from datetime import UTC, datetime

import pytest

from channels.errors import AddressRefused
from channels.sms.fields import epoch, moment
from channels.sms.numbers import destination, e164, origin


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
    ("raw", "sender"),
    [
        ("03000000001", "+923000000001"),
        ("923000000001", "+923000000001"),
        ("8333", "8333"),
        ("+8333", "8333"),
        ("15", "15"),
        (" JAZZ ", "JAZZ"),
        ("8-Bank", "8-Bank"),
        ("SIM03000001", "SIM03000001"),
        ("tel:+923000000001", "+923000000001"),
        ("a name too long", None),
        ("جاز", None),
        ("", None),
        ("+", None),
        ("1", None),
    ],
)
def test_services_keep_their_names(raw: str, sender: str | None) -> None:
    assert origin(raw) == sender


@pytest.mark.parametrize("service", ["8333", "JAZZ"])
def test_services_are_not_answered(service: str) -> None:
    assert destination("+923000000001") == "+923000000001"
    with pytest.raises(AddressRefused):
        destination(service)


@pytest.mark.parametrize(
    ("raw", "read"),
    [("1772452740", datetime(2026, 3, 2, 11, 59, tzinfo=UTC)), ("9" * 30, None), ("soon", None)],
)
def test_epoch(raw: str, read: datetime | None) -> None:
    assert epoch(raw) == read


@pytest.mark.parametrize("raw", ["", "soon", "2026-13-01", "1772452740x"])
def test_no_moment(raw: str) -> None:
    assert moment(raw) is None

"""What a text costs as SMS, and what each of our replies does."""

import pytest

from channels.sms.segments import size_of
from channels.stores import Tables
from scripts.segments import PAGE, costs, page

LATIN = ("en", "roman_ur", "roman_ps")


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
        ("a" * 160 + "`", "ucs2", 161, 3),
        ("Allah ka shukr\nç", "ucs2", 16, 1),
        ("Ç", "gsm7", 1, 1),
        ("482 177 306 {}[]", "gsm7", 20, 1),
    ],
)
def test_segments(text: str, encoding: str, units: int, segments: int) -> None:
    size = size_of(text)
    assert (size.encoding, size.units, size.segments) == (encoding, units, segments)


def test_the_page_of_costs_is_up_to_date(tables: Tables) -> None:
    assert PAGE.read_text("utf-8") == page(tables.replies), "Run `make segments`."


def test_no_reply_costs_more_than_it_may(tables: Tables) -> None:
    dear = []
    for name, kind, form, size in costs(tables.replies):
        most = 2
        if form in LATIN and kind not in {"info", "lifeline"}:
            most = 1
        if form not in LATIN and kind == "lifeline":
            most = 3
        if size.segments > most or (form in LATIN and size.encoding != "gsm7"):
            dear.append((name, form, size))
    assert dear == []

"""Children who are counted are told apart."""

from __future__ import annotations

import pytest

from bot.nlu.reader import LOOKUPS
from bot.nlu.several import each_of_several
from language.child_words import ChildWords
from language.children import children_in


@pytest.fixture(scope="module")
def read():
    words = ChildWords.load(LOOKUPS)

    def read(text: str) -> list[tuple[int | None, str | None]]:
        told = words.read(text)
        return [(one.age, one.gender) for one in each_of_several(told, children_in(told))]

    return read


@pytest.mark.parametrize(
    ("text", "children"),
    [
        ("two girls 7 and 9 are beaten", [(7, "girl"), (9, "girl")]),
        ("two small boys, 6 and 8, at the kiln", [(6, "boy"), (8, "boy")]),
        ("three girls 5, 7 and 9", [(5, "girl"), (7, "girl"), (9, "girl")]),
        ("two children work there", [(None, None)] * 2),
        ("do bachay kaam karte hain", [(None, None)] * 2),
        ("do larkiyan wahan hain, ek 8 saal ki", [(8, "girl"), (None, "girl")]),
        ("دو بچیاں بھٹے پر", [(None, "girl")] * 2),
        ("دوه ماشومان کار کوي", [(None, None)] * 2),
        ("dwa halakan kar kawi", [(None, "boy")] * 2),
        ("do larkiyan 7 aur 9 saal ki", [(7, "girl"), (9, "girl")]),
        ("9 saal ki larki", [(9, "girl")]),
        ("do larkon ne 9 saal ke bache ko mara", [(9, "boy")]),
        ("8 bachay ghar mein", []),
        ("do din se", []),
        ("do bhai 9 or 14 saal ke bhatte pe", [(9, "boy"), (14, "boy")]),
        ("do bhai 8 or 10 saal ke", [(8, "boy"), (10, "boy")]),
        ("teen bhai, 6, 8 aur 11 saal", [(6, "boy"), (8, "boy"), (11, "boy")]),
        ("دو بھائی 7 اور 12 سال", [(7, "boy"), (12, "boy")]),
        ("do larke bachi ko le gaye", [(None, "girl")]),
        ("bata do bhai", []),
        ("bata do bhai, 9 saal ki larki", [(9, "girl")]),
    ],
)
def test_each_of_several_is_one(read, text, children):
    assert read(text) == children

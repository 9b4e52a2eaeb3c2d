"""What an answer to a question means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from actions import answers
from actions.told import Understanding
from actions.turn import Turn

CHOICES = [
    {"id": "a", "name": "Nawagai, Dir", "district": "Dir"},
    {"id": "b", "name": "Nawagai, Swat", "district": "Swat"},
    {"id": "c", "name": "Nawagai Kalan, Dir", "district": "Dir"},
]


def turn(text: str, intent: str = "nlu_fallback", **understanding: Any) -> Turn:
    return Turn(
        key="sms:1",
        conversation="c1",
        channel="sms",
        joined=False,
        kept_only=False,
        intent=intent,
        confidence=0.9,
        question=None,
        language=None,
        text=text,
        understanding=Understanding(**understanding),
        location=None,
        known={},
    )


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        (" ۲ ", 2),
        ("٣.", 3),
        ("12", 12),
        ("1 saal", None),
        ("", None),
        ("482177306", None),
    ],
)
def test_a_number_is_the_whole_text(text, number):
    assert turn(text).number == number


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("1", "nlu_fallback", True),
        ("2", "nlu_fallback", False),
        ("haan ji", "affirm", True),
        ("nahi", "deny", False),
        ("shayad", "dont_know", None),
        ("3", "nlu_fallback", None),
    ],
)
def test_yes_or_no(text, intent, expected):
    assert answers.yes_or_no(turn(text, intent)) is expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        pytest.param("9", [9], 9, id="digits"),
        pytest.param("barah saal", [12], 12, id="words"),
        pytest.param("9 ya 10", [9, 10], None, id="two numbers"),
        pytest.param("45", [45], None, id="no child's age"),
        pytest.param("0", [0], None, id="zero is a skip"),
        pytest.param("choti hai", [], None, id="no number"),
    ],
)
def test_age(text, numbers, expected):
    assert answers.age(turn(text, numbers=numbers)) == expected


@pytest.mark.parametrize(("text", "expected"), [("1", "girl"), ("2", "boy"), ("0", None)])
def test_gender(text, expected):
    assert answers.gender(turn(text)) == expected


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [("2", [2], 1), ("dusra, 2", [2], 1), ("4", [4], None), ("0", [0], None), ("Bara", [], None)],
)
def test_a_choice_by_number(text, numbers, expected):
    asked = replace(turn(text, numbers=numbers), known={"choices": CHOICES})
    assert answers.chosen(asked) == expected


@pytest.mark.parametrize(("district", "expected"), [("Swat", 1), ("Khyber", None), ("Dir", None)])
def test_a_choice_by_the_name_of_its_district(district, expected):
    place = {"id": "x", "name": "x", "district": district}
    asked = replace(turn("wahan wala", places=[place]), known={"choices": CHOICES})
    assert answers.chosen(asked) == expected


def test_a_no_is_no_age_though_it_sounds_like_nine():
    assert answers.age(turn("no", "deny", numbers=[9])) is None


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("1", "affirm", {"allowed": True}),
        ("2", "deny", {"allowed": False}),
        ("only sms", "nlu_fallback", {"allowed": True, "how": "only sms"}),
        ("haan, shaam ko", "affirm", {"allowed": True, "when": "haan, shaam ko"}),
        ("not at night", "nlu_fallback", {"allowed": True, "when": "not at night"}),
        ("nahi, raat ko nahi", "deny", {"when": "nahi, raat ko nahi"}),
        (
            "sms, subah",
            "affirm",
            {"allowed": True, "how": "sms, subah", "when": "sms, subah"},
        ),
        (
            "kehna school se hain",
            "affirm",
            {"allowed": True, "say": "kehna school se hain"},
        ),
        ("kabhi nahi", "deny", {"allowed": False, "never": "kabhi nahi"}),
        ("na poyegam", "dont_know", None),
        ("marta hai, raat ko phone karta hai", "report_concern", None),
        ("رات کو فون", "affirm", {"allowed": True, "how": "رات کو فون", "when": "رات کو فون"}),
        ("هېڅکله", "deny", {"allowed": False, "never": "هېڅکله"}),
        ("pata nahi", "dont_know", None),
    ],
)
def test_safe_contact(text, intent, expected):
    found = answers.safe_contact(turn(text, intent))
    assert (found and found.model_dump(exclude_none=True)) == expected


@pytest.mark.parametrize(
    "text",
    ["every day", "roz karta hai", "kabhi kabhi", "روزانہ", "هره ورځ", "hara shpa", "تل داسې کوي"],
)
def test_what_happens_again_and_again_is_a_standing_situation(text):
    assert answers.standing(turn(text)).fact == "repeated"


@pytest.mark.parametrize("text", ["haan", "now", "abhi", "rozi bazar", "os"])
def test_now_is_none(text):
    assert answers.standing(turn(text)) is None

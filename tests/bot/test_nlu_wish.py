"""Asking for another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.wish import LanguageNames, wished


@pytest.fixture(scope="module")
def names() -> LanguageNames:
    return LanguageNames.load(Path("nlu_data/lookups"))


@pytest.mark.parametrize(
    ("text", "present", "form"),
    [
        pytest.param("english please", "ur", "en", id="English"),
        pytest.param("اردو میں لکھیں", "en", "ur", id="Urdu"),
        pytest.param("pa pashto ke wowaya", "en", "ps", id="Pashto, typed in Roman letters"),
        pytest.param("roman urdu me jawab dein", "ur", "roman_ur", id="Roman Urdu"),
        pytest.param("roman me", "ps", "roman_ps", id="Roman letters for Pashto"),
        pytest.param("roman me", None, "roman_ur", id="Roman letters, nothing known"),
        pytest.param("angrezi samajh nahi aati urdu", "en", "ur", id="one refused, one wished"),
        pytest.param("i dont know english", "en", None, id="only refused"),
        pytest.param("zaban badlo", "en", None, id="none named"),
    ],
)
def test_the_language_asked_for_is_read(names, text, present, form):
    assert wished(text, names, present) == form

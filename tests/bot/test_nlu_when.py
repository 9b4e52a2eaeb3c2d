"""Times as people write them, and the facts they make true."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.when import TimeWords, when_in

LOOKUPS = Path("nlu_data/lookups")
DAY, DAYS, FORTNIGHT = "within_24h", "within_72h", "within_14_days"


@pytest.fixture(scope="module")
def time() -> TimeWords:
    return TimeWords.load(LOOKUPS)


@pytest.mark.parametrize(
    ("text", "words", "facts"),
    [
        pytest.param("abhi mar raha hai", "abhi", set(), id="now makes no date"),
        pytest.param("kal raat mara", "kal raat", {DAY, DAYS}, id="last night"),
        pytest.param("نکاح پرسوں ہے", "پرسوں", {DAYS, FORTNIGHT}, id="the day after tomorrow"),
        pytest.param("wada saba da", "saba", {DAYS, FORTNIGHT}, id="tomorrow, Roman Pashto"),
        pytest.param("nikah on friday", "friday", {DAYS, FORTNIGHT}, id="a weekday may be near"),
        pytest.param("3 din baad shadi", "3 din baad", {DAYS, FORTNIGHT}, id="in three days"),
        pytest.param("shadi 10 din baad", "10 din baad", {FORTNIGHT}, id="in ten days"),
        pytest.param("2 din se ghayab", "2 din se", {DAYS}, id="for two days"),
        pytest.param("3 months ago", "3 months ago", set(), id="long ago"),
        pytest.param("aaj kal chup hai", "aaj kal", set(), id="these days"),
        pytest.param("subah se shaam kaam", "subah se shaam", set(), id="all day long"),
        pytest.param("wada bal kal da", "bal kal", set(), id="next year, Roman Pashto"),
        pytest.param("shadi in 3 days", "3 days", {DAYS, FORTNIGHT}, id="in, before the count"),
        pytest.param("last week and again tonight", "tonight", {DAY, DAYS}, id="the nearest"),
    ],
)
def test_a_time_is_read_with_its_words(time, text, words, facts):
    when = when_in(text, time)
    assert (when.words, set(when.facts)) == (words, facts)


def test_a_text_without_a_time_has_none(time):
    assert when_in("bacha bhatte pe kaam karta hai", time) is None


def test_how_long_something_lasts_is_no_time(time):
    assert when_in("dhoop me 2 ghante khara rakha", time) is None

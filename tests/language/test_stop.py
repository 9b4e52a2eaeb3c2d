"""STOP and its like, in five forms, and what only sounds like it."""

import pytest

from language.stop import StopWords

STOPS = [
    "STOP",
    "stop.",
    "Stop please",
    ".",
    "۔",
    " . ",
    "exit",
    "EXIT",
    "quit",
    "someone is coming",
    "dont message me",
    "pls do not reply to this",
    "bas",
    "Bas karo",
    "bass",
    "band karo",
    "koi aa gaya",
    "koi aagaya hai",
    "abhi koi aa gaya hai baad mein",
    "msg mat karna",
    "wo aa gaya",
    "بس",
    "بس کرو",
    "بند کرو",
    "کوئی آ گیا",
    "کوئی آگیا ہے",
    "میسج نہ کریں",
    "بس کړه",
    "بند کړئ",
    "څوک راغلل",
    "څوک راغی",
    "پلار مې راغی",
    "مېسج مه کوه",
    "bas kra",
    "sok raghlal",
    "tsok raghlal",
    "os sok razi",
    "msg ma kawa",
]
NO_STOPS = [
    "usne marna stop nahi kiya",
    "he does not stop beating her",
    "please stop him",
    "bus stop par bacha akela hai",
    "wo bas marta rehta hai",
    "kamre mein band hai",
    "بس اڈے پر ایک بچہ اکیلا ہے",
    "بچی کمرے میں بند ہے",
    "وہ بس نہیں کرتا",
    "ماشوم په کوټه کې بند دی",
    "هغه وهل نه بس کوي",
    "mashom pa kota ke band de",
    "no",
    "nahi",
    "end of road village",
    "",
    "...",
    "koi hai",
]


@pytest.mark.parametrize("text", STOPS)
def test_a_stop_is_recognised(stop_words: StopWords, text: str) -> None:
    assert stop_words.is_stop(text)


@pytest.mark.parametrize("text", NO_STOPS)
def test_what_only_sounds_like_a_stop_is_none(stop_words: StopWords, text: str) -> None:
    assert not stop_words.is_stop(text)

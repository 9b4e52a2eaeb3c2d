"""One word has one matching form, however it is typed."""

import random

import pytest

from language.normalise import normalise, skeleton, tokens, words_in

MEETING = [
    pytest.param(
        ["bachi", "bachchi", "bachy", "bacchi", "bachii", "bacheee"], id="a girl in Roman Urdu"
    ),
    pytest.param(["khan", "khaan", "xaan"], id="kh is also written x"),
    pytest.param(["mujhe", "muje", "mujay", "mujhey"], id="an aspirate is often left out"),
    pytest.param(["qatal", "katal", "qataal"], id="q and k"),
    pytest.param(["wahi", "vahee", "waahi"], id="w and v, doubled vowels"),
    pytest.param(["gaya", "gya", "gia"], id="y between vowels"),
    pytest.param(["larka", "larkah"], id="h at the end is silent"),
    pytest.param(["school", "skool"], id="a school"),
    pytest.param(["باڑہ", "باړه", "باڑا"], id="Urdu and Pashto rr, he and alif at the end"),
    pytest.param(["ماشومې", "ماشومی", "ماشومۍ", "ماشومي"], id="the yehs of Pashto"),
    pytest.param(["کے", "کې", "كي"], id="Arabic kaf and yeh"),
    pytest.param(["بچّی", "بچی", "بچـــی", "بچ\u200cی"], id="marks, tatweel and joiners"),
    pytest.param(["ګاونډی", "گاونڈی"], id="Pashto letters typed with Urdu ones"),
    pytest.param(["څوک", "سوک"], id="tse and sin"),
    pytest.param(["عذاب", "عزاب"], id="letters that sound alike"),
]


@pytest.mark.parametrize("spellings", MEETING)
def test_spellings_of_one_word_meet(spellings: list[str]) -> None:
    assert len({skeleton(word) for word in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bacha", "bachi"),
        ("larka", "larki"),
        ("maro", "mara"),
        ("khar", "kar"),
        ("shadi", "sadi"),
        ("وهي", "وژني"),
        ("بچہ", "بچی"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("۹ کاله ٩ साल ९", "9 کالہ 9 साल 9", id="digits of three scripts"),
        pytest.param("HELLLLP  me", "help me", id="repeated letters and spaces"),
        pytest.param("Don’t", "dont", id="apostrophes"),
        pytest.param("ﺑﭽﯽ", "بچی", id="presentation forms"),
        pytest.param("100 0000", "100 0000", id="digits are not squeezed"),
    ],
)
def test_a_text_is_said_in_one_way(text: str, expected: str) -> None:
    assert normalise(text) == expected


@pytest.mark.parametrize("seed", range(40))
def test_normalising_twice_changes_nothing(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chance, not secrecy
    letters = "abcdeéİǅﬁ ’'\u200c\u0640\u064bایيىۍېئےكګڼښږځڅھہۀؤآأإٱ۹٣९.،؟-\n😀"
    text = "".join(chance.choice(letters) for _ in range(60))
    once = normalise(text)
    assert normalise(once) == once
    assert tokens(once) == tokens(text)


def test_words_know_where_they_stand() -> None:
    text = "Bachi 9saal, ko\u200c مارتا۔ ہے"
    words = words_in(text)
    assert [word.text for word in words] == ["bachi", "9", "saal", "ko", "مارتا", "ہے"]
    assert [text[word.start : word.end] for word in words[:3]] == ["Bachi", "9saal", "9saal"]
    assert [word.clause for word in words] == [0, 0, 0, 1, 1, 2]

"""A negation silences what it governs, and nothing else."""

import pytest

from language.lexicon import Lexicon

DENIED = [
    "chacha bachi ko nahi mar raha",
    "wo bachay ko nahi marta",
    "wo bachay ko marta nahi hai",
    "ustad bachon ko kabhi nahi marta",
    "he is not beating the child",
    "he does not ever hit her",
    "nobody beats the boy",
    "چچا بچی کو نہیں مار رہا",
    "استاد بچوں کو نہیں مارتا",
    "پلار مې ماشوم نه وهي",
    "plar me mashom na wahi",
]
NOT_DENIED = [
    "koi rokta nahi mar raha hai bachi ko",
    "rukta nahi mar raha hai bachi ko",
    "bachi ko mar raha hai koi rokta nahi",
    "nahi, bachi ko mar raha hai",
    "wo sunta nahi bachi ko mar raha hai",
    "he does not stop beating the girl",
    "she is not safe he is beating her",
    "no one helps, he is beating the boy",
    "کوئی نہیں روکتا چچا بچی کو مار رہا ہے",
    "نہیں، وہ بچی کو مار رہا ہے",
    "څوک یې نه منع کوي پلار ماشوم وهي زر راشئ",
    "sok ye na mana kawi plar mashom wahi zar rashai",
    "do not let him kill me",
    "څوک نشته پلار ماشوم وهي زر راشئ",
    "bachi ko mar raha hai koi nahi rokta",
]

NOTHING_THERE = [
    "bachay ko chot nahi lagi",
    "larke ke khoon wagera nahi",
    "بچے کو زخم کوئی نہیں تھا",
    "بچے کو چوٹ نہیں آئی",
    "په ماشوم زخم نشته",
    "pa mashom zakhm nishta",
    "the boy has no wound",
]


@pytest.mark.parametrize("text", DENIED)
def test_what_is_denied_is_no_hit(lexicon: Lexicon, text: str) -> None:
    assert not [hit for hit in lexicon.hits(text) if hit.danger or hit.concerns]


@pytest.mark.parametrize("text", NOTHING_THERE)
def test_a_wound_that_is_not_there_is_none(lexicon: Lexicon, text: str) -> None:
    assert "injury_needs_care" not in {fact for hit in lexicon.hits(text) for fact in hit.facts}


@pytest.mark.parametrize("text", NOT_DENIED)
def test_a_negation_elsewhere_hides_no_danger(lexicon: Lexicon, text: str) -> None:
    assert any(hit.danger for hit in lexicon.hits(text))


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("bachi ko khana nahi dete", "food_or_medicine_withheld"),
        ("نجلۍ ښوونځي ته نه پرېږدي", "denied_on_purpose"),
        ("he wont let her go home the girl works there", "not_allowed_to_leave"),
    ],
)
def test_a_negation_can_be_the_fact_itself(lexicon: Lexicon, text: str, fact: str) -> None:
    assert fact in {heard for hit in lexicon.hits(text) for heard in hit.facts}

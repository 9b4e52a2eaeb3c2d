"""Words that only sound like a reviewed word are not taken for it, and the reviewed word still is."""

import pytest

from language.lexicon import Lexicon
from language.pattern import key_of

HEARD_WRONGLY = [
    ("fact", "weapon", "she is showing the boy how to cook"),
    ("fact", "choking", "mother is cooking and the girl helps her"),
    ("fact", "locked_or_chained", "bachi ka school band hai"),
    ("fact", "death_threat", "main chalo bachay ko le kar aata hun"),
    ("concern", "explosive_hazard", "bachay ko goli dawai di doctor ne"),
    ("concern", "harmful_custom", "qari sahib ki bachi bohat achi hai"),
    ("concern", "missing_child", "بچی کے لیے بوتل لے آؤ"),
    ("fact", "poison", "بچے نے ظہر پڑھ لی"),
    ("fact", "disability", "بچہ خوشی سے بھرا ہوا ہے"),
]


@pytest.mark.parametrize(("kind", "code", "text"), HEARD_WRONGLY)
def test_a_word_is_not_another_that_sounds_so(
    lexicon: Lexicon, kind: str, code: str, text: str
) -> None:
    heard = {
        found
        for hit in lexicon.hits(text)
        for found in (hit.facts if kind == "fact" else hit.concerns)
    }
    assert code not in heard


@pytest.mark.parametrize(
    ("text", "concern"),
    [
        ("baap bhai ko mar raha hai", "physical_abuse"),
        ("tai bachi ko marti hai", "physical_abuse"),
        ("بچی کو کمرے میں بند کر کے مارتے ہیں", "physical_abuse"),
        ("بچہ گم ہو گیا ہے صبح سے", "missing_child"),
    ],
)
def test_the_reviewed_word_is_still_heard(lexicon: Lexicon, text: str, concern: str) -> None:
    assert concern in {found for hit in lexicon.hits(text) for found in hit.concerns}


@pytest.mark.parametrize(
    ("one", "other"), [("bhi", "bhai"), ("the", "tai"), ("raat", "rat"), ("baithi", "beti")]
)
def test_its_key_is_its_own(one: str, other: str) -> None:
    assert key_of(one, "roman_ur") != key_of(other, "roman_ur")

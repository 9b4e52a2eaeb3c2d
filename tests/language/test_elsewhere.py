"""Places outside KP count where the child is, not where the father works."""

from pathlib import Path

import pytest

from language.elsewhere import ElsewherePlaces
from language.places import Gazetteer
from language.tables import rows

LOOKUPS = Path(__file__).parents[2] / "nlu_data" / "lookups"
FOUND = [
    ("Karachi", "Karachi", "Sindh"),
    ("bachi ko Lahore mein bech diya", "Lahore", "Punjab"),
    ("Lahor Punjab mein aik bacha hai", "Lahore", "Punjab"),
    ("hum Karachi mein rehte hain, bachi ko marte hain", "Karachi", "Sindh"),
    ("8 saal ka bacha Karachi mein hotel pe kaam karta hai", "Karachi", "Sindh"),
    ("a boy in Rawalpindi is beaten", "Rawalpindi", "Punjab"),
    ("لاہور میں ایک بچی", "Lahore", "Punjab"),
    ("کراچی میں بچہ کام کرتا ہے", "Karachi", "Sindh"),
    ("په کراچۍ کې یو ماشوم", "Karachi", "Sindh"),
    ("په کوئټه کې یو ماشوم دی", "Quetta", "Balochistan"),
    ("Quetta ke yo mashom wahi", "Quetta", "Balochistan"),
    ("pa Karachai ke da yo mashom", "Karachi", "Sindh"),
    ("Islambad mein aik larki", "Islamabad", "Islamabad"),
    ("Gilgit me bachi", "Gilgit", "Gilgit-Baltistan"),
    ("Muzafarabad mein larka", "Muzaffarabad", "Azad Kashmir"),
    ("mashoman Jalalabad ke di", "Jalalabad", "Afghanistan"),
    ("افغانستان", "Afghanistan", "Afghanistan"),
    ("Karachi se hun", "Karachi", "Sindh"),
    ("da Karachi na yam", "Karachi", "Sindh"),
    ("us ke chacha Karachi mein bachi ko roz marte hain", "Karachi", "Sindh"),
]
NOT_THE_CHILD = [
    "walid Karachi mein kaam karta hai",
    "bachi ka baap Karachi mein hai",
    "plar ye Karachi ke de",
    "abbu Lahore mein mazdoori karte hain",
    "والد کراچی میں کام کرتا ہے",
    "پلار ئې په کراچۍ کې دی",
    "Karachi mein kaam karta hai mera bhai",
    "her father works in Karachi",
    "they are taking my brother to karachi tomorrow",
    "i came from kabul alone",
    "larki ko Lahore le ja rahe hain",
    "bachi ko Lahore se laye hain",
    "jinakai Karachi ta bozi",
    "د افغانستان نه راغلی ماشوم دی",
    "د مرۍ نه ئې نيولې ده",
    "dhanda karane wali",
    "Karachi ka ticket kitne ka hai",
    "peshawar zalmi ne karachi ko haraya",
    "bachi ghar me akeli hai",
    "یو ماشوم په کوټه کې بند دی",
]


@pytest.fixture(scope="module")
def elsewhere() -> ElsewherePlaces:
    return ElsewherePlaces.load(LOOKUPS)


@pytest.mark.parametrize(
    ("text", "name", "province"), [pytest.param(*case, id=case[0]) for case in FOUND]
)
def test_a_place_outside_kp_is_found(
    elsewhere: ElsewherePlaces, text: str, name: str, province: str
) -> None:
    found = elsewhere.find(text)
    assert found is not None
    assert (found.name, found.province) == (name, province)


@pytest.mark.parametrize("text", NOT_THE_CHILD)
def test_a_place_that_is_not_the_childs_is_none(elsewhere: ElsewherePlaces, text: str) -> None:
    assert elsewhere.find(text) is None


def test_the_words_are_as_typed(elsewhere: ElsewherePlaces) -> None:
    found = elsewhere.find("bachi KARACHI mein hai")
    assert found is not None
    assert found.words == "KARACHI"


def test_every_place_is_found_by_each_spelling(elsewhere: ElsewherePlaces) -> None:
    lost = [
        (row["name"], spelling.strip())
        for row in rows(LOOKUPS / "elsewhere.tsv")
        for spelling in row["words"].split("|")
        if getattr(elsewhere.find(f"bachi {spelling.strip()} mein hai"), "name", "") != row["name"]
    ]
    assert lost == []


def test_a_text_of_these_names_no_place_of_ours(gazetteer: Gazetteer) -> None:
    taken = [text for text, _, _ in FOUND if gazetteer.find(text)]
    assert taken == []

"""What a text says of what was told before, in five forms."""

from __future__ import annotations

import pytest

from bot.nlu.reader import LOOKUPS
from bot.nlu.remarks import Remarks, RemarkWords, remarks_in
from language.child_words import ChildWords


@pytest.fixture(scope="module")
def read():
    children, words = ChildWords.load(LOOKUPS), RemarkWords.load(LOOKUPS)

    def read(text: str, *places: str) -> Remarks:
        return remarks_in(text, children.read(text), places, words)

    return read


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("no she is 9 not 8", (8,)),
        ("not 14, 15", (14,)),
        ("i wrote wrong, 11", ()),
        ("8 nahi 9", (8,)),
        ("nahi 9 saal ki hai", ()),
        ("galti se 8 likh diya, 9 saal ki hai", ()),
        ("larki nahi larka hai", ()),
        ("larki nai larka hai", ()),
        ("آٹھ نہیں نو سال", (8,)),
        ("لڑکی نہیں لڑکا ہے", ()),
        ("معاف کریں 9 سال کی ہے", ()),
        ("۸ کلنه نه، ۹ کلنه ده", (8,)),
        ("هلک نه جینۍ ده", ()),
        ("بخښنه، ۹ کاله", ()),
        ("8 kala na 9 kala da", (8,)),
        ("halak na jinai da", ()),
        ("bakhana ghwaram 9 kala", ()),
    ],
)
def test_a_correction_and_the_age_it_refuses(read, text, refused):
    assert (read(text).remark, read(text).refused) == ("corrects", refused)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("not in Karak, in Kohat", ["Karak", "Kohat"]),
        ("Karak nahi Kohat", ["Karak", "Kohat"]),
        ("Karak mein nahi Kohat mein", ["Karak", "Kohat"]),
        ("کرک نہیں کوہاٹ", ["کرک", "کوہاٹ"]),
        ("کرک نه کوهاټ", ["کرک", "کوهاټ"]),
        ("Karak ke na Kohat ke", ["Karak", "Kohat"]),
    ],
)
def test_one_place_instead_of_another(read, text, places):
    assert read(text, *places).remark == "corrects"
    assert read(text, places[0]).remark is None


def test_a_place_behind_a_name_that_is_refused(read):
    assert read("Karak nahi, Kohat mein", "Kohat").remark == "corrects"
    assert read("nahi Kohat mein", "Kohat").remark is None
    assert read("bachi school nahi jati Kohat mein", "Kohat").remark is None


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("8 nahi 9", (8, 9)),
        ("nahi mujh se rabta na karein", ()),
        ("no", ()),
        ("larki nai larka hai", ()),
        ("na 9 kala da", (9,)),
        ("3 din se, 7 saal ki", (7,)),
        ("45 saal ka", ()),
        ("ek larka ek larki", ()),
        ("do bachay aur ek bachi 9", (9,)),
        ("yo halak de", ()),
        ("ek saal ka", (1,)),
        ("1", (1,)),
    ],
)
def test_numbers_that_may_be_an_age(read, text, ages):
    assert read(text).ages == ages
    assert read(text).remark in {None, "corrects"}


@pytest.mark.parametrize(
    ("text", "remark"),
    [
        ("his sister is there too", "adds"),
        ("us ka chhota bhai bhi", "adds"),
        ("اس کا بھائی بھی", "adds"),
        ("ورور یې هم", "adds"),
        ("wror ye hum", "adds"),
        ("this is another report", "another"),
        ("ek aur report deni hai", "another"),
        ("دوسری اطلاع ہے", "another"),
        ("بل راپور لرم", "another"),
        ("bal report larm", "another"),
        ("no", None),
        ("nahi", None),
        ("nahi mujh se rabta na karein", None),
        ("na ma sara rabita ma kawai", None),
        ("نه", None),
        ("abhi nahi", None),
        ("umar 9", None),
        ("7 saal ki larki aur 12 saal ka larka", None),
        ("school nahi jata", None),
    ],
)
def test_what_is_added_and_what_begins_anew(read, text, remark):
    assert read(text).remark == remark


@pytest.mark.parametrize(
    "text",
    [
        "it was just a joke",
        "sorry wrong number",
        "sent this by mistake",
        "mazaq tha yar",
        "main mazaq kar raha tha",
        "galti se bhej diya",
        "jhoot bola tha",
        "مذاق تھا",
        "غلطی سے بھیج دیا",
        "ټوکه وه",
        "ما ټوکې کولې، ټوکه وه",
        "په غلطۍ ولېږل شو",
        "toka wa",
        "pa ghalati walegal sho",
    ],
)
def test_a_report_taken_back(read, text):
    assert read(text).taken_back


@pytest.mark.parametrize(
    "text",
    [
        "they say it was a joke",
        "this is not a joke",
        "wo kehte hain mazaq tha",
        "ustad ne kaha mazaq kar raha tha",
        "ye mazaq nahi hai",
        "larke us ka mazaq urate hain",
        "وہ کہتا ہے مذاق تھا",
        "هغه وایي ټوکه وه",
        "hagha wai toka wa",
        "galti se likha, larka hai",
        "pehle wo mazaq kar raha tha phir us ne larke ko patthar mara aur sar phat gaya",
    ],
)
def test_a_report_that_speaks_of_a_joke_is_not_taken_back(read, text):
    assert not read(text).taken_back

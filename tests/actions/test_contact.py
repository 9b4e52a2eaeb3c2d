"""Whether and how a reporter may be contacted, as people say it, asked or not."""

from __future__ import annotations

import pytest

from actions import contact
from tests.actions.phone import BARA, BEATEN, GIRL_OF_9


def said(found):
    return found and found.model_dump(exclude_none=True)


@pytest.mark.parametrize(
    "text",
    [
        "please dont call me",
        "no calls at all",
        "meherbani se mujhe fone na karna",
        "nai ji rabta mat karo",
        "mera nambar kisi ko na dena",
        "mujhe phone mat karna, abbu uthate hain",
        "مجھے کال مت کریں",
        "رابطہ نہ کریں پلیز",
        "ما ته زنګ مه وهئ",
        "نه، اړیکه مه نیسئ",
        "mata zang ma wahai",
        "na zama number ma warkawai",
    ],
)
def test_a_not_beside_calling_is_a_no_and_its_words_are_kept(text):
    assert said(contact.answered(text, says=None)) == {"allowed": False, "never": text}


@pytest.mark.parametrize(
    ("text", "says", "expected"),
    [
        pytest.param("yes but dont call", True, {"how": "yes but dont call"}, id="yes to what?"),
        pytest.param(
            "dalta walikai, zang ma wahai",
            None,
            {"allowed": True, "how": "dalta walikai, zang ma wahai"},
            id="another way is offered",
        ),
        pytest.param(
            "koi masla nahi call kar lein",
            None,
            {"allowed": True, "how": "koi masla nahi call kar lein"},
            id="no problem is no no",
        ),
        pytest.param(
            "ma sara rabta wakrai",
            None,
            {"allowed": True, "how": "ma sara rabta wakrai"},
            id="ma is me",
        ),
        pytest.param(
            "my dad reads my phone", None, {"how": "my dad reads my phone"}, id="a warning"
        ),
        pytest.param(
            "abbu phone dekhte hain", True, {"how": "abbu phone dekhte hain"}, id="no yes"
        ),
        pytest.param(
            "5 baje ke baad", None, {"allowed": True, "when": "5 baje ke baad"}, id="baje"
        ),
        pytest.param("نہیں جی", None, {"allowed": False}, id="a plain no that nothing else read"),
        pytest.param("درې کاله", None, None, id="years are no call"),
        pytest.param("mardan bazar", None, None, id="an answer to something else"),
    ],
)
def test_what_an_answer_says(text, says, expected):
    assert said(contact.answered(text, says=says)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "abba mujhe phone nahi karne dete",
        "wo call karke number mangta hai na den to marta hai",
        "he told me dont call me again",
        "a boy has my number and calls me",
        "وہ مجھے فون نہیں دیتا",
        "zama plar ma ta phone na rakawi",
    ],
)
def test_a_story_with_a_call_in_it_asks_us_nothing(text):
    assert contact.refused(text) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ek bachi ko marte hain, mujh se rabta na karein", "mujh se rabta na karein"),
        ("A boy of 9 works here. Please do not call me.", "Please do not call me"),
        ("بچہ بھیک مانگتا ہے، مجھے فون نہ کریں", "مجھے فون نہ کریں"),
        ("یو هلک وهي، ما ته زنګ مه وهئ", "ما ته زنګ مه وهئ"),
        ("yo halak wahi, ma sara rabita ma kawai", "ma sara rabita ma kawai"),
    ],
)
async def test_who_asks_for_no_contact_at_once_is_not_asked_about_it(phone, api, text, words):
    replies = await phone.text(
        text, "report_concern", concerns=[BEATEN], places=[BARA], children=[GIRL_OF_9], when="kal"
    )
    assert replies == ["utter_receipt", "utter_ask_confirm"]
    told = api.alerts[0]["safe_contact"]
    assert (told["allowed"], told["never"]) == (False, words)


async def test_how_to_be_reached_is_heard_after_the_question_too(phone, api):
    await phone.text(
        "ek", "report_concern", concerns=[BEATEN], places=[BARA], children=[GIRL_OF_9], when="kal"
    )
    assert await phone.text("0", "dont_know") == ["utter_ask_confirm"]
    assert await phone.text("1", "affirm") == ["utter_close"]
    assert await phone.text("shaam ko sms karein", "affirm") == ["utter_added"]
    assert api.alerts[-1]["safe_contact"]["allowed"] is True
    assert await phone.text("call me?", "ask_help_info") == ["utter_info"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("جی یہیں لکھ دیں شام کے بعد", True),
        ("telegram pe likh den raat ko", True),
        ("ma ta pa makham sms wakrai", True),
        ("halta zang ma wahai, plar me goori", False),
        ("don't call at home", False),
        ("shukriya, raat ko call ka number 1121 hai?", None),
        ("main ne raat ko likh diya", None),
        ("phone kharab hai", None),
        ("plar me mobile gori", None),
    ],
)
def test_what_is_said_of_contact_after_its_question(text, expected):
    found = contact.late(text, is_story=False)
    assert (found and found.allowed) == expected


def test_a_story_offers_nothing_and_may_refuse():
    assert contact.late("raat ko mujhe phone par dhamki deta hai", is_story=True) is None
    refusal = contact.late("wo mare ga, phone na karna", is_story=True)
    assert refusal is not None
    assert refusal.allowed is False


async def test_who_says_how_to_be_reached_wants_no_person(phone, api):
    await phone.text("ek", "report_concern", concerns=[BEATEN], places=[BARA])
    replies = await phone.text("mujhe call mat karna yahan likho", "talk_to_human")
    assert replies == ["utter_ask_age"]
    assert api.alerts[-1]["safe_contact"]["allowed"] is False

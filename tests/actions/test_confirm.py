"""Did I understand you? Once, at the end, with a way to correct and a way to a person."""

from __future__ import annotations

import pytest

from tests.actions.phone import BARA, BEATEN, GIRL_OF_9

CONFIRM = "utter_ask_confirm"


async def told(phone, channel="sms", children=(GIRL_OF_9,)):
    """A whole report, as far as the last question."""
    await phone.text(
        "ek bachi",
        "report_concern",
        concerns=[BEATEN],
        places=[BARA],
        children=list(children),
        when="kal",
        channel=channel,
    )
    return await phone.text("1", "affirm", channel=channel)


async def test_it_is_asked_once_at_the_end_and_the_alert_is_complete_before(phone, api):
    assert await told(phone) == [CONFIRM]
    assert api.alerts[-1]["complete"]
    assert await phone.text("1", "affirm") == ["utter_close"]
    replies = await phone.text("khana nahi dete", "report_concern", concerns=[BEATEN])
    assert replies == ["utter_added"]


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_a_number_of_the_keypad_is_no_age(phone, api, number):
    await told(phone)
    await phone.text(str(number), "provide_age", ages=[number], numbers=[number])
    assert not any((api.alerts[-1]["corrects"] or {}).values())
    assert api.alerts[-1]["children"] == []


async def test_a_bare_number_says_which_age_to_change_to(phone, api):
    await told(phone)
    await phone.text("2", "deny", ages=[2], numbers=[2])
    assert await phone.text("12", "provide_age", ages=[12], numbers=[12]) == ["utter_close"]
    assert api.alerts[-1]["corrects"]["age"] == 9
    assert api.alerts[-1]["children"] == [{"age": 12, "gender": None}]


@pytest.mark.parametrize(
    ("text", "intent"), [("0", "dont_know"), ("haan ji", "affirm"), ("hmpf", "nlu_fallback")]
)
async def test_whatever_is_answered_it_is_not_asked_again(phone, text, intent):
    await told(phone)
    assert await phone.text(text, intent) == ["utter_close"]


async def test_telegram_reads_back_place_and_children_in_signs(phone):
    boy = {"age": None, "gender": "boy"}
    await told(phone, "telegram", children=[GIRL_OF_9, boy])
    assert phone.slots["read_back"] == "📍 Bara\n👧 9\n👦"


async def test_change_asks_what_and_takes_the_correction(phone, api):
    await told(phone)
    assert await phone.text("2", "deny") == ["utter_ask_change"]
    assert await phone.text("umar 12", "provide_age", ages=[12]) == ["utter_close"]
    assert api.alerts[-1]["corrects"]["age"] == 9
    assert api.alerts[-1]["children"] == [{"age": 12, "gender": None}]


async def test_a_no_with_the_right_age_needs_no_second_question(phone, api):
    await told(phone)
    said = {"ages": [12, 9], "refused": [9], "remark": "corrects"}
    assert await phone.text("no, 12 not 9", "deny", **said) == ["utter_close"]
    assert api.alerts[-1]["corrects"]["age"] == 9


async def test_what_cannot_be_read_in_the_answer_is_kept_and_not_asked_again(phone, api):
    await told(phone)
    await phone.text("2", "deny")
    assert await phone.text("sab kuch", "nlu_fallback") == ["utter_close"]
    assert not any((api.alerts[-1]["corrects"] or {}).values())


@pytest.mark.parametrize(("text", "intent"), [("3", "provide_age"), ("insaan", "talk_to_human")])
async def test_a_person_is_told_that_one_is_wanted_and_nothing_more_is_asked(
    phone, api, text, intent
):
    await told(phone)
    assert await phone.text(text, intent) == ["utter_human"]
    assert api.alerts[-1]["intent"] == "talk_to_human"
    assert phone.slots["requested_slot"] is None


async def test_a_second_child_named_here_is_one_more_and_no_correction(phone, api):
    await told(phone)
    boy = {"age": 6, "gender": "boy"}
    await phone.text("do bachay, 9 aur 6", "provide_age", children=[GIRL_OF_9, boy])
    assert not any((api.alerts[-1]["corrects"] or {}).values())
    assert api.alerts[-1]["children"] == [GIRL_OF_9, boy]


async def test_who_told_neither_place_nor_child_has_nothing_to_check(phone):
    await phone.text("marte hain", "report_concern", concerns=[BEATEN])
    while phone.slots["requested_slot"]:
        replies = await phone.text("0", "dont_know")
    assert replies == ["utter_close"]


async def test_a_question_at_the_end_is_answered_and_the_check_asked_again(phone):
    await told(phone)
    assert await phone.text("kaun ho", "ask_help_info") == ["utter_info", CONFIRM]

"""Danger: the numbers before any question. Failure: no thanks, and nothing is forgotten."""

from __future__ import annotations

import pytest

from actions.report import ValidateReportForm
from tests.actions.phone import AWAY, BARA, BEATEN, GIRL_OF_9, broken

LIFELINES = ["general", "police", "on_move", "self_harm", "missing_child", "explosive", "online"]


async def test_danger_sends_the_lifeline_with_the_code_and_then_asks_only_where(phone):
    replies = await phone.text("jaldi", "imminent_danger", danger=True, concerns=[BEATEN])
    assert replies == ["utter_lifeline_general", "utter_ask_place"]
    assert phone.sent[0]["case_code"] == "482 177 306"


async def test_danger_at_a_known_place_asks_nothing_and_the_report_goes_on_after(phone):
    replies = await phone.text("jaldi", "imminent_danger", danger=True, places=[BARA])
    assert replies == ["utter_lifeline_general"]
    replies = await phone.text("umar 9", "provide_age", children=[GIRL_OF_9])
    assert replies == ["utter_ask_safe_contact"]


@pytest.mark.parametrize("variant", LIFELINES)
async def test_the_lifeline_is_the_one_the_api_chose(phone, api, variant):
    api.lifeline = variant
    replies = await phone.text("jaldi", "imminent_danger", danger=True, places=[BARA])
    assert replies == [f"utter_lifeline_{variant}"]


async def test_a_worse_text_in_the_middle_and_after_the_end_gets_the_lifeline(phone):
    await phone.text("ek bachi", "report_concern", concerns=[BEATEN])
    replies = await phone.text("abhi mar raha hai", "imminent_danger", danger=True, places=[BARA])
    assert replies == ["utter_lifeline_general"]
    while phone.slots["requested_slot"]:
        await phone.text("0", "dont_know")
    assert await phone.text("phir aa gaya", "imminent_danger", danger=True) == [
        "utter_lifeline_general"
    ]


async def test_after_danger_nobody_is_asked_whether_it_is_now_nor_to_check(phone):
    asked = await phone.text("jaldi", "imminent_danger", danger=True)
    while phone.slots["requested_slot"]:
        asked += await phone.text("0", "dont_know")
    assert asked == [
        "utter_lifeline_general",
        "utter_ask_place",
        "utter_ask_age",
        "utter_ask_gender",
        "utter_ask_safe_contact",
        "utter_close",
    ]


async def test_danger_in_the_words_of_a_stop_is_told(phone, api):
    await phone.text("bas, koi mar raha hai", "stop_unsafe", danger=True, kept_only=True)
    assert api.alerts[0]["danger"] is True


async def test_without_the_api_nobody_is_thanked_and_the_next_text_brings_all(phone, api):
    api.answers = [*AWAY]
    replies = await phone.text(
        "ek bachi", "report_concern", concerns=[BEATEN], children=[GIRL_OF_9]
    )
    assert replies == ["utter_not_read"]
    assert api.alerts == []
    assert phone.slots.get("told_key") is None
    replies = await phone.text("Bara", "provide_location", places=[BARA])
    assert replies == ["utter_receipt", "utter_ask_happening_now"]
    assert api.alerts[0]["concerns"] == [BEATEN]
    assert api.alerts[0]["children"] == [GIRL_OF_9]
    assert api.alerts[0]["place"] == BARA["id"]
    assert phone.slots["unsent"] is None
    assert phone.slots["told_key"] == api.alerts[0]["key"]


async def test_an_answer_during_an_outage_is_not_asked_again(phone, api):
    await phone.text("ek bachi", "report_concern", concerns=[BEATEN], places=[BARA], when="kal")
    api.answers = [*AWAY]
    assert await phone.text("9", "provide_age") == ["utter_not_read"]
    assert await phone.text("ji", "affirm") == ["utter_ask_gender"]
    assert api.alerts[-1]["children"] == [{"age": 9, "gender": None}]


async def test_what_breaks_inside_is_answered_and_keeps_the_conversation(phone, capsys):
    phone.report_form = ValidateReportForm(broken)
    replies = await phone.text("ek bachi", "report_concern", concerns=[BEATEN])
    assert replies == ["utter_not_read"]
    assert phone.slots["requested_slot"] == "nothing"
    said = capsys.readouterr().out
    assert "turn_failed" in said
    assert "made-up words" not in said


async def test_an_understanding_that_cannot_be_read_is_as_if_nothing_was_understood(phone, capsys):
    replies = await phone.text("ek bachi", "nlu_fallback", concerns="made-up words")
    assert replies == ["utter_ask_other_words"]
    assert "made-up words" not in capsys.readouterr().out

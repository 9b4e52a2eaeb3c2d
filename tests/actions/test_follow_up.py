"""Status by case code: received, being looked at, closed, and no more."""

from __future__ import annotations

import pytest

from actions.follow_up import ActionStatus
from tests.actions.phone import AWAY, BEATEN, CODE, OTHER_CODE, broken


async def ask(phone, text="kya hua", **understanding):
    return await phone.text(text, "check_status", action="status", **understanding)


@pytest.mark.parametrize("status", ["received", "looked_at", "closed", "unknown"])
async def test_the_status_of_a_code_that_was_written(phone, api, status):
    api.status = status
    assert await ask(phone, code=OTHER_CODE) == [f"utter_status_{status}"]
    assert phone.sent[0]["case_code"] == "773 061 824"
    assert api.asked == [{"key": "sms:1", "conversation": "c1", "code": OTHER_CODE}]


async def test_without_a_code_the_last_one_told_is_meant(phone, api):
    await phone.text("ek bachi", "report_concern", concerns=[BEATEN])
    await ask(phone)
    assert api.asked[0]["code"] == CODE


async def test_without_any_code_it_is_asked(phone, api):
    assert await ask(phone) == ["utter_ask_code"]
    assert api.calls == 0


async def test_a_code_alone_asks_for_its_status_whatever_the_intent(phone, api):
    assert await phone.text(OTHER_CODE, "nlu_fallback", code=OTHER_CODE) == [
        "utter_status_received"
    ]
    assert api.alerts == []


async def test_without_the_api_no_status_is_made_up(phone, api):
    api.answers = [*AWAY]
    assert await ask(phone, code=OTHER_CODE) == ["utter_not_read"]


async def test_what_breaks_inside_is_answered(phone, capsys):
    phone.status = ActionStatus(broken)
    assert await ask(phone, code=OTHER_CODE) == ["utter_not_read"]
    assert "made-up words" not in capsys.readouterr().out

"""The only HTTP of the actions: one retry, typed errors, no text in the log."""

from __future__ import annotations

import json

import pytest

from actions.alert_api import AlertCall, ApiRefused, ApiUnreachable
from tests.actions.phone import CODE, TOKEN
from tests.standins.faults import Fault
from tests.standins.server import free_port

SECRET = "made-up words"
CALL = AlertCall(
    key="sms:1",
    conversation="c1",
    channel="sms",
    language="roman_ur",
    intent="report_concern",
    place_words=SECRET,
    unanswered=[],
    complete=False,
)


FAILED = Fault(500, json.dumps({"error": "internal", "message": SECRET}))
BROKEN = Fault(200, SECRET, {"Content-Length": "9999"})
SLOW = Fault(after=60)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(FAILED, id="a 500"),
        pytest.param(BROKEN, id="a line that breaks in the middle of the answer"),
        pytest.param(SLOW, id="no answer in time"),
    ],
)
async def test_a_fault_that_passes_is_tried_once_more(api, fault, capsys):
    api.answers = [fault]
    assert (await api.client().tell(CALL)).case_code == CODE
    assert api.calls == 2
    assert SECRET not in capsys.readouterr().out


async def test_twice_is_unreachable(api, capsys):
    api.answers = [FAILED, BROKEN]
    with pytest.raises(ApiUnreachable):
        await api.client().tell(CALL)
    assert api.calls == 2
    out = capsys.readouterr().out
    assert SECRET not in out
    assert "sms:1" in out


async def test_nobody_there_is_unreachable(api):
    api.url = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(ApiUnreachable):
        await api.client().tell(CALL)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(Fault(422, json.dumps({"error": "invalid", "message": SECRET})), id="refused"),
        pytest.param(Fault(200, json.dumps({"case_code": [SECRET]})), id="in another shape"),
        pytest.param(Fault(307, headers={"Location": "/internal/v1/alerts"}), id="sent elsewhere"),
    ],
)
async def test_what_the_api_refuses_is_not_tried_again(api, answer, capsys):
    api.answers = [answer]
    with pytest.raises(ApiRefused) as caught:
        await api.client().tell(CALL)
    assert api.calls == 1
    assert SECRET not in str(caught.value) + capsys.readouterr().out


async def test_the_token_goes_with_every_call(api):
    await api.client().tell(CALL)
    await api.client().status("sms:2", "c1", CODE)
    assert api.tokens == {f"Bearer {TOKEN}"}


def test_people_have_no_repr():
    assert SECRET not in f"{CALL!r} {CALL}"

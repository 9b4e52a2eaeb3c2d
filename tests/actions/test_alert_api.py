"""The only HTTP of the actions: one retry, typed errors, no text in the log."""

from __future__ import annotations

import httpx
import pytest
from starlette.responses import JSONResponse

from actions.alert_api import AlertCall, ApiRefused, ApiUnreachable
from tests.actions.phone import CODE, TOKEN

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


def failed() -> JSONResponse:
    return JSONResponse({"error": "internal"}, 500)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(failed(), id="a 500"),
        pytest.param(httpx.ConnectError(SECRET), id="no connection"),
        pytest.param(httpx.ReadTimeout(SECRET), id="no answer in time"),
    ],
)
async def test_a_fault_that_passes_is_tried_once_more(api, fault, capsys):
    api.answers = [fault]
    assert (await api.client().tell(CALL)).case_code == CODE
    assert api.calls == 2
    assert SECRET not in capsys.readouterr().out


async def test_twice_is_unreachable(api, capsys):
    api.answers = [failed(), httpx.ConnectError(SECRET)]
    with pytest.raises(ApiUnreachable):
        await api.client().tell(CALL)
    assert api.calls == 2
    out = capsys.readouterr().out
    assert SECRET not in out
    assert "sms:1" in out


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(JSONResponse({"error": "invalid", "message": SECRET}, 422), id="refused"),
        pytest.param(JSONResponse({"case_code": [SECRET]}), id="answered in another shape"),
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

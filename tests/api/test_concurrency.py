"""Two calls at once, on both databases: one row, one alert, one answer."""

import asyncio

import pytest
from sqlalchemy import func, select

from api.alerts.models import Alert, AlertFact
from api.reports.models import Report

DANGER = "bachi ko us ka chacha mar raha hai abhi"
AT_ONCE = 6


async def count(begin, table):
    async with begin() as call:
        return await call.session.scalar(select(func.count()).select_from(table))


async def test_the_same_report_at_once_is_one_report(channels, report, begin):
    calls = [channels.post("/internal/v1/reports", report("1", DANGER)) for _ in range(AT_ONCE)]
    answers = await asyncio.gather(*calls)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.text for answer in answers}) == 1
    assert (await count(begin, Report), await count(begin, Alert)) == (1, 1)


async def test_the_same_alert_at_once_is_one_alert(channels, actions, report, told, begin):
    await channels.post("/internal/v1/reports", report("1", "salam"))
    fact = [{"fact": "beaten", "value": True, "words": "marta hai"}]
    calls = [actions.post("/internal/v1/alerts", told("1", facts=fact)) for _ in range(AT_ONCE)]
    answers = await asyncio.gather(*calls)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert len({answer.json()["case_code"] for answer in answers}) == 1
    assert (await count(begin, Alert), await count(begin, AlertFact)) == (1, 1)


async def test_two_texts_of_a_conversation_at_once_are_one_alert(channels, report, begin):
    calls = [channels.post("/internal/v1/reports", report(key, DANGER)) for key in range(AT_ONCE)]
    answers = await asyncio.gather(*calls)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert (await count(begin, Report), await count(begin, Alert)) == (AT_ONCE, 1)


async def test_like_alerts_of_many_reporters_at_once(channels, actions, report, told, begin):
    keys = [str(key) for key in range(AT_ONCE)]
    for key in keys:
        await channels.post("/internal/v1/reports", report(key, "salam", conversation=f"c{key}"))
    calls = [actions.post("/internal/v1/alerts", told(key, conversation=f"c{key}")) for key in keys]
    answers = await asyncio.gather(*calls)
    assert [answer.status_code for answer in answers] == [200] * AT_ONCE
    assert await count(begin, Alert) == AT_ONCE


@pytest.mark.parametrize("role", ["officer", "supervisor"])
async def test_two_who_acknowledge_at_once(make_alert, sign_in_as, role):
    alert = await make_alert()
    first, second = await sign_in_as("officer", "khyber"), await sign_in_as(role, "khyber")
    path = f"/api/v1/alerts/{alert['alert']}/acknowledge"
    answers = await asyncio.gather(first.post(path), second.post(path))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    [refused] = [answer.json() for answer in answers if answer.status_code == 409]
    [taken] = [answer.json() for answer in answers if answer.status_code == 200]
    assert taken["acknowledged_by"] in refused["message"]

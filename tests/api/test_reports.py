from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from api.alerts.models import Alert, AlertFact
from api.clock import tick
from api.reports.models import Report
from api.reports.schemas import ReportIn, TurnIn
from api.reports.service import receive, settle_turn

DANGER = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
LIMIT = timedelta(minutes=2)


async def count(begin, table):
    async with begin() as call:
        return await call.session.scalar(select(func.count()).select_from(table))


@pytest.fixture
def clock(begin):
    """Look at the clock at a moment."""

    async def look(now):
        return await tick(lambda: begin(now, actor="clock"), LIMIT)

    return look


async def test_a_text_is_kept_as_told_and_sealed(channels, report, begin, seal):
    text = "Salam, یہ  ٹیسٹ ہے\n "
    answer = await channels.post("/internal/v1/reports", report("1", text))
    assert answer.status_code == 200
    assert answer.json() == {"danger": False, "joined": False, "lifeline": None, "case_code": None}
    async with begin() as call:
        row = (await call.session.scalars(select(Report))).one()
    assert b"Salam" not in row.text
    assert seal.open(row.text, context=str(row.id).encode()).decode() == text


async def test_an_empty_text_is_kept(channels, report, begin):
    answer = await channels.post("/internal/v1/reports", report("1", ""))
    assert answer.status_code == 200
    assert await count(begin, Report) == 1


async def test_danger_makes_an_alert_at_once(channels, report, sign_in_as):
    answer = (await channels.post("/internal/v1/reports", report("1", DANGER))).json()
    assert answer["danger"]
    assert answer["lifeline"] == "general"
    officer = await sign_in_as("officer", "khyber")
    [alert] = (await officer.get("/api/v1/alerts")).json()["items"]
    assert alert["case_code"] == answer["case_code"]
    assert alert["risk"] == "immediate"
    assert alert["language"] == "roman_ur"
    assert alert["children"] == [{"age": 9, "gender": "girl"}]


async def test_the_same_key_again_keeps_nothing_and_answers_the_same(channels, report, begin):
    first = await channels.post("/internal/v1/reports", report("1", DANGER))
    again = await channels.post("/internal/v1/reports", report("1", DANGER))
    assert again.json() == first.json()
    assert await count(begin, Report) == 1
    assert await count(begin, Alert) == 1


async def test_texts_of_a_conversation_join_its_open_alert(channels, report, sign_in_as):
    await channels.post("/internal/v1/reports", report("1", DANGER))
    await channels.post("/internal/v1/reports", report("2", "jaldi"))
    await channels.post("/internal/v1/reports", report("3", "hello", conversation="c2"))
    officer = await sign_in_as("officer", "khyber")
    [alert] = (await officer.get("/api/v1/alerts")).json()["items"]
    whole = (await officer.get(f"/api/v1/alerts/{alert['id']}")).json()
    assert [told["text"] for told in whole["reports"]] == [DANGER, "jaldi"]


async def test_a_drill_makes_a_drill(channels, report, sign_in_as):
    await channels.post("/internal/v1/reports", report("1", DANGER, drill=True))
    officer = await sign_in_as("officer", "khyber")
    [alert] = (await officer.get("/api/v1/alerts")).json()["items"]
    assert alert["drill"]


async def test_a_text_no_turn_dealt_with_becomes_an_alert(begin, clock, report, sign_in_as):
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", "salam")))
    assert await clock(now + timedelta(seconds=119)) == 0
    assert await clock(now + timedelta(seconds=120)) == 1
    assert await clock(now + timedelta(seconds=121)) == 0
    commission = await sign_in_as("commission")
    [alert] = (await commission.get("/api/v1/alerts")).json()["items"]
    assert alert["risk"] == "medium"
    assert alert["concerns"] == ["other_unsure"]
    assert alert["routing_reason"] == "place not known yet"


async def test_an_overdue_text_tells_what_reviewed_words_and_places_tell(
    begin, clock, report, sign_in_as
):
    now = datetime.now(UTC)
    async with begin(now) as call:
        told = report("1", "Hangu mein bacha zanjeer se bandha hua hai, umar 4 saal")
        await receive(call, ReportIn(**told))
    await clock(now + LIMIT)
    officer = await sign_in_as("officer", "kohat")
    [alert] = (await officer.get("/api/v1/alerts")).json()["items"]
    assert alert["risk"] in {"high", "immediate"}
    assert alert["district"] == "Hangu"
    assert alert["routing_reason"] == "Hangu has no unit of its own; DCPU Kohat serves it"
    assert alert["children"] == [{"age": 4, "gender": "boy"}]


async def test_a_text_a_turn_dealt_with_stays_a_text(begin, clock, report):
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", "salam")))
        await settle_turn(call, TurnIn(key="africastalking:1", outcome="handled"))
    assert await clock(now + timedelta(hours=1)) == 0
    assert await count(begin, Alert) == 0


async def test_a_failed_turn_makes_an_alert_at_once_and_only_once(channels, report, begin, clock):
    await channels.post("/internal/v1/reports", report("1", "salam"))
    for _ in range(2):
        turn = {"key": "africastalking:1", "outcome": "failed"}
        assert (await channels.post("/internal/v1/turns", turn)).json() == {}
    assert await clock(datetime.now(UTC) + timedelta(hours=1)) == 0
    assert await count(begin, Alert) == 1


async def test_an_overdue_text_joins_the_open_alert(begin, clock, report):
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", DANGER)))
        await receive(call, ReportIn(**report("2", "jaldi karo")))
    assert await clock(now + LIMIT) == 2
    assert await count(begin, Alert) == 1


async def test_a_text_that_was_understood_is_not_read_again(begin, clock, report, told, actions):
    """Its turn was cut off after the actions had told the alert."""
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", "salam, burn")))
    before = (await actions.post("/internal/v1/alerts", told("1"))).json()
    assert await clock(now + LIMIT) == 0
    assert (await actions.post("/internal/v1/alerts", told("1"))).json() == before


async def test_a_key_may_be_any_text(channels, report):
    for key in ("with space", "آمان", "a/b?c=d"):
        assert (await channels.post("/internal/v1/reports", report(key, "x"))).status_code == 200


async def test_a_turn_after_the_clock_counts_the_text_once(begin, clock, report, told, actions):
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", "salam")))
    await clock(now + LIMIT)
    answer = (await actions.post("/internal/v1/alerts", told("1"))).json()
    assert answer["unit"] == "khyber"
    assert await count(begin, Alert) == 1
    assert await count(begin, Report) == 1


async def test_one_text_that_cannot_be_opened_holds_up_no_other(begin, clock, report):
    now = datetime.now(UTC)
    async with begin(now) as call:
        await receive(call, ReportIn(**report("1", "salam", conversation="c1")))
        await receive(call, ReportIn(**report("2", "salam", conversation="c2")))
        broken = (await call.session.scalars(select(Report).order_by(Report.key))).first()
        broken.text = b"changed on the disk"
    assert await clock(now + LIMIT) == 1
    assert await count(begin, Alert) == 1


async def test_a_pin_is_routed_by_the_nearest_place_and_rounded(
    begin, channels, report, sign_in_as
):
    pin = {"lat": 32.30514, "lon": 69.57129}
    await channels.post("/internal/v1/reports", report("1", "", location=pin))
    await channels.post("/internal/v1/turns", {"key": "africastalking:1", "outcome": "failed"})
    officer = await sign_in_as("officer", "south_waziristan")
    [alert] = (await officer.get("/api/v1/alerts")).json()["items"]
    whole = (await officer.get(f"/api/v1/alerts/{alert['id']}")).json()
    assert whole["location"] == {"lat": 32.31, "lon": 69.57}
    assert whole["routing_reason"].startswith("nearest known place: ")
    async with begin() as call:
        row = (await call.session.scalars(select(Report))).one()
    assert (row.lat, row.lon) == (32.31, 69.57)


async def test_a_turn_of_an_unknown_report_is_refused(channels):
    answer = await channels.post("/internal/v1/turns", {"key": "nobody:1", "outcome": "handled"})
    assert answer.status_code == 404
    assert answer.json()["error"] == "unknown_report"


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"key": "a" * 201}, id="a key that is too long"),
        pytest.param({"key": "a\x00b"}, id="a key no database keeps"),
        pytest.param({"channel": "pigeon"}, id="an unknown channel"),
        pytest.param({"received_at": "2026-03-02T06:00:00"}, id="a time without a zone"),
        pytest.param({"location": {"lat": 91, "lon": 0}}, id="a pin that is nowhere"),
        pytest.param({"text": None}, id="no text"),
    ],
)
async def test_a_report_that_cannot_be_one_is_refused_without_quoting_it(channels, report, wrong):
    answer = await channels.post("/internal/v1/reports", report("1", "a secret") | wrong)
    assert answer.status_code == 422
    assert answer.json()["error"] == "invalid"
    assert "secret" not in answer.text


async def test_facts_of_an_alert_are_sealed(channels, report, begin):
    await channels.post("/internal/v1/reports", report("1", DANGER))
    async with begin() as call:
        rows = (await call.session.scalars(select(AlertFact))).all()
    assert rows
    assert not any(b"chacha" in (row.words or b"") for row in rows)

"""The counts of alerts: kept by the database with each change, on both databases."""

import asyncio
from collections import Counter

import pytest
from alembic import command
from sqlalchemy import func, select, text

from api.alerts.counts import add_up, counts
from api.alerts.models import Alert, AlertCount
from api.database import create_engine, create_sessions
from api.migrate import config, upgrade
from api.staff.models import Role, Staff

COMMISSION = Staff(role=Role.COMMISSION, unit="commission")
COLUMNS = (Alert.unit, Alert.status, Alert.risk)


async def kept(begin):
    async with begin() as call:
        found = await counts(call.session, COMMISSION)
        return {(unit, status, risk): number for unit, status, risk, number in found}


async def counted(begin):
    async with begin() as call:
        return dict(Counter(map(tuple, await call.session.execute(select(*COLUMNS)))))


@pytest.fixture
async def worked(make_alert, sign_in_as):
    """Alerts that came, went to another unit, were judged anew and closed."""
    alerts = [(await make_alert(key, conversation=key, children=[]))["alert"] for key in "12345"]
    officer = await sign_in_as("officer", "khyber")
    acts = [
        ("acknowledge", {}),
        ("transfer", {"unit": "swat", "reason": "nearer"}),
        ("retriage", {"risk": "high", "reason": "spoke with them"}),
        ("close", {"outcome": "helped", "reason": "safe"}),
    ]
    for alert, (act, told) in zip(alerts, acts, strict=False):
        answer = await officer.post(f"/api/v1/alerts/{alert}/{act}", told)
        assert answer.status_code == 200
    return alerts


async def test_every_change_is_counted(worked, begin):
    assert await kept(begin) == await counted(begin)
    assert len(await kept(begin)) == len(worked)  # all five came to differ


async def test_what_is_deleted_is_counted_no_more(begin):
    async with begin() as call:
        await call.session.execute(text("INSERT INTO conversations VALUES ('c', '2026-11-22')"))
        await call.session.execute(text(INSERT))
    assert await kept(begin) == {("swat", "new", 3): 1}
    async with begin() as call:
        await call.session.execute(text("DELETE FROM alerts"))
    assert await kept(begin) == {}


async def test_adding_up_changes_no_sum(worked, begin):
    before = await kept(begin)
    async with begin() as call:
        await add_up(call.session, most=len(worked))
        rows = await call.session.scalar(select(func.count()).select_from(AlertCount))
    assert rows == len(before)
    assert await kept(begin) == before


async def test_few_rows_are_left_as_they_are(worked, begin):
    async with begin() as call:
        before = (await call.session.scalars(select(AlertCount.id))).all()
        await add_up(call.session, most=len(before))
        assert (await call.session.scalars(select(AlertCount.id))).all() == before
    assert len(before) > len(worked)


async def test_two_who_add_up_at_once(worked, begin):
    before = await kept(begin)

    async def once():
        async with begin() as call:
            await add_up(call.session, most=0)

    await asyncio.gather(*(once() for _ in range(4)))
    assert await kept(begin) == before
    assert len(before) == len(worked)


INSERT = """
INSERT INTO alerts (
    id, case_code, conversation, channel, language, drill, unit, routing_reason, routed_by_staff,
    status, risk, risk_reasons, rules, concerns, restricted, complete, reporter_is_child,
    unanswered, created_at, updated_at, due_at
) VALUES (
    '00000000000000000000000000000001', '000000001', 'c', 'sms', 'en', false, 'swat', 'made up',
    false, 'new', 1, '', '[]', '[]', false, false, false, '[]', '2026-11-22', '2026-11-22',
    '2026-11-22'
)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request, tmp_path):
    if request.param == "sqlite":
        yield f"sqlite+direct:///{tmp_path / 'older.db'}"
        return
    cluster = request.getfixturevalue("postgres")
    yield cluster.create("older")
    cluster.drop("older")


def test_what_was_there_before_is_counted_too(empty_url):
    command.upgrade(config(empty_url), "0006")
    asyncio.run(add_one(empty_url))
    upgrade(empty_url)
    assert asyncio.run(read(empty_url)) == [("swat", "new", 3, 1)]


async def add_one(url):
    engine = create_engine(url)
    async with create_sessions(engine).begin() as session:
        await session.execute(text("INSERT INTO conversations VALUES ('c', '2026-11-22')"))
        await session.execute(text(INSERT))
    await engine.dispose()


async def read(url):
    engine = create_engine(url)
    async with create_sessions(engine)() as session:
        found = await counts(session, COMMISSION)
    await engine.dispose()
    return list(found)

"""The queue, page by page: what each may see, in order, and by the index that is made for it."""

import asyncio
import random
from datetime import UTC, datetime, timedelta
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.dialects import postgresql

from api.alerts.access import Narrowed, first_visible_to
from api.alerts.models import Alert, Status
from api.alerts.risk import Risk
from api.database import create_engine
from api.grants.models import Grant
from api.places.units import COMMISSION
from api.reports.models import Conversation
from api.staff.models import Role, Staff
from tests.bench.million import LARGEST, Made, fill

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
ALERTS = 150
GRANTED = 30  # of the alerts, to each caller
UNITS = ("khyber", "swat", COMMISSION)
NARROWED = [
    pytest.param({}, id="all"),
    pytest.param({"status": ["new", "closed"]}, id="two statuses"),
    pytest.param({"status": ["closed", "closed"]}, id="a status asked for twice"),
    pytest.param({"risk": ["immediate", "low"]}, id="two risks"),
    pytest.param({"risk": ["high"], "status": ["referred", "new"]}, id="a risk and two statuses"),
    pytest.param({"unit": ["swat"]}, id="a unit, for some not the own"),
    pytest.param({"since": [(NOW - timedelta(hours=30)).isoformat()]}, id="changed lately"),
]


def one(dice, number):
    told = NOW - timedelta(hours=dice.randrange(60))
    return {
        "id": UUID(int=dice.getrandbits(128), version=4),
        "case_code": f"{number:09d}",
        "conversation": "c1",
        "channel": "sms",
        "language": "en",
        "drill": False,
        "unit": dice.choice(UNITS),
        "routing_reason": "made up",
        "status": dice.choice(list(Status)),
        "risk": dice.choice(list(Risk)),
        "risk_reasons": b"",
        "rules": [],
        "concerns": ["neglect"],
        "restricted": dice.random() < 0.2,
        "created_at": told,
        "updated_at": told,
        "due_at": told + timedelta(hours=dice.randrange(4)),  # some at the same moment
    }


def matches(alert, asked):
    return (
        alert["status"] in asked.get("status", list(Status))
        and alert["risk"].word in asked.get("risk", [risk.word for risk in Risk])
        and alert["unit"] in asked.get("unit", UNITS)
        and all(
            alert["updated_at"] >= datetime.fromisoformat(since) for since in asked.get("since", [])
        )
    )


@pytest.fixture
async def made(begin):
    """As many alerts as make some pages, of three desks."""
    dice = random.Random(ALERTS)  # noqa: S311  # a test's dice, the same at each run
    rows = [one(dice, number) for number in range(ALERTS)]
    async with begin() as call:
        call.session.add(Conversation(id="c1", created_at=NOW))
        await call.session.flush()
        call.session.add_all(Alert(**row) for row in rows)
    return rows


@pytest.fixture
async def callers(made, sign_in_as, begin):
    """Three roles; each may see some alerts by a grant besides, some of them its own unit's."""
    found = [
        await sign_in_as("officer", "khyber"),
        await sign_in_as("supervisor", "khyber"),
        await sign_in_as("commission"),
    ]
    until = datetime.now(UTC) + timedelta(hours=1)
    async with begin() as call:
        for caller, row in product(found, made[:GRANTED]):
            call.session.add(
                Grant(
                    staff_id=caller.staff.id,
                    alert_id=row["id"],
                    why="escalated",
                    until=until,
                    created_at=NOW,
                )
            )
    return found


def expected(staff, made, asked):
    """What the promise says, worked out without a database."""
    mine = [
        row
        for row in made
        if row["unit"] == staff.unit and not (row["restricted"] and staff.role == Role.OFFICER)
    ]
    seen = {row["id"]: row for row in (*mine, *made[:GRANTED]) if matches(row, asked)}
    order = sorted(seen.values(), key=lambda row: (-row["risk"], row["due_at"], row["id"].bytes))
    return [str(row["id"]) for row in order]


@pytest.mark.parametrize("asked", NARROWED)
async def test_pages_hold_what_one_may_see_each_once_in_order(made, callers, asked):
    shown = 0
    for caller in callers:
        found, narrowed = [], asked | {"limit": [7]}
        while narrowed.get("cursor") != [None]:
            page = (await caller.get("/api/v1/alerts", **narrowed)).json()
            found += [alert["id"] for alert in page["items"]]
            narrowed |= {"cursor": [page["next_cursor"]]}
        assert found == expected(caller.staff, made, asked)
        shown += len(found)
    assert shown > 7  # more than a page, or this tried nothing


OFFICER = Staff(id=UUID(int=1), role=Role.OFFICER, unit=LARGEST)
PLANNED = [
    pytest.param(Narrowed(), id="all"),
    pytest.param(Narrowed(statuses=list(Status)[:5]), id="what is open"),
    pytest.param(Narrowed(risks=[Risk.LOW, Risk.HIGH]), id="two risks"),
    pytest.param(Narrowed(others=[Alert.updated_at > NOW - timedelta(hours=1)]), id="lately"),
]


@pytest.fixture(scope="module")
def crowded(postgres):
    """The URL of a database with so many alerts that a plan over all of them shows."""
    url = postgres.create("crowded", template="migrated")
    asyncio.run(crowd(url))
    yield url
    postgres.drop("crowded")


async def crowd(url):
    engine = create_engine(url)
    made = Made(
        alerts=60_000,
        units=[LARGEST, *UNITS],
        places=["made up"],
        sealed=b"",
        officer=OFFICER.id,
        now=NOW,
    )
    await fill(engine, made)
    await engine.dispose()


@pytest.mark.parametrize("asked", PLANNED)
async def test_no_page_reads_the_whole_queue(crowded, asked):
    query = first_visible_to(OFFICER, NOW, asked, 51).compile(
        dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}
    )
    engine = create_engine(crowded)
    async with engine.connect() as connection:
        rows = await connection.execute(text("EXPLAIN " + str(query).replace(":", r"\:")))
        plan = "\n".join(row[0] for row in rows)
    await engine.dispose()
    assert "ix_alerts_queue" in plan
    assert "Seq Scan on alerts" not in plan

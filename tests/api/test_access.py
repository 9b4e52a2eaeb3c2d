import ast
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from api.grants.service import give

KHYBER, SWAT = "district.khyber.khyber", "district.swat.swat"
ARMED = [{"code": "armed_recruitment", "p": 0.9}]

WHO_SEES = [
    #            role             unit      own desk, restricted, another unit's, the commission's
    pytest.param("officer", "khyber", {"own"}, id="an officer"),
    pytest.param("supervisor", "khyber", {"own", "restricted"}, id="a supervisor"),
    pytest.param("officer", "swat", {"swat"}, id="an officer of another unit"),
    pytest.param("commission", None, {"desk", "desk restricted"}, id="the commission"),
    pytest.param("administrator", None, set(), id="an administrator"),
]


@pytest.fixture
async def alerts(make_alert):
    made = {
        "own": await make_alert("1", conversation="c1", children=[]),
        "restricted": await make_alert("2", conversation="c2", children=[], concerns=ARMED),
        "swat": await make_alert("3", conversation="c3", children=[], place=SWAT),
        "desk": await make_alert("4", conversation="c4", children=[], place=None),
        "desk restricted": await make_alert("5", conversation="c5", place=None, concerns=ARMED),
    }
    return {name: answer["alert"] for name, answer in made.items()}


@pytest.mark.parametrize(("role", "unit", "sees"), WHO_SEES)
async def test_who_sees_which_alert(alerts, sign_in_as, role, unit, sees):
    caller = await sign_in_as(role, unit)
    listed = {alert["id"] for alert in (await caller.get("/api/v1/alerts")).json()["items"]}
    assert listed == {alerts[name] for name in sees}
    for name, alert in alerts.items():
        expected = 200 if name in sees else 404
        assert (await caller.get(f"/api/v1/alerts/{alert}")).status_code == expected
        acknowledged = await caller.post(f"/api/v1/alerts/{alert}/acknowledge")
        assert acknowledged.status_code == expected


async def test_what_does_not_exist_looks_like_what_one_may_not_see(alerts, sign_in_as):
    officer = await sign_in_as("officer", "swat")
    hidden = await officer.get(f"/api/v1/alerts/{alerts['own']}")
    missing = await officer.get(f"/api/v1/alerts/{uuid4()}")
    assert (hidden.status_code, hidden.json()) == (missing.status_code, missing.json())


@pytest.mark.parametrize("name", ["own", "restricted"])
async def test_a_grant_opens_one_alert_until_it_ends(alerts, sign_in_as, begin, name):
    officer = await sign_in_as("officer", "swat")
    path = f"/api/v1/alerts/{alerts[name]}"
    now = datetime.now(UTC)
    async with begin(actor="command") as call:
        await give(call, officer.staff, UUID(alerts[name]), "escalated", now - timedelta(seconds=1))
    assert (await officer.get(path)).status_code == 404
    async with begin(actor="command") as call:
        await give(call, officer.staff, UUID(alerts[name]), "escalated", now + timedelta(hours=1))
    assert (await officer.get(path)).status_code == 200
    other = {"own": "restricted", "restricted": "own"}[name]
    assert (await officer.get(f"/api/v1/alerts/{alerts[other]}")).status_code == 404


async def test_the_commission_sees_counts_of_the_units(alerts, sign_in_as):
    commission = await sign_in_as("commission")
    items = (await commission.get("/api/v1/stats")).json()["items"]
    counted = {item["unit"]: sum(item["by_status"].values()) for item in items}
    assert counted == {"khyber": 2, "swat": 1, "commission": 2}
    assert len(alerts) == 5


async def test_a_unit_sees_its_own_counts(alerts, sign_in_as):
    officer = await sign_in_as("officer", "swat")
    await officer.post(f"/api/v1/alerts/{alerts['swat']}/close", {"outcome": "x", "reason": "y"})
    items = (await officer.get("/api/v1/stats")).json()["items"]
    assert [(item["unit"], item["by_status"]) for item in items] == [("swat", {"closed": 1})]
    assert items[0]["open_by_risk"] == {"medium": 0}


@pytest.mark.parametrize("path", ["alerts", "units", "places?q=Wana", "stats"])
async def test_nothing_is_told_without_a_token(http, channels, path):
    for headers in ({}, {"Authorization": "Bearer guess"}, channels.headers()):
        answer = await http.get(f"/api/v1/{path}", headers=headers)
        assert (answer.status_code, answer.json()["error"]) == (401, "not_signed_in")


@pytest.mark.parametrize(
    ("path", "whose"),
    [("reports", "channels"), ("turns", "channels"), ("alerts", "actions"), ("status", "actions")],
)
async def test_each_service_has_its_own_doors(channels, actions, sign_in_as, path, whose):
    callers = {
        "channels": channels,
        "actions": actions,
        "officer": await sign_in_as("officer", "swat"),
    }
    for name, caller in callers.items():
        answer = await caller.post(f"/internal/v1/{path}", {})
        assert answer.status_code == (422 if name == whose else 401)


def selects_of_alert(source):
    """Find where a source selects alerts by itself, in any of the ways SQLAlchemy has."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        called = (
            node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        )
        given = [part for argument in node.args for part in ast.walk(argument)]
        if called in {
            "select",
            "get",
            "get_one",
            "query",
            "select_from",
            "join",
            "outerjoin",
        } and any(isinstance(part, ast.Name) and part.id == "Alert" for part in given):
            yield node.lineno


def test_only_access_selects_alerts():
    others = [file for file in Path("api").rglob("*.py") if file != Path("api/alerts/access.py")]
    assert len(others) > 40
    found = {str(file): list(selects_of_alert(file.read_text())) for file in others}
    assert {file: lines for file, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "source",
    [
        "select(Alert)",
        "sa.select(Alert.id, Report)",
        "select(func.count(Alert.id))",
        "await session.get(Alert, alert_id)",
        "select(Report).join(Alert)",
    ],
)
def test_the_lint_finds_what_it_is_for(source):
    assert list(selects_of_alert(f"async def f():\n    {source}")) == [2]


def test_the_lint_leaves_others_alone():
    assert list(selects_of_alert("select(AlertFact).where(Alert.id == 1)")) == []

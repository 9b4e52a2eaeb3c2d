"""What staff see and do: the queue, one alert, and each act."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from api.alerts.models import Alert, AlertEvent
from api.alerts.queue import LATE
from api.audit.models import AuditRow

BURN = [{"fact": "burn", "value": True, "words": "jalaya"}]
LOW = [{"code": "access_to_services", "p": 0.9}]
FIELDS = [
    "id",
    "case_code",
    "unit",
    "district",
    "place",
    "risk",
    "risk_reasons",
    "concerns",
    "status",
    "created_at",
    "updated_at",
    "due_at",
    "acknowledged_at",
    "language",
    "channel",
    "complete",
    "children",
    "safe_contact",
    "routing_reason",
    "reports",
    "duplicates",
    "restricted",
    "drill",
]


@pytest.fixture
async def officer(sign_in_as):
    return await sign_in_as("officer", "khyber")


@pytest.fixture
async def path(make_alert):
    return f"/api/v1/alerts/{(await make_alert())['alert']}"


@pytest.fixture
async def queue(make_alert):
    """Five alerts in the order in which a unit works them; a low one was told first."""
    made = {
        "low": await make_alert("1", conversation="c1", concerns=LOW, children=[]),
        "high": await make_alert("2", conversation="c2", facts=BURN, children=[]),
        "medium": await make_alert("3", conversation="c3", children=[]),
        "high later": await make_alert("4", conversation="c4", facts=BURN, children=[]),
        "immediate": await make_alert(
            "5", conversation="c5", concerns=[{"code": "explosive_hazard", "p": 0.9}], children=[]
        ),
    }
    order = ["immediate", "high", "high later", "medium", "low"]
    return [made[name]["alert"] for name in order]


async def test_the_queue_is_sorted_by_risk_and_then_by_due_time(officer, queue):
    page = (await officer.get("/api/v1/alerts")).json()
    assert [alert["id"] for alert in page["items"]] == queue
    assert page["next_cursor"] is None


@pytest.mark.parametrize("limit", [1, 2, 4])
async def test_pages_show_each_alert_once(officer, queue, limit):
    found, asked = [], {"limit": limit}
    while True:
        page = (await officer.get("/api/v1/alerts", **asked)).json()
        found += [alert["id"] for alert in page["items"]]
        if page["next_cursor"] is None:
            break
        asked["cursor"] = page["next_cursor"]
    assert found == queue


async def test_the_queue_is_narrowed(officer, queue):
    async def found(**asked):
        page = (await officer.get("/api/v1/alerts", **asked)).json()
        return [alert["id"] for alert in page["items"]]

    assert await found(risk="high") == queue[1:3]
    assert await found(risk=["immediate", "low"]) == [queue[0], queue[4]]
    assert await found(unit="khyber", status="new") == queue
    assert await found(unit="swat") == []
    assert await found(unit="", status="", risk="", since="", cursor="") == queue
    await officer.post(f"/api/v1/alerts/{queue[3]}/acknowledge")
    assert await found(status="acknowledged") == [queue[3]]
    later = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert await found(since=later) == []


async def test_since_is_of_the_last_change(officer, queue):
    moment = datetime.now(UTC) + LATE
    await officer.post(f"/api/v1/alerts/{queue[4]}/note", {"text": "called"})
    page = (await officer.get("/api/v1/alerts", since=moment.isoformat())).json()
    assert [alert["id"] for alert in page["items"]] == [queue[4]]


@pytest.mark.parametrize(("before", "told_again"), [(LATE / 2, True), (LATE * 2, False)])
async def test_a_change_that_was_committed_late_is_told(officer, queue, begin, before, told_again):
    page = (await officer.get("/api/v1/alerts")).json()
    last = max(datetime.fromisoformat(alert["updated_at"]) for alert in page["items"])
    async with begin() as call:
        (await call.session.get(Alert, UUID(queue[4]))).updated_at = last - before
    page = (await officer.get("/api/v1/alerts", since=last.isoformat())).json()
    assert (queue[4] in [alert["id"] for alert in page["items"]]) is told_again


@pytest.mark.parametrize("cursor", ["x", "e30", "WyJoaWdoIl0", "////"])
async def test_a_cursor_no_list_gave_out(officer, cursor):
    answer = await officer.get("/api/v1/alerts", cursor=cursor)
    assert (answer.status_code, answer.json()["error"]) == (422, "wrong_cursor")


async def test_an_alert_has_all_that_was_promised(officer, path):
    alert = (await officer.get(path)).json()
    assert [field for field in FIELDS if field not in alert] == []
    assert alert["status"] == "new"
    assert alert["reports"][0].keys() == {"received_at", "text", "media"}
    assert datetime.fromisoformat(alert["created_at"]).tzinfo is not None


async def test_a_list_opens_no_words(make_alert, officer):
    await make_alert(text="ek raaz", facts=BURN, when="kal raat")
    page = await officer.get("/api/v1/alerts")
    assert [word for word in ("raaz", "jalaya", "kal raat") if word in page.text] == []


async def test_acknowledging_says_who_and_when(officer, path):
    alert = (await officer.post(f"{path}/acknowledge")).json()
    assert alert["status"] == "acknowledged"
    assert alert["acknowledged_by"] == officer.staff.username
    assert alert["acknowledged_at"] is not None


async def test_acknowledging_twice_changes_nothing(officer, path):
    first = (await officer.post(f"{path}/acknowledge")).json()
    again = await officer.post(f"{path}/acknowledge")
    assert again.status_code == 200
    assert again.json() == first


async def test_a_second_who_acknowledges_hears_who_did(officer, sign_in_as, path):
    await officer.post(f"{path}/acknowledge")
    other = await sign_in_as("officer", "khyber")
    answer = await other.post(f"{path}/acknowledge")
    assert (answer.status_code, answer.json()["error"]) == (409, "already_acknowledged")
    assert officer.staff.username in answer.json()["message"]


async def test_a_note_begins_the_work(officer, path, begin):
    alert = (await officer.post(f"{path}/note", {"text": "  Spoke to the school.  "})).json()
    assert alert["status"] == "in_progress"
    assert alert["timeline"][-1]["text"] == "Spoke to the school."
    assert alert["timeline"][-1]["by"] == officer.staff.username
    async with begin() as call:
        rows = (await call.session.scalars(select(AlertEvent.words))).all()
    assert not any(b"school" in (words or b"") for words in rows)


async def test_an_empty_note_is_refused(officer, path):
    assert (await officer.post(f"{path}/note", {"text": "  "})).status_code == 422


async def test_who_is_assigned_may_see_the_alert(officer, sign_in_as, path):
    other, stranger = await sign_in_as("officer", "khyber"), await sign_in_as("officer", "swat")
    alert = (await officer.post(f"{path}/assign", {"username": other.staff.username})).json()
    assert (alert["assigned_to"], alert["status"]) == (other.staff.username, "in_progress")
    for username in (stranger.staff.username, "nobody"):
        answer = await officer.post(f"{path}/assign", {"username": username})
        assert (answer.status_code, answer.json()["error"]) == (422, "cannot_work_on_it")


async def test_a_person_sets_the_risk(officer, path):
    before = (await officer.get(path)).json()
    told = {"risk": "immediate", "reason": "the neighbour called"}
    alert = (await officer.post(f"{path}/retriage", told)).json()
    assert alert["risk"] == "immediate"
    assert alert["due_at"] < before["due_at"]
    event = alert["timeline"][-1]
    assert (event["kind"], event["text"]) == ("retriaged", told["reason"])
    assert event["detail"] == {"from": "medium", "to": "immediate"}


async def test_a_transfer_moves_the_alert_to_another_unit_where_it_is_new(
    officer, sign_in_as, path, make_alert
):
    await officer.post(f"{path}/acknowledge")
    told = {"unit": "swat", "reason": "the family moved"}
    alert = (await officer.post(f"{path}/transfer", told)).json()
    assert (alert["unit"], alert["status"], alert["acknowledged_at"]) == ("swat", "new", None)
    assert alert["routing_reason"] == "transferred from khyber"
    assert (await officer.get(path)).status_code == 404
    swat = await sign_in_as("officer", "swat")
    assert (await swat.get(path)).status_code == 200
    filled = await make_alert("2", intent="provide_location", place="town.khyber.jamrud.jamrud")
    assert filled["unit"] == "swat"


@pytest.mark.parametrize(
    ("unit", "error"),
    [("mansehra", "unit_unknown"), ("nowhere", "unit_unknown"), ("khyber", "unit_unchanged")],
)
async def test_where_an_alert_cannot_go(officer, path, unit, error):
    answer = await officer.post(f"{path}/transfer", {"unit": unit, "reason": "why"})
    assert (answer.status_code, answer.json()["error"]) == (422, error)


async def test_a_closed_alert_takes_nothing_more(officer, path):
    told = {"outcome": "helped", "reason": "the child is with the grandmother"}
    alert = (await officer.post(f"{path}/close", told)).json()
    assert alert["status"] == "closed"
    assert alert["timeline"][-1]["detail"] == {"outcome": "helped"}
    assert alert["timeline"][-1]["text"] == told["reason"]
    for act in ("acknowledge", "note", "close"):
        answer = await officer.post(f"{path}/{act}", told | {"text": "more"})
        assert (answer.status_code, answer.json()["error"]) == (409, "alert_closed")


async def test_a_text_after_the_close_opens_a_new_alert(officer, path, make_alert):
    await officer.post(f"{path}/close", {"outcome": "helped", "reason": "visited"})
    answer = await make_alert("2")
    assert answer["new"]
    assert answer["alert"] not in path


@pytest.mark.parametrize(
    ("act", "body"),
    [
        ("retriage", {"risk": "low"}),
        ("retriage", {"risk": "none", "reason": "x"}),
        ("transfer", {"unit": "swat"}),
        ("close", {"outcome": "helped"}),
        ("close", {"outcome": "", "reason": "x"}),
    ],
)
async def test_no_act_without_its_reason(officer, path, act, body):
    assert (await officer.post(f"{path}/{act}", body)).status_code == 422


async def test_every_look_and_act_is_in_the_audit_log(officer, path, begin, sign_in_as):
    await officer.get("/api/v1/alerts")
    await officer.get(path)
    await officer.post(f"{path}/acknowledge")
    await officer.post(f"{path}/note", {"text": "a secret"})
    stranger = await sign_in_as("officer", "swat")
    await stranger.get(path)
    async with begin() as call:
        rows = (await call.session.scalars(select(AuditRow).order_by(AuditRow.id))).all()
        alert = (await call.session.scalars(select(Alert))).one()
    mine = [(row.act, row.alert_id) for row in rows if row.staff_id == officer.staff.id]
    assert mine == [
        ("list", None),
        ("look", alert.id),
        ("acknowledged", alert.id),
        ("note", alert.id),
    ]
    [listed] = [row for row in rows if row.act == "list"]
    assert listed.detail == {"alerts": [str(alert.id)]}
    assert not any("secret" in str(row.detail) for row in rows)
    assert {row.actor for row in rows} >= {"staff", "channels", "actions"}

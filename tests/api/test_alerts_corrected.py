"""What a reporter sets right, adds and takes back, and where another report begins."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from api.alerts.intake import take
from api.alerts.models import Alert
from api.alerts.schemas import AlertIn
from api.reports.schemas import ReportIn
from api.reports.service import receive

BARA, WANA = "town.khyber.bara.bara", "town.lower-south-waziristan.wana.wana"
BABY = {"age": 3, "gender": "boy"}
SISTER = {"age": 6, "gender": "girl"}
MORNING = datetime(2026, 11, 22, 5, tzinfo=UTC)


@pytest.fixture
def seen(sign_in_as):
    """Read an alert as the supervisor of its unit."""

    async def seen(answer):
        role = "commission" if answer["unit"] == "commission" else "supervisor"
        caller = await sign_in_as(role, answer["unit"])
        return (await caller.get(f"/api/v1/alerts/{answer['alert']}")).json()

    return seen


def kinds(alert):
    return [event["kind"] for event in alert["timeline"]]


async def test_an_age_is_set_right_in_the_alert_and_its_risk_stays(make_alert, seen):
    first = await make_alert("1", "bacha 3 saal", children=[BABY])
    assert first["risk"] == "high"
    answer = await make_alert(
        "2",
        "3 nahi 13",
        intent="report_concern",
        concerns=[],
        children=[{"age": 13, "gender": None}],
        corrects={"age": 3},
    )
    assert answer["alert"] == first["alert"]
    assert answer["children"] == [{"age": 13, "gender": "boy"}]
    assert answer["risk"] == "high"
    alert = await seen(answer)
    assert [report["text"] for report in alert["reports"]] == ["bacha 3 saal", "3 nahi 13"]
    assert kinds(alert) == ["created", "corrected"]
    assert alert["timeline"][1]["detail"] == {"what": "age"}


async def test_a_place_is_set_right_and_the_alert_routed_anew(make_alert, seen):
    await make_alert("1", place=BARA)
    answer = await make_alert("2", place=WANA, children=[], corrects={"place": BARA})
    assert answer["unit"] == "south_waziristan"
    assert sorted(kinds(await seen(answer))) == ["corrected", "created", "routed"]


async def test_a_wrong_town_gives_way_to_its_district(make_alert):
    await make_alert("1", place=BARA)
    told = {"place": "district.khyber.khyber", "corrects": {"place": BARA}}
    answer = await make_alert("2", intent="provide_location", concerns=[], children=[], **told)
    assert answer["place"]["id"] == "district.khyber.khyber"


async def test_who_acknowledged_keeps_an_alert_whose_place_is_set_right(make_alert, sign_in_as):
    first = await make_alert("1", place=BARA)
    officer = await sign_in_as("officer", "khyber")
    await officer.post(f"/api/v1/alerts/{first['alert']}/acknowledge")
    answer = await make_alert("2", place=WANA, children=[], corrects={"place": BARA})
    assert (answer["unit"], answer["place"]["id"]) == ("khyber", WANA)


async def test_the_same_correction_again_changes_nothing_more(make_alert, actions, told, seen):
    await make_alert("1", children=[BABY])
    more = {"children": [{"age": 13, "gender": None}], "corrects": {"age": 3}}
    first = await make_alert("2", **more)
    again = (await actions.post("/internal/v1/alerts", told("2", **more))).json()
    assert again["children"] == first["children"] == [{"age": 13, "gender": "boy"}]
    assert kinds(await seen(again)).count("corrected") == 1


async def test_taken_back_it_stays_as_it_is_for_a_person_to_judge(make_alert, seen):
    first = await make_alert("1", concerns=[{"code": "sexual_abuse", "p": 0.9}])
    answer = await make_alert(
        "2", intent="nlu_fallback", concerns=[], children=[], place=None, taken_back=True
    )
    assert answer["risk"] == first["risk"]
    alert = await seen(answer)
    assert alert["status"] == "new"
    assert kinds(alert) == ["created", "taken_back"]


async def test_a_wish_for_a_person_is_a_line_of_the_timeline(make_alert, seen):
    answer = await make_alert("1", intent="talk_to_human")
    assert "person_wanted" in kinds(await seen(answer))


@pytest.fixture
def tell_at(begin, report, told):
    """Keep a report and tell what it says, at a moment."""

    async def tell_at(now, key, **more):
        async with begin(now) as call:
            await receive(call, ReportIn(**report(key, "salam")))
        async with begin(now) as call:
            return await take(call, AlertIn(**told(key, **more)))

    return tell_at


async def count(begin):
    async with begin() as call:
        return await call.session.scalar(select(func.count()).select_from(Alert))


@pytest.mark.parametrize(
    ("hours", "more", "alerts"),
    [
        pytest.param(0, {"continues": True}, 1, id="a sister, in the middle of the questions"),
        pytest.param(26, {"continues": True}, 2, id="another child tomorrow"),
        pytest.param(0, {}, 2, id="another child after the end"),
        pytest.param(0, {"continues": True, "place": WANA}, 2, id="another place"),
        pytest.param(
            0, {"continues": True, "another": True, "children": []}, 2, id="another report"
        ),
    ],
)
async def test_where_another_report_begins(tell_at, begin, hours, more, alerts):
    await tell_at(MORNING, "1")
    answer = await tell_at(
        MORNING + timedelta(hours=hours, minutes=1), "2", **({"children": [SISTER]} | more)
    )
    assert await count(begin) == alerts
    assert answer.new == (alerts > 1)


async def test_children_of_one_report_are_kept_apart(make_alert):
    two = [{"age": 7, "gender": "girl"}, {"age": 8, "gender": "girl"}]
    assert (await make_alert("1", children=two))["children"] == two
    unnamed = [{"age": None, "gender": None}] * 2
    answer = await make_alert("2", conversation="c2", children=unnamed)
    assert answer["children"] == unnamed

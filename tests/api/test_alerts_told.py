"""Alerts as the actions tell them: made at once, filled, kept apart, routed, raised."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from api.alerts.intake import take
from api.alerts.models import Alert
from api.alerts.schemas import AlertIn
from api.reports.schemas import ReportIn
from api.reports.service import receive

DANGER = "bachi ko us ka chacha mar raha hai abhi"
SWAT = "district.swat.swat"


@pytest.fixture
def whole(sign_in_as):
    """Read an alert as the supervisor of its unit."""

    async def whole(answer):
        role = "commission" if answer["unit"] == "commission" else "supervisor"
        caller = await sign_in_as(role, answer["unit"])
        return (await caller.get(f"/api/v1/alerts/{answer['alert']}")).json()

    return whole


async def alerts(begin):
    async with begin() as call:
        return await call.session.scalar(select(func.count()).select_from(Alert))


async def test_one_text_with_everything_is_one_alert(make_alert, whole):
    answer = await make_alert(
        facts=[{"fact": "dangerous_work", "value": True, "words": "workshop"}],
        safe_contact={"allowed": True, "how": "sms", "when": None, "say": None, "never": "call"},
        when="roz",
        complete=True,
    )
    assert answer["unit"] == "khyber"
    assert answer["risk"] == "high"
    assert answer["new"]
    assert answer["place"]["dcpu"] == "khyber"
    assert (answer["danger"], answer["lifeline"]) == (False, None)
    alert = await whole(answer)
    assert alert["risk_reasons"] == [{"rule": "R5", "words": "workshop"}]
    assert alert["children"] == [{"age": 12, "gender": "boy"}]
    assert alert["safe_contact"]["allowed"] is True
    assert alert["safe_contact"]["never"] == "call"
    assert (alert["when"], alert["complete"]) == ("roz", True)
    assert [event["kind"] for event in alert["timeline"]] == ["created"]


async def test_the_same_key_again_merges_and_answers_the_same(make_alert, actions, told, begin):
    first = await make_alert()
    assert (await actions.post("/internal/v1/alerts", told("1"))).json() == first
    more = told("1", facts=[{"fact": "beaten", "value": True, "words": "marta hai"}])
    again = (await actions.post("/internal/v1/alerts", more)).json()
    assert again["case_code"] == first["case_code"]
    assert (first["risk"], again["risk"]) == ("medium", "high")
    assert await alerts(begin) == 1


async def test_answers_fill_the_open_alert(make_alert, whole):
    first = await make_alert("1", place=None, place_words=None, children=[], language=None)
    assert (first["unit"], first["place"]) == ("commission", None)
    second = await make_alert("2", intent="provide_location", concerns=[], children=[])
    third = await make_alert(
        "3", intent="provide_age", concerns=[], place=None, children=[{"age": 13, "gender": None}]
    )
    fourth = await make_alert("4", intent="affirm", concerns=[], children=[{"gender": "boy"}])
    assert {answer["alert"] for answer in (second, third, fourth)} == {first["alert"]}
    assert not any(answer["new"] for answer in (second, third, fourth))
    alert = await whole(fourth)
    assert alert["unit"] == "khyber"
    assert alert["routing_reason"] == "DCPU Khyber serves Khyber"
    assert alert["children"] == [{"age": 13, "gender": "boy"}]
    assert alert["concerns"] == ["child_labour"]
    assert len(alert["reports"]) == 4


@pytest.mark.parametrize(
    ("more", "new"),
    [
        pytest.param({"place": SWAT}, True, id="another place"),
        pytest.param({"children": [{"age": 5, "gender": "girl"}]}, True, id="another child"),
        pytest.param({"place": SWAT, "intent": "provide_location"}, False, id="a corrected place"),
        pytest.param(
            {"children": [{"age": 9, "gender": "boy"}], "intent": "provide_age"},
            False,
            id="a corrected age",
        ),
        pytest.param({"place": None, "children": []}, False, id="nothing that tells them apart"),
    ],
)
async def test_a_second_report_of_a_conversation(make_alert, begin, more, new):
    await make_alert("1")
    answer = await make_alert("2", **more)
    assert answer["new"] is new
    assert await alerts(begin) == (2 if new else 1)


async def test_a_text_that_turns_out_to_be_of_another_child_moves(make_alert, whole):
    first = await make_alert("1")
    second = await make_alert("2", text=DANGER, place=SWAT, children=[{"age": 5, "gender": "girl"}])
    assert second["unit"] == "swat"
    assert second["danger"]
    before, after = await whole(first), await whole(second)
    assert [told["text"] for told in after["reports"]] == [DANGER]
    assert [told["text"] for told in before["reports"]] == ["salam"]
    moved = [event for event in before["timeline"] if event["kind"] == "report_moved"]
    assert [event["detail"] for event in moved] == [{"to": second["case_code"]}]


async def test_a_place_known_later_does_not_move_what_a_person_took(make_alert, sign_in_as, whole):
    first = await make_alert("1", place=None)
    commission = await sign_in_as("commission")
    taken = await commission.post(f"/api/v1/alerts/{first['alert']}/acknowledge")
    assert taken.status_code == 200
    second = await make_alert("2", intent="provide_location")
    assert second["unit"] == "commission"
    assert second["place"]["dcpu"] == "khyber"
    assert (await whole(second))["district"] == "Khyber"


async def test_a_pin_after_the_text_routes_it(make_alert, whole):
    await make_alert("1", place=None)
    pin = {"lat": 32.30514, "lon": 69.57129}
    second = await make_alert("2", intent="provide_location", place=None, location=pin)
    assert second["unit"] == "south_waziristan"
    alert = await whole(second)
    assert alert["location"] == {"lat": 32.31, "lon": 69.57}
    assert alert["routing_reason"].startswith("nearest known place: ")


async def test_the_machine_only_raises(make_alert):
    danger = await make_alert("1", text=DANGER)
    assert danger["risk"] == "immediate"
    fact = {"fact": "happening_now", "value": False, "words": "ab nahi"}
    later = await make_alert("2", intent="deny", facts=[fact], concerns=[], children=[])
    assert later["risk"] == "immediate"
    assert later["danger"] is False


async def test_after_a_person_lowered_only_later_facts_raise(make_alert, sign_in_as):
    first = await make_alert("1", text=DANGER)
    officer = await sign_in_as("officer", "khyber")
    lowered = {"risk": "low", "reason": "called the school, the child is safe"}
    path = f"/api/v1/alerts/{first['alert']}"
    assert (await officer.post(f"{path}/retriage", lowered)).json()["risk"] == "low"
    again = await make_alert("1", text=DANGER)
    assert again["risk"] == "low"
    nothing_new = await make_alert("2", intent="affirm", concerns=[], children=[])
    assert nothing_new["risk"] == "low"
    weapon = [{"fact": "weapon", "value": True, "words": "chaqu"}]
    worse = await make_alert("3", intent="affirm", concerns=[], children=[], facts=weapon)
    assert worse["risk"] == "high"


async def test_danger_told_by_an_answer_to_a_question(make_alert):
    """A "1" to "Now?" says nothing by itself; with what was told before it is danger."""
    violence = [{"code": "physical_abuse", "p": 0.9}]
    first = await make_alert("1", concerns=violence)
    now = [{"fact": "happening_now", "value": True, "words": "1"}]
    second = await make_alert("2", intent="affirm", concerns=[], facts=now, children=[])
    assert (first["danger"], second["danger"]) == (False, True)
    assert second["lifeline"] == "general"
    repeated = await make_alert("2", intent="affirm", concerns=[], facts=now, children=[])
    assert repeated["danger"] is True


async def test_a_danger_that_only_the_model_sees_is_high_and_sends_the_lifeline(make_alert):
    answer = await make_alert("1", danger=True, intent="imminent_danger", concerns=[])
    assert (answer["risk"], answer["danger"], answer["lifeline"]) == ("high", True, "general")


async def test_what_no_table_knows_is_left_out(make_alert, whole):
    answer = await make_alert(
        concerns=[{"code": "made_up", "p": 1.0}],
        facts=[{"fact": "made_up", "value": True, "words": "x"}],
        place="town.nowhere",
    )
    assert answer["unit"] == "commission"
    alert = await whole(answer)
    assert (alert["concerns"], alert["facts"]) == (["other_unsure"], [])


@pytest.mark.parametrize(("age", "kept"), [(0, 0), (17, 17), (99, None), (-1, None), (10**9, None)])
async def test_an_age_no_child_has_is_not_told(make_alert, whole, age, kept):
    alert = await whole(await make_alert(children=[{"age": age, "gender": "girl"}]))
    assert alert["children"] == [{"age": kept, "gender": "girl"}]


async def test_armed_recruitment_is_restricted(make_alert, sign_in_as):
    answer = await make_alert(concerns=[{"code": "armed_recruitment", "p": 0.9}])
    officer = await sign_in_as("officer", "khyber")
    supervisor = await sign_in_as("supervisor", "khyber")
    path = f"/api/v1/alerts/{answer['alert']}"
    assert (await officer.get(path)).status_code == 404
    assert (await supervisor.get(path)).json()["restricted"] is True


async def test_two_reporters_of_a_like_child_raise_both_alerts(make_alert, whole):
    first = await make_alert("1", conversation="c1")
    second = await make_alert("2", conversation="c2", children=[{"age": 11, "gender": "boy"}])
    assert (first["risk"], second["risk"]) == ("medium", "high")
    before, after = await whole(first), await whole(second)
    assert before["risk"] == "high"
    assert "R7" in {reason["rule"] for reason in before["risk_reasons"]}
    assert before["duplicates"] == [
        {"case_code": after["case_code"], "score": 1.0, "why": after["duplicates"][0]["why"]}
    ]
    assert "same place, same gender, like age" in after["duplicates"][0]["why"]


async def test_the_same_reporter_twice_is_no_second_reporter(make_alert):
    await make_alert("1")
    again = await make_alert("2", intent="affirm")
    assert again["risk"] == "medium"


async def test_an_unanswered_question_is_a_mark_and_never_lowers(make_alert, whole):
    answer = await make_alert(unanswered=["happening_now", "age"])
    alert = await whole(answer)
    assert {reason["rule"] for reason in alert["risk_reasons"]} == {"R9", "R12"}
    assert alert["unanswered"] == ["happening_now", "age"]


async def test_an_alert_of_a_text_that_was_not_kept_is_refused(actions, told):
    answer = await actions.post("/internal/v1/alerts", told("never-kept"))
    assert (answer.status_code, answer.json()["error"]) == (404, "unknown_report")


async def test_a_key_of_another_conversation_is_refused(make_alert, actions, told):
    await make_alert("1", conversation="c1")
    answer = await actions.post("/internal/v1/alerts", told("1", conversation="c2"))
    assert answer.status_code == 404


STATUS = [
    pytest.param([], "received", id="new"),
    pytest.param(["acknowledge"], "looked_at", id="acknowledged"),
    pytest.param(["acknowledge", "close"], "closed", id="closed"),
]


@pytest.mark.parametrize(("acts", "status"), STATUS)
async def test_a_case_code_opens_a_neutral_status(make_alert, actions, sign_in_as, acts, status):
    answer = await make_alert()
    officer = await sign_in_as("officer", "khyber")
    for act in acts:
        told = {"outcome": "helped", "reason": "visited"} if act == "close" else None
        await officer.post(f"/api/v1/alerts/{answer['alert']}/{act}", told)
    asked = {"key": "africastalking:9", "conversation": "c1", "code": answer["case_code"]}
    assert (await actions.post("/internal/v1/status", asked)).json() == {"status": status}
    for other in ({"conversation": "c2"}, {"code": "123456789"}, {"code": "drop table"}):
        found = await actions.post("/internal/v1/status", asked | other)
        assert found.json() == {"status": "unknown"}


async def test_a_call_that_fails_leaves_nothing(begin, report, told):
    """Report, alert, facts and audit rows are one transaction."""

    async def broken():
        async with begin(datetime.now(UTC)) as call:
            await receive(call, ReportIn(**report("1", DANGER)))
            await take(call, AlertIn(**told("1")))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await broken()
    assert await alerts(begin) == 0

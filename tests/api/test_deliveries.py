"""An answer that did not reach its reporter is seen on the alert, until it is known that it did."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.deliveries.models import Delivery

DANGER = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
AT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def delivery(state="refused", key="africastalking:1:0", **more):
    told = {
        "key": key,
        "conversation": "c1",
        "report": "africastalking:1",
        "kind": "lifeline",
        "state": state,
        "at": AT.isoformat(),
    }
    return told | more


@pytest.fixture
def keep(channels, report):
    """Keep a report; its text tells danger unless another is given."""

    async def keep(key="1", text=DANGER, **more):
        kept = await channels.post("/internal/v1/reports", report(key, text, **more))
        assert kept.status_code == 200, kept.text

    return keep


@pytest.fixture
def tell(channels):
    async def tell(*told):
        for one in told:
            answer = await channels.post("/internal/v1/deliveries", one)
            assert (answer.status_code, answer.json()) == (200, {}), answer.text

    return tell


@pytest.fixture
def shown(sign_in_as):
    """What the alerts of Khyber show as not arrived, and when they last changed."""

    async def shown():
        officer = await sign_in_as("officer", "khyber")
        items = (await officer.get("/api/v1/alerts")).json()["items"]
        alerts = [(await officer.get(f"/api/v1/alerts/{item['id']}")).json() for item in items]
        return [(alert["unreached"], alert["updated_at"]) for alert in alerts]

    return shown


@pytest.mark.parametrize(
    ("states", "seen"),
    [
        (["waiting"], "waiting"),
        (["unknown"], "unknown"),
        (["refused"], "refused"),
        (["opted_out"], "opted_out"),
        (["expired"], "expired"),
        (["undelivered"], "undelivered"),
        (["waiting", "expired"], "expired"),
        (["unknown", "undelivered"], "undelivered"),
        (["waiting", "reached"], None),
        (["unknown", "reached"], None),
        (["reached"], None),
    ],
)
async def test_what_is_known_last_is_what_staff_see(states, seen, keep, tell, shown):
    await keep()
    [(_, before)] = await shown()
    await tell(*(delivery(state) for state in states))
    [(unreached, after)] = await shown()
    at = AT.isoformat().replace("+00:00", "Z")
    assert unreached == ([{"at": at, "kind": "lifeline", "state": seen}] if seen else [])
    assert (after > before) is (states != ["reached"])


async def test_the_same_again_changes_nothing(keep, tell, shown):
    await keep()
    await tell(delivery())
    first = await shown()
    await tell(delivery(), delivery(at=(AT + timedelta(hours=1)).isoformat()))
    assert await shown() == first


async def test_several_answers_in_the_order_they_were_lost(keep, tell, shown):
    await keep()
    later = (AT + timedelta(minutes=5)).isoformat()
    await tell(
        delivery("expired", "africastalking:1:1", kind="question", at=later),
        delivery("unknown", "africastalking:1:0"),
    )
    [(unreached, _)] = await shown()
    assert [(one["kind"], one["state"]) for one in unreached] == [
        ("lifeline", "unknown"),
        ("question", "expired"),
    ]


async def test_an_answer_belongs_to_the_alert_of_its_report(keep, tell, shown):
    await keep()
    await keep("2", conversation="c2")
    await tell(delivery(report="africastalking:2", conversation="c2", key="africastalking:2:0"))
    assert sorted(len(unreached) for unreached, _ in await shown()) == [0, 1]


async def test_it_may_be_told_before_its_report_is(keep, tell, shown):
    """While the api was away the reporter was told so, and that did not arrive either."""
    await tell(delivery(key="africastalking:1:away"))
    await keep()
    [(unreached, _)] = await shown()
    assert [one["state"] for one in unreached] == ["refused"]


async def test_a_text_that_becomes_an_alert_later_brings_it_along(keep, actions, told, tell, shown):
    await keep(text="salam")
    await tell(delivery())
    assert await shown() == []
    await actions.post("/internal/v1/alerts", told("1"))
    [(unreached, _)] = await shown()
    assert [one["state"] for one in unreached] == ["refused"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "lost"},
        {"kind": "advert"},
        {"key": ""},
        {"conversation": "a b"},
        {"at": "2026-03-02T12:00:00"},
    ],
)
async def test_what_is_no_delivery_is_refused(wrong, channels, begin):
    answer = await channels.post("/internal/v1/deliveries", delivery(**wrong))
    assert answer.status_code == 422
    async with begin() as call:
        assert (await call.session.scalars(select(Delivery))).all() == []


async def test_only_the_channels_tell_it(actions, sign_in_as):
    officer = await sign_in_as("officer", "khyber")
    for caller in (actions, officer):
        answer = await caller.post("/internal/v1/deliveries", delivery())
        assert answer.status_code == 401

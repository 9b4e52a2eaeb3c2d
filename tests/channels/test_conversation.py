"""The turn, against stand-ins for Rasa and the api: kept first, in order, never silent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any

import pytest

from channels.messages import Location
from tests.channels.conftest import NUMBER, Front, message
from tests.channels.turns import DANGER, Turns, worker_over
from tests.channels.wires import WIRES
from tests.standins.api import Api
from tests.standins.rasa import RECEIPT, Rasa

WHERE = {"response": "utter_ask_place", "kind": "question", "text": "Where? Village or town"}
NOT_READ = {"response": "utter_not_read", "kind": "lifeline", "text": "Kept, not yet read"}
LIFELINE = {"response": "utter_lifeline_police", "kind": "lifeline", "text": "1121, 1099"}


@pytest.fixture
async def turns(front: Front, api: Api, rasa: Rasa) -> AsyncIterator[Turns]:
    async with worker_over(front, api, rasa) as turns:
        yield turns


async def test_the_api_has_the_text_and_rasa_the_turn(turns: Turns) -> None:
    where = Location(lat=32.3, lon=69.57)
    await turns.tell("salam", external_id="9", location=where)
    await turns.work()
    conversation = await turns.front.stores.book.find("sms", NUMBER)
    assert turns.api.reports == {
        "africastalking:9": {
            "key": "africastalking:9",
            "conversation": conversation,
            "channel": "sms",
            "text": "salam",
            "received_at": "2026-03-02T12:00:00+00:00",
            "location": {"lat": 32.3, "lon": 69.57},
            "drill": False,
        },
    }
    assert turns.rasa.turns == [
        {
            "conversation": conversation,
            "key": "africastalking:9",
            "text": "salam",
            "channel": "sms",
            "language": None,
            "location": {"lat": 32.3, "lon": 69.57},
            "joined": False,
            "kept_only": False,
        },
    ]
    assert turns.api.tokens == {"Bearer channels-token"}
    assert turns.rasa.tokens == {"Bearer rasa-token"}
    assert [one.key for one in await turns.front.outgoing()] == ["africastalking:9:0"]
    assert await turns.tell_outcomes() == {"africastalking:9": "handled"}


async def test_the_language_of_a_conversation_is_remembered(turns: Turns) -> None:
    turns.rasa.answers["salam"] = {"replies": [RECEIPT], "language": "ps"}
    await turns.tell("salam")
    await turns.tell("1")
    await turns.work()
    assert [turn["language"] for turn in turns.rasa.turns] == [None, "ps"]


@dataclass(frozen=True)
class Row:
    """A text and what Rasa makes of it; what is said then, and how it is told to the api."""

    text: str
    answers: list[dict[str, Any]]
    said: list[str]
    outcome: str = "handled"
    media: str | None = None
    channel: str = "sms"


QUESTION, LIFELINE_SAID = "utter_ask_place", "utter_lifeline_police"


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(Row("salam", [RECEIPT, WHERE], ["utter_receipt", QUESTION]), id="two replies"),
        pytest.param(
            Row("salam", [RECEIPT, WHERE, WHERE], ["utter_receipt", QUESTION]),
            id="no third SMS",
        ),
        pytest.param(
            Row(
                "salam",
                [RECEIPT, WHERE, WHERE],
                ["utter_receipt", QUESTION, QUESTION],
                channel="telegram",
            ),
            id="a bot may say more",
        ),
        pytest.param(Row("salam", [], ["utter_not_read"], "failed"), id="200 and silence"),
        pytest.param(Row(DANGER, [], ["utter_lifeline_general"], "failed"), id="silence in danger"),
        pytest.param(Row(DANGER, [LIFELINE, WHERE], [LIFELINE_SAID, QUESTION]), id="danger"),
        pytest.param(
            Row(DANGER, [WHERE, RECEIPT], ["utter_lifeline_general", QUESTION]),
            id="danger that the turn overlooked",
        ),
        pytest.param(
            Row("salam", [NOT_READ], ["utter_not_read"], "failed"), id="the action failed"
        ),
        pytest.param(Row("", [], ["utter_text_only"], "failed", media="voice"), id="a voice"),
        pytest.param(Row(" ", [], ["utter_text_only"], "failed"), id="an empty SMS"),
        pytest.param(
            Row("dekho", [RECEIPT], ["utter_receipt", "utter_text_only"], media="picture"),
            id="a picture with words",
        ),
    ],
)
async def test_what_a_turn_says(row: Row, turns: Turns) -> None:
    turns.rasa.answers[row.text] = {"replies": row.answers, "language": "en"}
    provider = "telegram" if row.channel == "telegram" else "africastalking"
    await turns.tell(
        row.text, external_id="9", media=row.media, channel=row.channel, provider=provider
    )
    await turns.work_on()
    assert await turns.said() == row.said
    assert await turns.tell_outcomes() == {f"{provider}:9": row.outcome}
    assert turns.api.reports[f"{provider}:9"]["text"] == row.text
    assert turns.api.reports[f"{provider}:9"].get("media") == row.media


async def test_what_a_turn_put_into_an_alert_needs_no_word_to_the_api(turns: Turns) -> None:
    answer = {"replies": [RECEIPT], "language": "en"}
    turns.rasa.answers |= {"alert": answer | {"told": True}, "salam": answer}
    await turns.tell("alert", external_id="8")
    await turns.tell("salam", external_id="9")
    await turns.work_on()
    assert await turns.said() == ["utter_receipt", "utter_receipt"]
    assert await turns.tell_outcomes() == {"africastalking:9": "handled"}


async def test_a_lifeline_of_ours_carries_the_case_code(turns: Turns) -> None:
    turns.rasa.answers[DANGER] = {"replies": [], "language": None}
    await turns.tell(DANGER)
    await turns.work_on()
    (reply,) = await turns.front.outgoing()
    assert "482 177 306" in reply.reply.text
    assert reply.reply.kind == "lifeline"


async def test_a_provider_on_its_real_host_makes_drills(turns: Turns) -> None:
    await turns.tell("salam", external_id="1", provider="telegram", channel="telegram")
    await turns.work()
    assert turns.api.reports["telegram:1"]["drill"] is True


async def test_a_callback_that_is_repeated_for_twelve_hours_is_one_report(turns: Turns) -> None:
    # Africa's Talking repeats each minute until it reads a 200.
    for later in ({}, {"seconds": 59}, {"hours": 11, "minutes": 58}):
        turns.front.clock.move(**later)
        assert (await WIRES[0].post(turns.front.client)).status_code == 200
        await turns.work()
    assert list(turns.api.reports) == ["africastalking:7001"]
    assert await turns.said() == ["utter_receipt"]


async def test_many_workers_keep_the_order_of_a_conversation(turns: Turns) -> None:
    texts = [f"text {number}" for number in range(12)]
    for text in texts:
        for person in range(4):
            await turns.tell(text, address=f"+92300000000{person}", external_id=f"{person} {text}")
    await asyncio.gather(*(turns.work() for _ in range(6)))
    for person in range(4):
        conversation = await turns.front.stores.book.find("sms", f"+92300000000{person}")
        mine = [turn["text"] for turn in turns.rasa.turns if turn["conversation"] == conversation]
        assert mine == texts


def test_a_message_shows_no_word_of_its_own() -> None:
    one = message("chacha marta hai", location=Location(lat=32.3, lon=69.5))
    for shown in (repr(one), repr(replace(one, tap="q1"))):
        assert "chacha" not in shown
        assert "923000" not in shown
        assert "32.3" not in shown

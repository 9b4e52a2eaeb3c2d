"""The turn, against stand-ins for Rasa and the api: kept first, in order, never silent."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from channels.conversation import Conversations
from channels.lanes import Lane
from channels.messages import Location, Outgoing
from channels.outcomes import Outcomes
from channels.rasa import Rasa
from channels.reports import Reports
from tests.channels.conftest import NUMBER, Front, message
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import RECEIPT
from tests.standins.rasa import Rasa as RasaStandIn

LEASE = timedelta(seconds=15)
DANGER = "bachi ko chacha maar raha hai"
WHERE = {"response": "utter_ask_place", "kind": "question", "text": "Where? Village or town"}
NOT_READ = {"response": "utter_not_read", "kind": "lifeline", "text": "Kept, not yet read"}
LIFELINE = {"response": "utter_lifeline_police", "kind": "lifeline", "text": "1121, 1099"}


@dataclass(frozen=True)
class Turns:
    """A worker's inbox side, one claim at a time."""

    front: Front
    api: Api
    rasa: RasaStandIn
    conversations: Conversations
    outcomes: Outcomes
    outcome_lane: Lane

    async def tell(self, text: str = "salam", **given: Any) -> None:
        await self.front.stores.inbox.accept(message(text, **given))

    async def work(self) -> int:
        """Take claims until nothing is due; how many there were."""
        clock, done = self.front.clock, 0
        lane = self.front.stores.inbox_lane
        while claim := await lane.claim(clock(), clock() + LEASE):
            await self.conversations.turn(claim)
            done += 1
        return done

    async def replies(self) -> list[Outgoing]:
        return await self.front.outgoing()

    async def said(self) -> list[str]:
        return [one.reply.response for one in await self.replies()]

    async def tell_outcomes(self) -> dict[str, str]:
        clock = self.front.clock
        while claim := await self.outcome_lane.claim(clock(), clock() + LEASE):
            await self.outcomes.post(claim)
        return self.api.outcomes


@pytest.fixture
async def turns(front: Front, api: Api, rasa: RasaStandIn) -> AsyncIterator[Turns]:
    stores = front.stores
    reports = Reports(api.url, "channels-token")
    asks = Rasa(rasa.url, "rasa-token", timeout=0.5)
    outcome_lane = Lane(stores.redis, "outcomes", stores.seal)
    outcomes = Outcomes(outcome_lane, reports, front.clock)
    conversations = Conversations(
        lane=stores.inbox_lane,
        outbox=stores.outbox,
        outcomes=outcomes,
        book=stores.book,
        reports=reports,
        rasa=asks,
        replies=stores.tables.replies,
        signs=stores.tables.signs,
        is_drill=lambda provider: provider == "telegram",
        api_away_after=10,
        clock=front.clock,
    )
    yield Turns(front, api, rasa, conversations, outcomes, outcome_lane)
    await reports.close()
    await asks.close()


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
    assert [one.key for one in await turns.replies()] == ["africastalking:9:0"]
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
    media: bool = False
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
        pytest.param(Row("", [], ["utter_text_only"], "failed", media=True), id="a voice"),
        pytest.param(Row(" ", [], ["utter_text_only"], "failed"), id="an empty SMS"),
        pytest.param(
            Row("dekho", [RECEIPT], ["utter_receipt", "utter_text_only"], media=True),
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
    await turns.work()
    assert await turns.said() == row.said
    assert await turns.tell_outcomes() == {f"{provider}:9": row.outcome}
    assert turns.api.reports[f"{provider}:9"]["text"] == row.text


async def test_a_lifeline_of_ours_carries_the_case_code(turns: Turns) -> None:
    turns.rasa.answers[DANGER] = {"replies": [], "language": None}
    await turns.tell(DANGER)
    await turns.work()
    (reply,) = await turns.replies()
    assert "482 177 306" in reply.reply.text
    assert reply.reply.kind == "lifeline"


@pytest.mark.parametrize(
    "faults",
    [
        pytest.param([Fault(500), Fault(500)], id="twice broken"),
        pytest.param([Fault(503), Fault(200, "[]")], id="broken, then nonsense"),
        pytest.param([Fault(after=1.0), Fault(after=1.0)], id="twice too slow"),
    ],
)
async def test_rasa_fails_and_nobody_is_left_alone(faults: list[Fault], turns: Turns) -> None:
    turns.rasa.faults.add(*faults)
    await turns.tell(DANGER, external_id="9")
    await turns.work()
    assert await turns.said() == ["utter_lifeline_general"]
    assert await turns.tell_outcomes() == {"africastalking:9": "failed"}


async def test_rasa_stumbles_once_and_nobody_notices(turns: Turns) -> None:
    turns.rasa.faults.add(Fault(500))
    await turns.tell("salam")
    await turns.work()
    assert await turns.said() == ["utter_receipt"]
    assert len(turns.rasa.asked) == 2


async def test_a_turn_that_always_dies_is_not_tried_for_ever(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    lane, clock = turns.front.stores.inbox_lane, turns.front.clock
    for _ in range(3):
        assert await lane.claim(clock(), clock() + LEASE)
        clock.move(minutes=1)
    await turns.work()
    assert turns.rasa.asked == []
    assert await turns.said() == ["utter_not_read"]
    assert await turns.tell_outcomes() == {"africastalking:9": "failed"}


async def test_killed_between_rasa_and_the_end_nothing_is_said_twice(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    lane, clock = turns.front.stores.inbox_lane, turns.front.clock
    dead = await lane.claim(clock(), clock() + LEASE)
    assert dead
    # The first worker has asked Rasa and then froze; its lease ran out.
    clock.move(minutes=1)
    await turns.work()
    await turns.conversations.turn(dead)
    assert await turns.said() == ["utter_receipt"]
    assert len(turns.rasa.asked) == 2
    assert len(turns.rasa.turns) == 1
    assert turns.api.posts == 2
    assert list(turns.api.reports) == ["africastalking:9"]


async def test_the_api_is_away_then_back(turns: Turns) -> None:
    away = [Fault(503)] * 4
    turns.api.faults.add(*away)
    await turns.tell("one", external_id="1")
    await turns.tell("two", external_id="2")
    assert await turns.work() == 1
    assert turns.rasa.asked == []
    assert await turns.said() == []
    for _ in range(2):
        turns.front.clock.move(seconds=6)
        assert await turns.work() == 1
    # Twelve seconds after it came, and once only.
    assert await turns.said() == ["utter_not_read"]
    turns.front.clock.move(seconds=7)
    await turns.work()
    assert await turns.said() == []
    turns.front.clock.move(seconds=7)
    await turns.work()
    assert [turn["text"] for turn in turns.rasa.turns] == ["one", "two"]
    assert list(turns.api.reports) == ["africastalking:1", "africastalking:2"]
    assert await turns.said() == ["utter_receipt", "utter_receipt"]
    assert set((await turns.tell_outcomes()).values()) == {"handled"}


async def test_danger_does_not_wait_ten_seconds_for_the_numbers(turns: Turns) -> None:
    turns.api.faults.add(Fault(503))
    await turns.tell(DANGER)
    await turns.work()
    assert await turns.said() == ["utter_not_read"]


async def test_outcomes_are_told_until_the_api_knows(turns: Turns) -> None:
    await turns.tell("salam", external_id="9")
    await turns.work()
    kept = turns.api.reports.copy()
    turns.api.reports.clear()
    assert await turns.tell_outcomes() == {}
    turns.api.reports.update(kept)
    turns.front.clock.move(minutes=1)
    assert await turns.tell_outcomes() == {"africastalking:9": "handled"}


async def test_what_was_told_before_a_stop_is_heard_in_silence(turns: Turns) -> None:
    await turns.tell("salam", external_id="1")
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.tell("pani", external_id="3")
    await turns.work()
    asked = [(turn["text"], turn["kept_only"]) for turn in turns.rasa.asked]
    stop = [("koi aa gaya, maar dega", True), ("stop", False)]
    assert asked == [("salam", True), *stop, ("stop", False), ("pani", False)]
    assert await turns.said() == ["utter_stopped", "utter_receipt"]
    assert set((await turns.tell_outcomes()).values()) == {"handled"}


async def test_a_voice_before_a_stop_is_seen_by_a_person(turns: Turns) -> None:
    await turns.tell("", external_id="1", media=True)
    await turns.tell("stop", external_id="2")
    await turns.work()
    assert (await turns.tell_outcomes())["africastalking:1"] == "failed"


async def test_what_a_stop_tells_besides_is_read_by_a_person_when_rasa_is_down(
    turns: Turns,
) -> None:
    turns.rasa.faults.add(Fault(500))
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.work()
    assert await turns.said() == ["utter_stopped"]
    assert await turns.tell_outcomes() == {"africastalking:2": "failed"}


@pytest.mark.parametrize("rasa_is", ["up", "down"])
async def test_stop_says_one_line_and_rasa_forgets(rasa_is: str, turns: Turns) -> None:
    await turns.tell("salam", external_id="1")
    await turns.work()
    await turns.said()
    if rasa_is == "down":
        turns.rasa.faults.add(Fault(500))
    await turns.tell("STOP", external_id="2")
    await turns.tell("stop", external_id="3")
    await turns.work()
    assert await turns.said() == ["utter_stopped"]
    assert [turn["text"] for turn in turns.rasa.asked[1:]] == ["stop", "stop"]
    assert (await turns.tell_outcomes())["africastalking:2"] == "handled"
    assert turns.api.reports["africastalking:2"]["text"] == "STOP"


async def test_a_text_after_stop_is_a_fresh_talk_even_if_rasa_was_down(turns: Turns) -> None:
    turns.rasa.faults.add(Fault(500))
    await turns.tell("stop", external_id="1")
    await turns.tell("salam", external_id="2")
    await turns.work()
    assert [turn["text"] for turn in turns.rasa.turns] == ["stop", "salam"]
    assert turns.rasa.turns[0]["key"].startswith("stop:")
    assert await turns.said() == ["utter_stopped", "utter_receipt"]


async def test_danger_in_a_stop_is_raised_and_answered_neutrally(turns: Turns) -> None:
    await turns.tell("koi aa gaya, maar dega", external_id="1")
    (told,) = await turns.front.told()
    if not told.stop:
        pytest.fail("This text is meant to be a STOP.")
    await turns.tell("koi aa gaya, maar dega", external_id="2")
    await turns.work()
    assert "africastalking:2" in turns.api.reports
    assert await turns.said() == ["utter_stopped"]


async def test_a_provider_on_its_real_host_makes_drills(turns: Turns) -> None:
    await turns.tell("salam", external_id="1", provider="telegram", channel="telegram")
    await turns.work()
    assert turns.api.reports["telegram:1"]["drill"] is True


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

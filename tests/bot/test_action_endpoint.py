"""Calls to the actions, against a real HTTP server that stands in for theirs."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError

from bot import action_endpoint
from bot.action_endpoint import KeptEndpoint, what_is_new

CALL = {
    "next_action": "validate_report_form",
    "tracker": {"sender_id": "c1", "slots": {"age": 9}, "events": []},
}


class Actions:
    """Keeps what it is told and over which connection; breaks, stalls or refuses when asked to."""

    def __init__(self):
        self.told = []
        self.connections = set()
        self.next = []

    async def hear(self, request):
        self.told.append(await request.json())
        self.connections.add(request.transport.get_extra_info("peername"))
        match self.next.pop(0) if self.next else "answer":
            case "break":
                request.transport.close()
            case "stall":
                await asyncio.sleep(5)
            case "refuse":
                return web.json_response({"action_name": "made-up"}, status=400)
        return web.json_response({"events": []})


@pytest.fixture
def actions():
    return Actions()


@pytest.fixture
async def endpoint(actions, unused_tcp_port):
    app = web.Application()
    app.router.add_post("/webhook", actions.hear)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", unused_tcp_port).start()
    endpoint = KeptEndpoint(f"http://127.0.0.1:{unused_tcp_port}/webhook")
    yield endpoint
    await endpoint.close()
    await runner.cleanup()


async def call(endpoint):
    """As Rasa's RemoteAction calls."""
    return await endpoint.request(json=CALL, method="post", timeout=300, compress=False)


async def test_calls_share_one_connection(endpoint, actions):
    assert [await call(endpoint) for _ in range(3)] == [{"events": []}] * 3
    assert len(actions.connections) == 1


async def test_a_connection_that_breaks_under_the_call_is_tried_once_more(endpoint, actions):
    await call(endpoint)
    actions.next = ["break"]
    assert await call(endpoint) == {"events": []}
    assert len(actions.told) == 3


async def test_actions_that_stay_away_are_an_error(endpoint, actions):
    actions.next = ["break", "break"]
    with pytest.raises(aiohttp.ClientConnectionError):
        await call(endpoint)
    assert len(actions.told) == 2


async def test_a_stalled_action_does_not_hold_the_conversation(endpoint, actions, monkeypatch):
    monkeypatch.setattr(action_endpoint, "PATIENCE", 0.1)
    actions.next = ["stall"]
    with pytest.raises(asyncio.TimeoutError):
        await call(endpoint)
    assert len(actions.told) == 1, "what takes long once would take long again"


async def test_a_refusal_reaches_rasa(endpoint, actions):
    actions.next = ["refuse"]
    with pytest.raises(ClientResponseError) as refused:
        await call(endpoint)
    assert refused.value.status == 400


async def test_a_closed_endpoint_opens_again(endpoint, actions):
    await call(endpoint)
    await endpoint.close()
    assert await call(endpoint) == {"events": []}
    assert len(actions.connections) == 2


def slot(name, value, **rest):
    return {"event": "slot", "name": name, "value": value, **rest}


AGE, PLACE, ASKS = slot("age", 9), slot("place", {"id": "b"}), slot("requested_slot", "gender")


@pytest.mark.parametrize(
    ("said", "stays"),
    [
        pytest.param([AGE, PLACE, ASKS], [PLACE, ASKS], id="what is new, and the question"),
        pytest.param([AGE, PLACE | {"value": None}], [AGE], id="nothing new: one stays"),
        pytest.param([AGE, slot("age", 10)], [slot("age", 10)], id="set anew in the same answer"),
        pytest.param([slot("made_up", 1), AGE], [slot("made_up", 1), AGE], id="a slot nobody has"),
        pytest.param([slot("age", 9, timestamp="x"), PLACE], None, id="not as the schema has it"),
        pytest.param([{"event": "action"}, 9, PLACE], None, id="what sets no slot"),
        pytest.param([ASKS], None, id="only the question"),
        pytest.param([], None, id="nothing"),
    ],
)
def test_a_slot_that_stays_as_it_is_is_not_set_again(said, stays):
    slots = {"age": 9, "place": None, "requested_slot": "gender"}
    answer = {"events": said, "responses": []}
    expected = said if stays is None else stays
    assert what_is_new(answer, slots) == {"events": expected, "responses": []}


@pytest.mark.parametrize("answer", [None, [], {}, {"events": None}, "made up"])
def test_an_answer_of_another_shape_is_left_to_rasas_check(answer):
    assert what_is_new(answer, {}) == answer

"""The one way into Rasa: who is refused, what fails, and that neither quotes anybody."""

from __future__ import annotations

import json
import logging

import aiohttp
import pytest
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from bot.channel import TurnChannel
from tests.bot.turns import TOKEN, TURN, ask


class BrokenStore(InMemoryTrackerStore):
    """A store whose server is away."""

    async def retrieve(self, sender_id):
        raise ConnectionError(sender_id)


@pytest.fixture(autouse=True)
def _log_everything(caplog):
    caplog.set_level(logging.DEBUG)


@pytest.mark.parametrize("token", ["", "guess", TOKEN + "x"])
async def test_a_wrong_token_is_refused(origin, processor, token):
    assert (await ask(origin, token=token))[0] == 401
    assert processor.handled == []


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("made-up words", id="no JSON"),
        pytest.param('"made-up words"', id="no object"),
        pytest.param(json.dumps({"text": "made-up words"}), id="no conversation"),
        pytest.param(json.dumps(TURN | {"channel": "fax"}), id="an unknown channel"),
        pytest.param(json.dumps(TURN | {"location": {"lat": "north"}}), id="no position"),
    ],
)
async def test_what_is_no_turn_is_refused_without_quoting_it(origin, body, caplog):
    assert await ask(origin, body) == (400, {"error": "turn_malformed"})
    assert "made-up words" not in caplog.text


async def test_what_breaks_inside_is_a_500_that_quotes_nobody(origin, caplog):
    assert await ask(origin, text="break") == (500, {"error": "turn_failed"})
    assert "break" not in caplog.text
    assert "RuntimeError" in caplog.text


async def test_a_store_that_is_away_fails_the_turn(origin, processor):
    processor.tracker_store._tracker_store = BrokenStore(Domain.empty())  # noqa: SLF001  as if it went away
    assert await ask(origin) == (500, {"error": "turn_failed"})
    assert processor.handled == [], "a conversation that cannot be read must not begin anew"


async def test_it_is_ready_with_a_model(origin):
    async with aiohttp.ClientSession() as http, http.get(f"{origin}/readyz") as answer:
        assert answer.status == 200


async def test_without_a_token_it_does_not_start():
    with pytest.raises(ValueError, match="AMAAN_RASA_TOKEN"):
        TurnChannel.from_credentials({"token": ""})

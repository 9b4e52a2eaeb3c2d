"""Rasa, as the channels see it: a text in, replies of the reviewed table out."""

import asyncio
import random
from collections.abc import Mapping

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from channels.errors import RasaUnavailable
from channels.messages import Reply, Told

TRIES = 2
BACKOFF = 0.3  # seconds before the second try, and up to as much again


class Answer(BaseModel):
    """The replies of a turn, and the language form the conversation is now held in."""

    model_config = ConfigDict(hide_input_in_errors=True)

    replies: tuple[Reply, ...]
    language: str | None = None


class Rasa:
    """One turn of the assistant. A repeated key answers what was answered the first time."""

    def __init__(self, url: str, token: str, timeout: float) -> None:
        self._timeout = timeout
        self._http = httpx.AsyncClient(
            base_url=url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=httpx.Timeout(timeout, connect=1.0),
            trust_env=False,
        )

    async def ask(self, conversation: str, told: Told, language: str | None) -> Answer:
        """Ask for the turn of a text. Raises RasaUnavailable, also when the answer is silence."""
        turn = {
            "conversation": conversation,
            "key": told.key,
            "text": told.text,
            "channel": told.channel,
            "language": language,
            "location": told.location.model_dump() if told.location else None,
            "kept_only": False,
        }
        try:
            return await self._post(turn)
        except RasaUnavailable:
            # Jitter, so that all conversations do not come back at once.
            await asyncio.sleep(BACKOFF * (1 + random.random()))  # noqa: S311  no secret
            return await self._post(turn)

    async def forget(self, conversation: str, told: Told, number: int) -> bool:
        """Drop a half-filled form for the STOP with this number; False when Rasa did not hear."""
        turn = {
            "conversation": conversation,
            "key": f"stop:{conversation}:{number}",
            "text": "stop",
            "channel": told.channel,
            "language": None,
            "location": None,
            "kept_only": False,
        }
        try:
            await self._post(turn)
        except RasaUnavailable:
            return False
        return True

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.aclose()

    async def _post(self, turn: Mapping[str, object]) -> Answer:
        try:
            async with asyncio.timeout(self._timeout):
                answer = await self._http.post("/webhooks/amaan/turn", json=turn)
            if not answer.is_success:
                raise RasaUnavailable
            read = Answer.model_validate_json(answer.content)
        except (httpx.HTTPError, TimeoutError, ValidationError):
            raise RasaUnavailable from None
        # Rasa answers without replies when a turn breaks inside it: silence is a failure.
        if not read.replies:
            raise RasaUnavailable
        return read

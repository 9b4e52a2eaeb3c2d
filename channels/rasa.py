"""Rasa, as the channels see it: a text in, replies of the reviewed table out."""

import contextlib
from http import HTTPStatus

from pydantic import BaseModel, ConfigDict, ValidationError

from channels.connections import Box, BoxAway
from channels.errors import RasaUnavailable
from channels.messages import Reply, Told

type Turn = dict[str, str | bool | dict[str, float] | None]  # the JSON of a request


class Answer(BaseModel):
    """The replies of a turn, and the language form the conversation is now held in.

    `told`: the turn put its text into an alert, which also tells the api that it is dealt with.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    replies: tuple[Reply, ...]
    language: str | None = None
    told: bool = False


class Rasa:
    """One turn of the assistant. A repeated key answers what was answered the first time."""

    def __init__(self, url: str, token: str, timeout: float) -> None:
        self._rasa = Box(url, token, timeout)

    async def ask(
        self, conversation: str, told: Told, language: str | None, *, joined: bool = False
    ) -> Answer:
        """Ask for the turn of a text. Raises RasaUnavailable, also when the answer is silence.

        `joined`: the text belongs to something the api has from this conversation already.
        """
        answer = await self._post(_turn(conversation, told, language) | {"joined": joined})
        # Rasa answers without replies when a turn breaks inside it: silence is a failure.
        if not answer.replies:
            raise RasaUnavailable
        return answer

    async def hear(self, conversation: str, told: Told, language: str | None) -> None:
        """Have a text understood that nothing may be said to. Raises RasaUnavailable."""
        await self._post(_turn(conversation, told, language) | {"kept_only": True})

    async def forget(self, conversation: str, told: Told, number: int) -> None:
        """Drop a half-filled form for the STOP with this number, if Rasa is there to hear."""
        stop = {"key": f"stop:{conversation}:{number}", "text": "stop", "location": None}
        with contextlib.suppress(RasaUnavailable):
            await self._post(_turn(conversation, told, None) | stop)

    async def close(self) -> None:
        """Give the connections up."""
        await self._rasa.close()

    async def _post(self, turn: Turn) -> Answer:
        try:
            status, answer = await self._rasa.post("/webhooks/amaan/turn", turn)
            if status != HTTPStatus.OK:
                raise RasaUnavailable
            return Answer.model_validate_json(answer)
        except (BoxAway, ValidationError):
            raise RasaUnavailable from None


def _turn(conversation: str, told: Told, language: str | None) -> Turn:
    return {
        "conversation": conversation,
        "key": told.key,
        "text": told.text,
        "channel": told.channel,
        "language": language,
        "location": told.location.model_dump() if told.location else None,
        "joined": False,
        "kept_only": False,
    }

"""The one way into Rasa: a text of a conversation in, the replies of its turn out.

It knows conversations, never addresses. The same key again gets the replies of the first time, so
that channels may ask until it has an answer.
"""

from __future__ import annotations

import gc
import hmac
import logging
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint
from sanic.response import json

from bot.once import keep_endpoint, work_out_once
from bot.turns import take_turn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sanic import Sanic
    from sanic.request import Request
    from sanic.response import HTTPResponse

log = logging.getLogger(__name__)


class SmsReplies(OutputChannel):  # type: ignore[misc]  # Rasa has no types here
    """Names the channel whose wording is chosen. Replies are read from the saved tracker."""

    @classmethod
    def name(cls) -> str:
        """As `channel:` in bot/domain."""
        return "sms"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Send nothing: the turn's answer carries the replies."""


class TelegramReplies(SmsReplies):
    """The same for Telegram's wording."""

    @classmethod
    def name(cls) -> str:
        """As `channel:` in bot/domain."""
        return "telegram"


# What our own buttons and commands send, and people type as it stands on a card: certain as it is,
# it needs no model. A language's name alone is a choice, whatever script it is written in.
COMMANDS = {
    "start": "greet",
    "help": "ask_help_info",
    "language": "switch_language",
    "stop": "stop_unsafe",
}
LANGUAGES = {
    "english": "en",
    "angrezi": "en",
    "انگریزی": "en",
    "انګلیسي": "en",
    "urdu": "ur",
    "اردو": "ur",
    "pashto": "ps",
    "pukhto": "ps",
    "پشتو": "ps",
    "پښتو": "ps",
    "roman urdu": "roman_ur",
    "roman pashto": "roman_ps",
    "roman pukhto": "roman_ps",
}

OUTPUTS = {output.name(): output for output in (SmsReplies, TelegramReplies)}


@dataclass(frozen=True)
class Asked:
    """One turn as channels asks for it; `location` is {"lat", "lon"} in degrees or None."""

    conversation: str
    key: str
    channel: str
    language: str | None
    joined: bool
    kept_only: bool
    text: str = field(repr=False)
    location: dict[str, float] | None = field(repr=False)

    @classmethod
    def read(cls, body: dict[str, Any]) -> Asked:
        """Read the request's JSON. Raises KeyError, TypeError or ValueError for anything else."""
        location = body.get("location")
        asked = cls(
            conversation=str(body["conversation"]),
            key=str(body["key"]),
            channel=str(body["channel"]),
            language=body.get("language"),
            joined=bool(body.get("joined")),
            kept_only=bool(body.get("kept_only")),
            text=without_shortcut(str(body["text"])),
            location={name: float(location[name]) for name in ("lat", "lon")} if location else None,
        )
        if asked.channel not in OUTPUTS or not (asked.conversation and asked.key):
            raise ValueError("A turn has a conversation, a key, and sms or telegram as channel.")
        return asked

    def message(self) -> UserMessage:
        """The same for Rasa."""
        return UserMessage(
            self.text,
            OUTPUTS[self.channel](),
            self.conversation,
            input_channel=self.channel,
            message_id=self.key,
            metadata={
                "key": self.key,
                "channel": self.channel,
                "language": self.language,
                "location": self.location,
                "joined": self.joined,
                "kept_only": self.kept_only,
            },
            parse_data=self._understood(),
        )

    def _understood(self) -> dict[str, Any] | None:
        """What needs no model: a pin, an empty text, a command, a language. None leaves it to NLU."""
        words = " ".join(self.text.casefold().split())
        language = LANGUAGES.get(words, self.language)
        if words in LANGUAGES:
            intent = "switch_language"
        elif words in COMMANDS:
            intent = COMMANDS[words]
        elif not words:
            intent = "provide_location" if self.location else "nlu_fallback"
        else:
            return None
        return {
            "text": self.text,
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [{"entity": "language", "value": language}] if language else [],
            "understanding": {},
        }


class TurnChannel(InputChannel):  # type: ignore[misc]  # Rasa has no types here
    """`POST /webhooks/amaan/turn` and `GET /webhooks/amaan/readyz`."""

    def __init__(self, token: str) -> None:
        self._token = token

    @classmethod
    def name(cls) -> str:
        """The channel's part of the address."""
        return "amaan"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TurnChannel:
        """Read the token of credentials.yml; an empty one would let everybody in."""
        token = str((credentials or {}).get("token") or "")
        if not token:
            raise ValueError("AMAAN_RASA_TOKEN is empty.")
        return cls(token)

    def blueprint(
        self,
        on_new_message: Callable[[UserMessage], Awaitable[Any]],  # noqa: ARG002  see turn()
    ) -> Blueprint:
        """The two routes."""
        routes = Blueprint("amaan_turn")

        @routes.after_server_start
        async def lighten(app: Sanic, _loop: object) -> None:
            work_out_once()
            app.ctx.kept_endpoint = keep_endpoint(app.ctx.agent)
            gc.collect()
            gc.freeze()  # what is loaded stays: no later collection goes through it

        @routes.before_server_stop
        async def close(app: Sanic, _loop: object) -> None:
            await app.ctx.kept_endpoint.close()

        @routes.get("/readyz")
        async def readyz(request: Request) -> HTTPResponse:
            agent = getattr(request.app.ctx, "agent", None)
            ready = agent is not None and agent.is_ready()
            return json({"ready": ready}, status=200 if ready else 503)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            if not self._knows(request.headers.get("Authorization", "")):
                return json({"error": "unauthorised"}, status=401)
            try:
                asked = Asked.read(request.json)
            except Exception as error:  # noqa: BLE001  a body of any shape may come
                log.error("turn_malformed %(error)s", {"error": type(error).__name__})  # noqa: TRY400  it would quote
                return json({"error": "turn_malformed"}, status=400)
            try:
                answer = await take_turn(request.app.ctx.agent, asked.message())
            except Exception as error:  # noqa: BLE001  whatever broke, channels sends the lifeline
                ids = {"key": asked.key, "error": type(error).__name__}
                log.error("turn_failed %(key)s %(error)s", ids)  # noqa: TRY400  it would quote
                return json({"error": "turn_failed"}, status=500)
            return json(answer)

        return routes

    def _knows(self, authorization: str) -> bool:
        return hmac.compare_digest(authorization.encode(), f"Bearer {self._token}".encode())


def without_shortcut(text: str) -> str:
    """The text without slashes in front: `/intent` is Rasa's shortcut past all understanding."""
    start = 0
    while start < len(text) and (
        text[start].isspace()
        or unicodedata.category(text[start]) in {"Cc", "Cf"}
        or unicodedata.normalize("NFKC", text[start]) in {"/", "\\"}
    ):
        start += 1
    return text[start:].strip()

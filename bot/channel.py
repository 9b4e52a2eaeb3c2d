"""The one way into Rasa: a text of a conversation in, the replies of its turn out.

It knows conversations, never addresses. The same key again gets the replies of the first time, so
that channels may ask until it has an answer.
"""

from __future__ import annotations

import hmac
import logging
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import BotUttered, UserUttered
from sanic import Blueprint
from sanic.response import json

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rasa.core.agent import Agent
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.core.trackers import DialogueStateTracker
    from sanic.request import Request
    from sanic.response import HTTPResponse

log = logging.getLogger(__name__)


class TurnFailed(Exception):
    """The turn left no trace: its tracker was not saved."""


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


OUTPUTS = {output.name(): output for output in (SmsReplies, TelegramReplies)}


@dataclass(frozen=True)
class Asked:
    """One turn as channels asks for it; `location` is {"lat", "lon"} in degrees or None."""

    conversation: str
    key: str
    channel: str
    language: str | None
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
            kept_only=bool(body.get("kept_only")),
            text=without_shortcut(str(body["text"])),
            location={name: float(location[name]) for name in ("lat", "lon")} if location else None,
        )
        if asked.channel not in OUTPUTS or not (asked.conversation and asked.key):
            raise ValueError("A turn has a conversation, a key, and sms or telegram as channel.")
        return asked

    def message(self) -> UserMessage:
        """The same for Rasa; what NLU cannot read, a pin or an empty text, is understood here."""
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
                "kept_only": self.kept_only,
            },
            parse_data=None if self.text else self._understood(),
        )

    def _understood(self) -> dict[str, Any]:
        intent = "provide_location" if self.location else "nlu_fallback"
        language = [{"entity": "language", "value": self.language}] if self.language else []
        return {
            "text": "",
            "intent": {"name": intent, "confidence": 1.0},
            "entities": language,
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
                answer = await take_turn(request.app.ctx.agent, asked)
            except Exception as error:  # noqa: BLE001  whatever broke, channels sends the lifeline
                ids = {"key": asked.key, "error": type(error).__name__}
                log.error("turn_failed %(key)s %(error)s", ids)  # noqa: TRY400  it would quote
                return json({"error": "turn_failed"}, status=500)
            return json(answer)

        return routes

    def _knows(self, authorization: str) -> bool:
        return hmac.compare_digest(authorization.encode(), f"Bearer {self._token}".encode())


async def take_turn(agent: Agent, asked: Asked) -> dict[str, Any]:
    """The replies of a turn, taken now or, for a key that comes again, the first time.

    A turn that left no reply is taken again: its action may have failed, and the api counts a text
    by its key. Not by the handler Rasa offers, because the look at the key and the turn belong under
    one lock.
    """
    store = agent.tracker_store
    let_errors_through(store)
    async with agent.lock_store.lock(asked.conversation):
        tracker = await store.retrieve(asked.conversation)
        if tracker is None or not replies_to(tracker, asked.key):
            await agent.processor.handle_message(asked.message())
            tracker = await store.retrieve(asked.conversation)
    if tracker is None:
        raise TurnFailed
    return {
        "replies": [] if asked.kept_only else replies_to(tracker, asked.key),
        "language": tracker.get_slot("language"),
    }


def replies_to(tracker: DialogueStateTracker, key: str) -> list[dict[str, Any]]:
    """What was said after the text with this key, up to the next text."""
    replies: list[dict[str, Any]] = []
    is_its_turn = False
    for event in tracker.events:
        if isinstance(event, UserUttered):
            is_its_turn = event.message_id == key
            replies = [] if is_its_turn else replies
        elif is_its_turn and isinstance(event, BotUttered):
            replies.append(
                {
                    "response": event.metadata["utter_action"],
                    "kind": event.metadata["metadata"]["kind"],
                    "text": event.text,
                    "buttons": event.data.get("buttons") or [],
                }
            )
    return replies


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


def let_errors_through(store: TrackerStore) -> None:
    """Make a store that is away an error.

    Rasa wraps every store so that a failed read looks like a new conversation, and a failed write
    goes to a memory that nobody reads.
    """
    store._on_tracker_store_error = _raise  # noqa: SLF001  Rasa offers it to its own constructor only


def _raise(error: Exception) -> None:
    raise error

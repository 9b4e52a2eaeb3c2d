"""What the simulated phone's words look like on the wire of a real provider, and back.

The very parsers of the webhooks read it: a phone that took a short cut would prove nothing.
"""

import random
import uuid
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from channels.errors import NotAMessage
from channels.messages import InboundMessage, Location
from channels.sms.africastalking import inbound as africastalking
from channels.sms.fields import read_form
from channels.telegram.updates import Blocked, read_update


def chat_of(sender: str) -> str | None:
    """Return the chat id of a made-up person: the digits of the number."""
    digits = sender.strip().removeprefix("+")
    return digits if digits.isascii() and digits.isdigit() else None


def sms(number: str, text: str) -> InboundMessage:
    """Read an SMS as Africa's Talking posts it."""
    form = {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "from": number,
        "id": str(uuid.uuid4()),
        "linkId": str(uuid.uuid4()),
        "text": text,
        "to": "1121",
    }
    return africastalking.to_message(read_form(urlencode(form).encode()), "called")


def chat(chat_id: str, text: str) -> InboundMessage:
    """Read a message to the bot."""
    return _read({"message": _message(chat_id) | {"text": text}})


def pin(chat_id: str, where: Location) -> InboundMessage:
    """Read a location pin."""
    point = {"latitude": where.lat, "longitude": where.lon}
    return _read({"message": _message(chat_id) | {"location": point}})


def tap(chat_id: str, payload: str) -> InboundMessage:
    """Read a tap on a button."""
    query = {
        "id": uuid.uuid4().hex,
        "from": _person(chat_id),
        "chat_instance": chat_id,
        "data": payload,
        "message": _message(chat_id) | {"text": "?"},
    }
    return _read({"callback_query": query})


def _read(update: dict[str, Any]) -> InboundMessage:
    message = read_update({"update_id": random.getrandbits(52)} | update)
    if message is None or isinstance(message, Blocked):
        raise NotAMessage
    return message


def _message(chat_id: str) -> dict[str, Any]:
    return {
        "message_id": random.getrandbits(31),
        "date": int(datetime.now(UTC).timestamp()),
        "chat": {"id": int(chat_id), "type": "private", "first_name": "Phone"},
        "from": _person(chat_id),
    }


def _person(chat_id: str) -> dict[str, Any]:
    return {"id": int(chat_id), "is_bot": False, "first_name": "Phone"}

"""What each provider puts on the wire for one message: the rows' raw material.

The next provider gets a Wire here, and every row of the tables runs over it.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx

from tests.channels.conftest import SECRET, TELEGRAM_SECRET

CHAT = 4711


@dataclass(frozen=True)
class Wire:
    """How to hand a message over as one provider does."""

    provider: str
    channel: str
    address: str
    has_ids: bool = True
    settings: dict[str, Any] = field(default_factory=dict)  # its credentials

    def request(
        self,
        text: str | None = "salam",
        *,
        external_id: str = "7001",
        sender: str | None = "default",
        secret: str | None = None,
    ) -> httpx.Request:
        """One message; None leaves a field out."""
        raise NotImplementedError

    async def post(self, client: httpx.AsyncClient, *words: str, **given: Any) -> httpx.Response:
        """Hand it over."""
        return await client.send(self.request(*words, **given))


class AfricasTalkingWire(Wire):
    def request(self, text="salam", *, external_id="7001", sender="default", secret=None):
        form = {"linkId": "l1", "to": "1121", "id": external_id, "date": "2026-03-02T11:59:00Z"}
        form |= {} if text is None else {"text": text}
        form |= {} if sender is None else {"from": sender.replace("default", "+923000000001")}
        return httpx.Request(
            "POST",
            f"http://channels/sms/africastalking/{secret or SECRET}/inbound",
            content=urlencode(form),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )


class KannelWire(Wire):
    def request(self, text="salam", *, external_id="7001", sender="default", secret=None):
        query = {"to": "1121", "id": external_id, "ts": "1772452740", "coding": "0", "smsc": "s"}
        query |= {} if text is None else {"text": text}
        query |= {} if sender is None else {"from": sender.replace("default", "923000000001")}
        address = f"http://channels/sms/kannel/{secret or SECRET}/inbound"
        return httpx.Request("GET", address, params=query)


class M3TechWire(Wire):
    def request(self, text="salam", *, sender="default", secret=None, **_: str):
        query = {} if text is None else {"text": text}
        query |= {} if sender is None else {"from": sender.replace("default", "+923000000001")}
        address = f"http://channels/sms/m3tech/{secret or SECRET}/inbound"
        return httpx.Request("POST", address, params=query)


class TelegramWire(Wire):
    def request(self, text="salam", *, external_id="7001", sender="default", secret=None):
        message: dict[str, Any] = {"message_id": 5, "date": 1772452740}
        # A message without text is a sticker; without a chat it is nothing Telegram sends.
        sticker = {"file_id": "f", "file_unique_id": "u", "width": 1, "height": 1}
        sticker |= {"is_animated": False, "is_video": False, "type": "regular"}
        message |= {"text": text} if text else {"sticker": sticker}
        if sender is not None:
            message["chat"] = {"id": CHAT, "type": "private"}
            message["from"] = {"id": CHAT, "is_bot": False, "first_name": "A"}
        return update({"update_id": int(external_id), "message": message}, secret)


def update(given: Any, secret: str | None = None) -> httpx.Request:
    """An update as Telegram posts it."""
    return httpx.Request(
        "POST",
        "http://channels/telegram/webhook",
        content=json.dumps(given),
        headers={"X-Telegram-Bot-Api-Secret-Token": secret or TELEGRAM_SECRET},
    )


WIRES = [
    AfricasTalkingWire(
        "africastalking",
        "sms",
        "+923000000001",
        settings={"africastalking_username": "amaan", "africastalking_api_key": "key"},
    ),
    KannelWire(
        "kannel",
        "sms",
        "+923000000001",
        settings={
            "kannel_url": "http://127.0.0.1:1",
            "kannel_username": "u",
            "kannel_password": "p",
        },
    ),
    M3TechWire(
        "m3tech",
        "sms",
        "+923000000001",
        has_ids=False,
        settings={"m3tech_username": "u", "m3tech_password": "p"},
    ),
    TelegramWire("telegram", "telegram", str(CHAT), settings={"telegram_token": "123:made-up"}),
]

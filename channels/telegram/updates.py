"""Reads Telegram's updates: messages, edits, taps on buttons, pins, and being blocked.

Private chats only. In a group the whole village would read along.
"""

from dataclasses import dataclass, field
from typing import Any, cast

from telegram import CallbackQuery, ChatMember, Message, Update
from telegram.constants import ChatType

from channels.errors import NotAMessage
from channels.messages import InboundMessage, Location, Media

PROVIDER = "telegram"
ALLOWED = [Update.MESSAGE, Update.EDITED_MESSAGE, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
COMMANDS = ("start", "help", "language", "stop")
GONE = (ChatMember.BANNED, ChatMember.LEFT)


@dataclass(frozen=True, slots=True)
class Blocked:
    """The person blocked the bot: nothing reaches them any more."""

    address: str = field(repr=False)


def read_update(given: object) -> InboundMessage | Blocked | None:
    """Read an update's JSON; None for what is no message to us. Raises NotAMessage."""
    try:
        return read(Update.de_json(cast("dict[str, Any]", given), None))
    except Exception:  # noqa: BLE001  whatever the library chokes on: it is kept, not lost
        raise NotAMessage from None


def read(update: Update) -> InboundMessage | Blocked | None:
    """Read an update; None for what is no message to us."""
    if update.my_chat_member:
        change = update.my_chat_member
        gone = change.chat.type == ChatType.PRIVATE and change.new_chat_member.status in GONE
        return Blocked(str(change.chat.id)) if gone else None
    if update.callback_query:
        return _tapped(update.update_id, update.callback_query)
    message = update.message or update.edited_message
    if message is None or message.chat.type != ChatType.PRIVATE:
        return None
    if message.from_user and message.from_user.is_bot:
        return None
    return _written(update.update_id, message, edited=update.message is None)


def _tapped(update_id: int, query: CallbackQuery) -> InboundMessage | None:
    chat = query.message.chat if query.message else None
    if chat is None or chat.type != ChatType.PRIVATE:
        return None
    return InboundMessage(
        provider=PROVIDER,
        channel="telegram",
        external_id=str(update_id),
        address=str(chat.id),
        text=query.data or "",
        tap=query.id,
    )


def _written(update_id: int, message: Message, *, edited: bool) -> InboundMessage | None:
    text = message.text or message.caption or ""
    pin = message.location
    media = None if pin else _media(message)
    # A live location is edited every few seconds, and a service message says nothing.
    if (edited and not text) or not (text or pin or media):
        return None
    return InboundMessage(
        provider=PROVIDER,
        channel="telegram",
        external_id=str(update_id),
        address=str(message.chat.id),
        text=_plain(text),
        sent_at=message.edit_date if edited else message.date,
        location=Location(lat=pin.latitude, lon=pin.longitude) if pin else None,
        media=media,
    )


def _media(message: Message) -> Media | None:
    """What came with a message that a machine cannot read; a film is something nobody heard."""
    file = message.document
    kind = (file.mime_type or "").partition("/")[0] if file else ""
    if message.voice or message.audio or message.video or message.video_note:
        return "voice"
    if message.photo or message.animation or kind == "image":
        return "picture"
    if kind in {"audio", "video"}:
        return "voice"
    return "other" if message.effective_attachment else None


def _plain(text: str) -> str:
    """A command of ours as the word an SMS user would type; all else as it is."""
    word = text.split(maxsplit=1)[0].partition("@")[0] if text.startswith("/") else ""
    return word[1:] if word[1:] in COMMANDS else text

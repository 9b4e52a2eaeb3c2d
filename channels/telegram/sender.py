"""Sends as the bot: silent, not to be forwarded, plain text, choices as buttons."""

import contextlib
from datetime import timedelta

import httpx
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from channels.errors import (
    AccountRefused,
    OptedOut,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    ReplyRefused,
    SendFailed,
)
from channels.exchange import failure_of
from channels.messages import Button, Words
from channels.settings import Account
from channels.telegram.bot import close_bot, make_bot


class TelegramSender:
    """One message a call."""

    def __init__(self, account: Account, *, patience: float = 10.0) -> None:
        """Wait so many seconds for an answer."""
        self._bot = make_bot(account, patience=patience)

    async def send(self, address: str, words: Words) -> str | None:
        """Hand a message over; no id comes back, for Telegram reports no delivery. Raises SendFailed."""
        if words.tap:
            # A tap that is too old cannot be answered any more; the reply still counts.
            with contextlib.suppress(TelegramError):
                await self._bot.answer_callback_query(words.tap)
        try:
            await self._bot.send_message(
                chat_id=int(address),
                text=words.text,
                disable_notification=True,
                protect_content=True,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_keyboard(words.buttons),
            )
        except TelegramError as error:
            raise _failure_of(error) from None
        except (TypeError, ValueError, LookupError, AttributeError):
            # The library could not read what it was answered; the message may be out.
            raise OutcomeUnknown("unreadable") from None
        return None

    async def close(self) -> None:
        """Give the connections up."""
        await close_bot(self._bot)


def _keyboard(buttons: tuple[Button, ...]) -> InlineKeyboardMarkup | None:
    if not buttons:
        return None
    rows = [[InlineKeyboardButton(one.title, callback_data=one.payload)] for one in buttons]
    return InlineKeyboardMarkup(rows)


def _failure_of(error: TelegramError) -> SendFailed:
    name = type(error).__name__
    match error:
        case RetryAfter():
            wait = error.retry_after
            seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
            return ProviderBusy(name, retry_after=seconds)
        case Forbidden():  # the person blocked the bot, or is no more
            return OptedOut(name)
        case InvalidToken() | Conflict():
            return AccountRefused(name)
        case BadRequest() | ChatMigrated():
            return ReplyRefused(name)
        case NetworkError():
            cause = error.__cause__  # none, or none of the line: it was an answer of 5xx
            lost = isinstance(cause, httpx.HTTPError)
            return failure_of(cause) if lost else ProviderUnreachable(name)
    return OutcomeUnknown(name)  # an answer of 200 that is no answer

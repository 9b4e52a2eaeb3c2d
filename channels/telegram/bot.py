"""Makes the library's bot: its address settable, its time-outs ours."""

import os

from telegram import Bot
from telegram.request import HTTPXRequest

from channels.settings import Account

API = "https://api.telegram.org"
CONNECTIONS = 8


def make_bot(account: Account, *, patience: float = 10.0) -> Bot:
    """Return a bot that has not spoken to anybody yet; it waits so many seconds for an answer."""
    # The library warns on each time-out it reads unless told to give the type of its next version.
    os.environ.setdefault("PTB_TIMEDELTA", "1")
    origin = (account.url or API).rstrip("/")
    return Bot(
        account.secret,
        base_url=f"{origin}/bot",
        base_file_url=f"{origin}/file/bot",
        request=HTTPXRequest(
            connection_pool_size=CONNECTIONS,
            connect_timeout=5.0,
            read_timeout=patience,
            pool_timeout=5.0,
        ),
    )


async def close_bot(bot: Bot) -> None:
    """Give the connections up; the bot's own shutdown wants it initialised first."""
    for request in bot._request:  # noqa: SLF001  the library offers no other way
        await request.shutdown()

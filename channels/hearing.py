"""How a worker hears of messages that no webhook brings: it asks, or tells a provider where we are."""

import asyncio

from channels.settings import Settings
from channels.sms.africastalking.polling import Poller as AfricasTalkingPoller
from channels.stores import Stores
from channels.telegram.bot import close_bot, make_bot
from channels.telegram.polling import Poller as TelegramPoller
from channels.telegram.polling import register


async def hear(settings: Settings, stores: Stores, stopping: asyncio.Event) -> None:
    """Hear of every provider that is set up for it, until told to stop."""
    await asyncio.gather(
        hear_telegram(settings, stores, stopping), hear_africas_talking(settings, stores, stopping)
    )


async def hear_telegram(settings: Settings, stores: Stores, stopping: asyncio.Event) -> None:
    """Tell Telegram our address, or ask for updates where we have none."""
    account = settings.account("telegram")
    if account is None:
        return
    bot = make_bot(account)
    try:
        if settings.public_url and settings.telegram_secret:
            secret = settings.telegram_secret.get_secret_value()
            await register(bot, settings.public_url, secret, stopping)
        else:
            await TelegramPoller(bot, stores.redis, stores.inbox).run(stopping)
    finally:
        await close_bot(bot)


async def hear_africas_talking(settings: Settings, stores: Stores, stopping: asyncio.Event) -> None:
    """Ask for SMS where the operator wants that."""
    account, every = settings.account("africastalking"), settings.africastalking_ask_every
    if account is None or every is None:
        return
    poller = AfricasTalkingPoller(account, stores.redis, stores.inbox, every)
    try:
        await poller.run(stopping)
    finally:
        await poller.close()

"""The api's own timed work: a text that no turn has dealt with becomes an alert by itself."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from api.alerts.counts import add_up
from api.auth import open_call
from api.errors import log_broken
from api.reports.service import overdue, settle_overdue
from api.staff.service import forget_tries
from api.staff.tokens import forget_expired

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager

    from fastapi import FastAPI

    from api.context import Call


async def keep_time(app: FastAPI) -> None:
    """Look at the clock again and again, until cancelled; what fails is tried again next time."""
    settings = app.state.settings
    limit = timedelta(seconds=settings.turn_limit)
    while True:
        try:
            await tick(lambda: open_call(app, "clock"), limit)
        except Exception as error:  # noqa: BLE001  # the clock must go on, whatever one look met
            log_broken("clock_failed", error)
        await asyncio.sleep(settings.sweep_every)


async def tick(calls: Callable[[], AbstractAsyncContextManager[Call]], limit: timedelta) -> int:
    """Do what is due at this moment; return how many texts became alerts or joined one.

    Each text has a transaction of its own, so that one that fails holds up no other.
    """
    async with calls() as call:
        keys = await overdue(call, limit)
        await forget_tries(call)
        await forget_expired(call.session, call.now)
        await add_up(call.session)
    done = 0
    for key in keys:
        try:
            async with calls() as call:
                await settle_overdue(call, key)
            done += 1
        except Exception as error:  # noqa: BLE001  # the others must not wait for it
            log_broken("overdue_failed", error)
    return done

"""`python -m channels.worker`: turns, replies, outcomes; several may run side by side."""

import asyncio
import contextlib
import gc
import signal
import sys
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

import structlog
from redis.exceptions import RedisError

from channels.bells import ring, watch
from channels.brakes import Brakes
from channels.conversation import Conversations
from channels.crew import Crew
from channels.errors import QueueNotDurable, ReplyMissing, SettingsRefused
from channels.hearing import hear
from channels.limits import Limits, per_second
from channels.log import configure
from channels.outcomes import Outcomes
from channels.outgoing import Dispatch
from channels.rasa import Rasa
from channels.reports import Reports
from channels.senders import Sender, make_senders
from channels.settings import Settings, load_settings
from channels.sole import pause
from channels.stores import HEARTBEAT, Stores, Tables, make_stores, now
from channels.turn_replies import TurnReplies
from channels.wording import Wording

BEAT_EVERY = 2.0  # seconds
BEAT_LASTS = 10  # seconds
OUTCOME_SLOTS = 4


class Closes(Protocol):
    """Whatever holds connections."""

    async def close(self) -> None:
        """Give them up."""


log = structlog.get_logger()


async def work(settings: Settings, stores: Stores, stopping: asyncio.Event) -> None:
    """Work until told to stop."""
    reports = Reports(settings.api_internal_url, settings.channels_token.get_secret_value())
    rasa = Rasa(settings.rasa_url, settings.rasa_token.get_secret_value(), settings.rasa_timeout)
    senders = make_senders(settings, stores.line)
    outcomes = Outcomes(stores.outcome_lane, reports, now)
    conversations = Conversations(
        lane=stores.inbox_lane,
        answers=TurnReplies(stores.tables.replies, stores.outbox),
        outcomes=outcomes,
        book=stores.book,
        reports=reports,
        rasa=rasa,
        signs=stores.tables.signs,
        metrics=stores.metrics,
        is_drill=settings.is_drill,
        api_away_after=settings.api_away_after,
        schedule=settings.turn_schedule,
        clock=now,
    )
    dispatch = make_dispatch(settings, stores, senders)
    crews = [
        Crew(lane, handle, slots=slots, lease=settings.lease, limit=settings.work_limit, clock=now)
        for lane, handle, slots in (
            (stores.inbox_lane, conversations.turn, settings.turn_slots),
            (stores.outcome_lane, outcomes.post, OUTCOME_SLOTS),
            *((lane, dispatch.send, settings.send_slots) for lane in stores.outbox.lanes.values()),
        )
    ]
    helpers = [
        asyncio.create_task(beat(stores)),
        asyncio.create_task(ring(stores.redis, crews)),
        asyncio.create_task(watch(stores.redis, crews, now)),
        asyncio.create_task(hear(settings, stores, stopping)),
    ]
    log.info("worker_started")
    await asyncio.gather(*(crew.run(stopping) for crew in crews))
    for helper in helpers:
        helper.cancel()
    await asyncio.gather(*helpers, return_exceptions=True)
    closing: list[Closes] = [reports, rasa, *senders.values(), stores]
    for one in closing:
        await one.close()
    log.info("worker_stopped")


def make_dispatch(settings: Settings, stores: Stores, senders: Mapping[str, Sender]) -> Dispatch:
    """Make what sends the replies."""
    late_after = timedelta(seconds=settings.question_late_after)
    chat = per_second(settings.telegram_chat_rate)
    return Dispatch(
        outbox=stores.outbox,
        outcome_lane=stores.outcome_lane,
        book=stores.book,
        wording=Wording(stores.tables.replies, settings.is_drill, late_after),
        brakes=Brakes(Limits(stores.redis), stores.seal, chat),
        senders=senders,
        deliveries=stores.deliveries,
        schedule=settings.send_schedule,
        silent_after=settings.silent_after,
        clock=now,
    )


async def beat(stores: Stores) -> None:
    """Say again and again that a worker lives, and how what it works on stands."""
    while True:
        with contextlib.suppress(RedisError):
            await stores.redis.set(HEARTBEAT, 1, ex=BEAT_LASTS)
            oldest = await stores.parking.oldest()
            stores.metrics.oldest.set((now() - oldest).total_seconds() if oldest else 0)
            stores.metrics.parked.set(await stores.parking.count())
        await asyncio.sleep(BEAT_EVERY)


async def run() -> None:
    """Work until SIGTERM or SIGINT. Raises what start-up refuses."""
    settings = load_settings()
    stores = make_stores(settings, Tables.load(settings))
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopping.set)
    while not stopping.is_set():
        try:
            await stores.durable.check()
            break
        except RedisError:
            log.warning("queue_away")
            await pause(stopping, 1.0)
    stores.metrics.serve(settings.metrics_bind, settings.worker_metrics_port)
    gc.collect()
    gc.freeze()  # what is loaded stays: no later collection goes through it
    await work(settings, stores, stopping)


def main() -> None:
    """Run, or say in one sentence why not."""
    configure()
    try:
        asyncio.run(run())
    except (SettingsRefused, ReplyMissing, QueueNotDurable) as refusal:
        sys.exit(f"channels.worker: {refusal}")


if __name__ == "__main__":
    main()

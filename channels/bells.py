"""Who rings a crew's bell: its lane when it gets work, and a clock when what was put off is due.

One clock for all lanes: each asking for itself would be most of what a worker does.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.crew import Crew
from channels.lane_scripts import DUE
from channels.times import to_ms

PAUSE = 0.5  # seconds between two looks at all lanes
AWAY = 1.0  # seconds until Redis is asked again to tell us of work


async def ring(redis: Redis, crews: Sequence[Crew]) -> None:
    """Wake a crew when its lane gets work. A ring that is missed costs half a second, no more."""
    bells = {f"{crew.lane.name}:wake".encode(): crew.bell for crew in crews}
    while True:
        try:
            async with redis.pubsub() as calls:
                await calls.subscribe(*bells)
                while True:
                    call = await calls.get_message(ignore_subscribe_messages=True, timeout=5.0)
                    if call:
                        bells[call["channel"]].set()
        except RedisError:
            await asyncio.sleep(AWAY)


async def watch(redis: Redis, crews: Sequence[Crew], clock: Callable[[], datetime]) -> None:
    """Wake the crews whose lanes hold what is due: retries, leases that ran out, missed rings."""
    bells = {crew.lane.name.encode(): crew.bell for crew in crews}
    due = redis.register_script(DUE)
    while True:
        try:
            for lane in await due(args=[to_ms(clock()), *bells]):
                bells[lane].set()
        except RedisError:
            pass  # the crews say it when they find Redis away
        await asyncio.sleep(PAUSE)

"""`python -m channels.parked [ID]`: what was given up, by id, age and error; with an id, try it again.

No word of a message is shown. One that is tried again is understood and added to its alert; nothing
is said to the reporter, for hours later somebody else may hold the phone.
"""

import asyncio
import re
import sys
from datetime import timedelta

from redis.exceptions import RedisError

from channels.errors import SettingsRefused
from channels.inbox import NAME
from channels.parking import Parking
from channels.settings import load_settings
from channels.stores import connect, now

ENTRY = re.compile(r"[0-9]{1,19}-[0-9]{1,19}")


async def show(parking: Parking) -> int:
    """Print what is parked, oldest first, and return 0."""
    all_parked = await parking.all()
    for one in all_parked:
        age = timedelta(seconds=int((now() - one.at).total_seconds()))
        sys.stdout.write(f"{one.entry:<24}{age!s:<20}{one.error}\n")
    sys.stdout.write(f"parked messages: {len(all_parked)}\n")
    return 0


async def replay(parking: Parking, entry: str) -> int:
    """Have a message tried again; return 1 when there is none with this id."""
    if not ENTRY.fullmatch(entry) or not await parking.replay(entry, now()):
        sys.stderr.write("No parked message has this id: see `make parked`.\n")
        return 1
    sys.stdout.write("It is tried again. Should it fail again it is parked under a new id.\n")
    return 0


async def run(entry: str) -> int:
    """Do what was asked for over the running Redis. Raises SettingsRefused or RedisError."""
    redis = connect(load_settings())
    try:
        parking = Parking(redis, NAME)
        return await (replay(parking, entry) if entry else show(parking))
    finally:
        await redis.aclose()


def main() -> None:
    """Run, or say in one sentence why not."""
    try:
        sys.exit(asyncio.run(run("".join(sys.argv[1:2]))))
    except RedisError:
        sys.exit("channels.parked: Redis does not answer. Is Amaan running?")
    except SettingsRefused as refusal:
        sys.exit(f"channels.parked: {refusal}")


if __name__ == "__main__":
    main()

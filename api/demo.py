"""Makes the accounts of a demo: `python -m api.demo`. They stand in demo-accounts.json."""

import asyncio
import sys

from api.commands import command_call
from api.settings import Settings
from api.staff.demo import make_accounts


async def run(settings: Settings) -> None:
    """Add the accounts that are missing."""
    async with command_call(settings) as call:
        await make_accounts(call, settings.home / "demo-accounts.json")


def main() -> None:
    """Make the accounts, except in production."""
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    if settings.env == "production":
        sys.exit("Made-up accounts belong in a demo; this is production.")
    asyncio.run(run(settings))


if __name__ == "__main__":
    main()

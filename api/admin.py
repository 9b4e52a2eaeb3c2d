"""Makes the first administrator: `python -m api.admin USERNAME` prints a one-time link.

Whoever can run this already holds the database and its keys. Later administrators make accounts.
"""

import asyncio
import sys

from api.commands import command_call
from api.settings import Settings
from api.staff.models import Role
from api.staff.service import add, link_for, named

LINK = "/password/{token}"


async def run(settings: Settings, username: str) -> str:
    """Return a link that sets the password of this administrator, who is added if missing."""
    async with command_call(settings) as call:
        staff = await named(call, username)
        if staff is None:
            staff = await add(call, username, Role.ADMINISTRATOR, None)
        if staff.role != Role.ADMINISTRATOR:
            sys.exit("This username belongs to somebody who is no administrator.")
        token = await link_for(call, staff)
    return f"http://127.0.0.1:{settings.api_port}{LINK.format(token=token)}"


def main() -> None:
    """Print the link."""
    username = sys.argv[1].strip() if len(sys.argv) == 2 else ""  # noqa: PLR2004  # one argument
    if not username:
        sys.exit("Say for whom: make admin USERNAME=...")
    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    link = asyncio.run(run(settings, username))
    sys.stdout.write(f"Good once, for one hour:\n{link}\n")


if __name__ == "__main__":
    main()

"""What all webhooks share: the secret in the path, the raw body, and where it all goes.

What a route depends on is `async` though it waits for nothing: FastAPI would call a plain function
in a thread, which costs more than all that it does.
"""

import hmac
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request

from channels.intake import Intake
from channels.settings import Settings

LONGEST_BODY = 64 * 1024  # bytes


async def get_settings(request: Request) -> Settings:
    """Return the settings this app was made with."""
    return cast("Settings", request.app.state.settings)


async def get_intake(request: Request) -> Intake:
    """Return what takes messages and delivery reports."""
    return cast("Intake", request.app.state.stores.intake)


async def require_secret(secret: str, settings: Annotated[Settings, Depends(get_settings)]) -> None:
    """Answer as if there were nothing here unless the path holds our secret."""
    # The providers sign nothing, so a secret in the path is all we have.
    guesses = [is_same(secret, known) for known in settings.webhook_secrets()]
    if not any(guesses):
        raise HTTPException(404)


def is_same(given: str, known: str) -> bool:
    """Compare in constant time; an empty secret is like nothing."""
    return bool(known) and hmac.compare_digest(given.encode(), known.encode())


async def read_body(request: Request) -> bytes:
    """Return the raw body, or answer 413 once it is longer than any message is."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LONGEST_BODY:
            raise HTTPException(413)
    return body


Body = Annotated[bytes, Depends(read_body)]
Keep = Annotated[Intake, Depends(get_intake)]
Report = Keep

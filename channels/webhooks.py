"""What all webhooks share: the secret in the path, the raw body, and the inbox."""

import hmac
from typing import Annotated, cast

from fastapi import Depends, HTTPException, Request

from channels.deliveries import Deliveries
from channels.inbox import Inbox
from channels.settings import Settings

LONGEST_BODY = 64 * 1024  # bytes


def get_settings(request: Request) -> Settings:
    """Return the settings this app was made with."""
    return cast("Settings", request.app.state.settings)


def get_inbox(request: Request) -> Inbox:
    """Return the inbox messages are kept in."""
    return cast("Inbox", request.app.state.stores.inbox)


def get_deliveries(request: Request) -> Deliveries:
    """Return where delivery reports are noted."""
    return cast("Deliveries", request.app.state.stores.deliveries)


def require_secret(secret: str, settings: Annotated[Settings, Depends(get_settings)]) -> None:
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
Keep = Annotated[Inbox, Depends(get_inbox)]
Report = Annotated[Deliveries, Depends(get_deliveries)]

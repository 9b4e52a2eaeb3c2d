"""Telegram posts updates, with our secret in a header."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Header, HTTPException, Response

from channels.errors import NotAMessage
from channels.inbox import Inbox
from channels.intake import Intake
from channels.messages import InboundMessage
from channels.settings import Settings
from channels.telegram.updates import PROVIDER, Blocked, read_update
from channels.webhooks import Body, Keep, get_settings, is_same


async def require_header(
    settings: Annotated[Settings, Depends(get_settings)],
    token: Annotated[str, Header(alias="X-Telegram-Bot-Api-Secret-Token")] = "",
) -> None:
    """Answer as if there were nothing here unless the header holds our secret."""
    known = settings.telegram_secret.get_secret_value() if settings.telegram_secret else ""
    if not is_same(token, known):
        raise HTTPException(404)


router = APIRouter(prefix="/telegram", dependencies=[Depends(require_header)])


@router.post("/webhook")
async def receive(body: Body, inbox: Keep) -> Response:
    """Keep an update and say so."""
    try:
        given = json.loads(body)
        await keep(inbox, read_update(given))
    except (NotAMessage, ValueError, RecursionError):  # nested too deep to be read
        await inbox.quarantine(PROVIDER, body)
    return Response()


async def keep(inbox: Inbox | Intake, what: InboundMessage | Blocked | None) -> None:
    """Do with an update what it asks for; most often keep its message."""
    match what:
        case InboundMessage():
            await inbox.accept(what)
        case Blocked():
            await inbox.opt_out("telegram", what.address)

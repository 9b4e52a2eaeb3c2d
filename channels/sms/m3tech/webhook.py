"""M3 Tech posts with the fields in the query or the body; no id, no date, no signature."""

import uuid
from collections.abc import Mapping

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse

from channels.errors import NotAMessage
from channels.messages import InboundMessage
from channels.sms.fields import read_form, sender_of
from channels.webhooks import Body, Keep, require_secret

PROVIDER = "m3tech"

router = APIRouter(prefix=f"/sms/{PROVIDER}/{{secret}}", dependencies=[Depends(require_secret)])


@router.post("/inbound")
async def receive(request: Request, body: Body, inbox: Keep) -> PlainTextResponse:
    """Keep an SMS and answer in the words M3 Tech expects."""
    query: bytes = request.scope["query_string"]
    try:
        await inbox.accept(to_message(read_form(body) | read_form(query)))
    except NotAMessage:
        await inbox.quarantine(PROVIDER, query + b"\n" + body)
    return PlainTextResponse(f"SMS Accepted: {uuid.uuid4()}")


def to_message(fields: Mapping[str, str]) -> InboundMessage:
    """Read the fields. Raises NotAMessage when there is no sender."""
    return InboundMessage(
        provider=PROVIDER,
        channel="sms",
        external_id=None,
        address=sender_of(fields),
        text=fields.get("text", ""),
    )

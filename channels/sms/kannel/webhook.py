"""Kannel's smsbox asks with GET: `from` without a plus, `id` a UUID, `ts` epoch seconds."""

import contextlib
import re
from collections.abc import Mapping

from fastapi import APIRouter, Depends, Request, Response

from channels.deliveries import State
from channels.errors import NotAMessage
from channels.messages import InboundMessage
from channels.sms.fields import epoch, read_bytes, sender_of
from channels.webhooks import Keep, Report, read_body, require_secret

PROVIDER = "kannel"
STATES: dict[str, State] = {
    "1": "delivered",
    "2": "failed",
    "4": "sent",  # buffered
    "8": "sent",  # at the SMSC
    "16": "failed",  # rejected
}

GSM = "0"  # the coding of the GSM alphabet
UTF_16 = "utf-16-be"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

router = APIRouter(
    prefix=f"/sms/{PROVIDER}/{{secret}}", dependencies=[Depends(require_secret), Depends(read_body)]
)


@router.get("/inbound")
async def receive(request: Request, inbox: Keep) -> Response:
    """Keep an SMS. The empty answer tells smsbox to send nothing by itself."""
    query: bytes = request.scope["query_string"]
    try:
        await inbox.accept(to_message(read_bytes(query)))
    except NotAMessage:
        await inbox.quarantine(PROVIDER, query)
    return Response()


@router.get("/delivery")
async def delivered(request: Request, inbox: Keep, deliveries: Report) -> Response:
    """Note what became of an SMS of ours."""
    state = STATES.get(request.query_params.get("status", ""))
    message_id = request.query_params.get("id")
    if state and message_id:
        await deliveries.record(PROVIDER, message_id, state)
    else:
        await inbox.quarantine(PROVIDER, request.scope["query_string"])
    return Response()


def to_message(query: Mapping[str, bytes]) -> InboundMessage:
    """Read a query. Raises NotAMessage when it has no sender."""
    plain = {name: value.decode("utf-8", "replace") for name, value in query.items()}
    return InboundMessage(
        provider=PROVIDER,
        channel="sms",
        external_id=plain.get("id") or None,
        address=sender_of(plain),
        text=_text(query.get("text", b""), plain.get("coding", ""), plain.get("charset", "")),
        sent_at=epoch(plain.get("ts", "")),
    )


def _text(raw: bytes, coding: str, charset: str) -> str:
    """Decode what smsbox sends: UTF-8 for coding 0, as a rule UTF-16 for 2; nothing makes it fail."""
    with contextlib.suppress(UnicodeDecodeError):
        text = raw.decode("utf-8")
        # UTF-16 can be read as UTF-8 by accident, but never without control characters: the upper
        # half of each letter is 0 in Latin and 6 in Arabic script.
        if coding == GSM or not CONTROL.search(text):
            return text
    # By words (%a) smsbox cuts the last space of a UTF-16 text in half; the rest is still good.
    try:
        return raw.decode(charset or UTF_16, "replace")
    except (LookupError, ValueError):
        return raw.decode(UTF_16, "replace")

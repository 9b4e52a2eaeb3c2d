"""What Africa's Talking says of an SMS to us, by its callback and when we ask for messages.

The two give one message different ids, a UUID and a whole number; what they share is who wrote
what, with the link id or the date. Not the link id alone: the sandbox has one for all messages.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC
from typing import Literal

from channels.messages import InboundMessage
from channels.sms.fields import moment, sender_of

PROVIDER = "africastalking"


def to_message(fields: Mapping[str, str], road: Literal["called", "asked"]) -> InboundMessage:
    """Read the fields of either. Raises NotAMessage when there is no sender."""
    return InboundMessage(
        provider=PROVIDER,
        channel="sms",
        external_id=fields.get("id") or None,
        address=sender_of(fields),
        text=fields.get("text", ""),
        sent_at=moment(fields.get("date", "")),
        road=road,
        twins=tuple(_twins(fields)),
    )


def _twins(fields: Mapping[str, str]) -> Iterator[str]:
    said = f"{sender_of(fields)}\n{fields.get('text', '')}"
    if fields.get("linkId"):
        yield f"link\n{fields['linkId']}\n{said}"
    sent_at = moment(fields.get("date", ""))
    if sent_at:
        yield f"date\n{sent_at.astimezone(UTC).isoformat(timespec='seconds')}\n{said}"

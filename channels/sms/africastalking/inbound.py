"""What Africa's Talking says of an SMS to us, by its callback and when we ask for messages.

The two give one message different ids, a UUID and a whole number; what they share is the link id,
else who wrote what when.
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
    if fields.get("linkId"):
        yield f"link\n{fields['linkId']}"
    sent_at = moment(fields.get("date", ""))
    if sent_at:
        at = sent_at.astimezone(UTC).isoformat(timespec="seconds")
        yield f"same\n{sender_of(fields)}\n{at}\n{fields.get('text', '')}"

"""Fields of a provider's request, read leniently: what is odd is left out, never refused."""

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import parse_qsl

from channels.errors import NotAMessage
from channels.sms.numbers import origin


def read_form(encoded: bytes) -> dict[str, str]:
    """Read a form or query. Empty fields stay: an empty SMS is a message too."""
    return dict(parse_qsl(encoded.decode("utf-8", "replace"), keep_blank_values=True))


def read_bytes(encoded: bytes) -> dict[str, bytes]:
    """Read a query whose fields may be in any charset."""
    pairs = parse_qsl(encoded.decode("latin-1"), keep_blank_values=True, encoding="latin-1")
    return {name: value.encode("latin-1") for name, value in pairs}


def sender_of(fields: Mapping[str, str]) -> str:
    """Return who sent it, as `origin` writes it. Raises NotAMessage when nobody did."""
    sender = origin(fields.get("from", ""))
    if sender is None:
        raise NotAMessage
    return sender


def moment(raw: str) -> datetime | None:
    """Read a date in ISO form, with T or a space, UTC unless it says otherwise."""
    try:
        read = datetime.fromisoformat(raw)
    except ValueError:
        return None
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read


def epoch(raw: str) -> datetime | None:
    """Read seconds since 1970."""
    try:
        return datetime.fromtimestamp(int(raw), UTC)
    except (ValueError, OverflowError, OSError):
        return None

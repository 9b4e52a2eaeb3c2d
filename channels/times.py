"""Time as the scripts of Redis count it."""

from datetime import datetime


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970."""
    return int(moment.timestamp() * 1000)

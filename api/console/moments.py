"""Moments and spans of time in words. People read the time of Pakistan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from api.alerts.deadlines import KARACHI

if TYPE_CHECKING:
    from datetime import datetime

    from api.console.words import Words

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A moment for people and, as ISO 8601 in UTC, for programs."""

    text: str
    short: str  # without the year
    iso: str


def moment(at: datetime, words: Words) -> Moment:
    """Return a moment as `22 Nov 2026, 07:05`."""
    local = at.astimezone(KARACHI)
    month = words.name("month", str(local.month))
    day, time = f"{local.day} {month}", f"{local:%H:%M}"
    return Moment(
        text=words.join([f"{day} {local.year}", time]),
        short=words.join([day, time]),
        iso=at.isoformat(),
    )


def span(time: timedelta, words: Words) -> str:
    """Return a span, as exact as its length deserves, never longer than it is."""
    minutes = time % HOUR // MINUTE
    if time >= DAY:
        return words.say("span.days", days=time.days, hours=time % DAY // HOUR)
    if time >= HOUR:
        return words.say("span.hours", hours=time // HOUR, minutes=minutes)
    return words.say("span.minutes", minutes=minutes)

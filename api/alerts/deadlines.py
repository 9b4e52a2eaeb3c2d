"""By when an alert is to be acknowledged: a pure function of its risk and the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

import yaml

from api.alerts.risk import Risk

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Pakistan keeps no summer time; a fixed offset needs no table of time zones on the machine.
KARACHI = timezone(timedelta(hours=5), "Asia/Karachi")
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """The time each band has, and when units are open."""

    around_the_clock: Mapping[Risk, timedelta]
    while_open: Mapping[Risk, timedelta]
    days: frozenset[int]  # Monday is 0
    opens: time
    closes: time


def load_deadlines(file: Path) -> Deadlines:
    """Read the bands and the working week; ValueError when a band or the week is missing."""
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    bands = {Risk.of(word): band for word, band in told["bands"].items()}
    week = told["open"]
    opens, closes = time.fromisoformat(week["from"]), time.fromisoformat(week["to"])
    if set(bands) != set(Risk) or not week["days"] or opens >= closes:
        raise ValueError("Deadlines need a time for every band, and a week that opens.")
    return Deadlines(
        around_the_clock={
            risk: timedelta(hours=band["hours"]) for risk, band in bands.items() if "hours" in band
        },
        while_open={
            risk: timedelta(hours=band["working_hours"])
            for risk, band in bands.items()
            if "working_hours" in band
        },
        days=frozenset(DAYS.index(day) for day in week["days"]),
        opens=opens,
        closes=closes,
    )


def due_at(risk: Risk, now: datetime, deadlines: Deadlines) -> datetime:
    """Return the moment (UTC) by which an alert of this risk is to be acknowledged."""
    if risk in deadlines.around_the_clock:
        return (now + deadlines.around_the_clock[risk]).astimezone(UTC)
    left = deadlines.while_open[risk]
    moment = now.astimezone(KARACHI)
    while True:
        opening = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        if moment.weekday() in deadlines.days:
            start = max(moment, datetime.combine(moment, deadlines.opens, KARACHI))
            end = datetime.combine(moment, deadlines.closes, KARACHI)
            if start + left <= end:
                return (start + left).astimezone(UTC)
            left -= max(end - start, timedelta())
        moment = opening + timedelta(days=1)

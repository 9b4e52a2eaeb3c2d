"""What the queue shows of an alert. Pure: lines of the API in, words out; no request, no database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.alerts.case_code import written
from api.console.moments import Moment, moment, span
from api.places.units import COMMISSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime, timedelta

    from api.alerts.schemas import AlertLine, ChildOut
    from api.console.words import Words
    from api.places.units import Unit
    from api.reference import Reference

MOST_CONCERNS = 2  # a queue is read at a glance; the alert shows all


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookups:
    """What a view needs beside the alert: the words, the names of concerns and of units."""

    words: Words
    concerns: Mapping[str, Mapping[str, str]]  # code -> language -> name
    units: Sequence[Unit]

    @classmethod
    def of(cls, reference: Reference, words: Words) -> Lookups:
        """Take them from the reviewed data."""
        return cls(words=words, concerns=reference.taxonomy.labels, units=reference.units)

    def concern(self, code: str) -> str:
        """Return what a concern is called."""
        return self.concerns[code][self.words.language] if code in self.concerns else code

    def unit(self, code: str) -> str:
        """Return what a unit is called; the commission's desk is no unit of the table."""
        if code == COMMISSION:
            return self.words.say("unit.commission")
        return next((unit.name for unit in self.units if unit.code == code), code)

    def desks(self) -> list[tuple[str, str]]:
        """Return where alerts may lie, to choose from: every unit, and the commission."""
        codes = (*(unit.code for unit in self.units), COMMISSION)
        return [(code, self.unit(code)) for code in codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The time left to acknowledge, or when that happened; None once an alert is closed."""

    text: str
    late: bool
    at: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """An alert as a row of the queue."""

    id: str
    number: str
    risk: str
    due: Due | None
    concern: str
    others: Sequence[str]
    more: int  # concerns that are not shown
    place: str | None
    district: str | None
    children: str
    language: str
    channel: str
    status: str
    who: str | None
    marks: Sequence[str]  # codes of the group `mark`


def line_view(line: AlertLine, now: datetime, lookups: Lookups) -> LineView:
    """Return a row of the queue."""
    words = lookups.words
    return LineView(
        id=str(line.id),
        number=written(line.case_code),
        risk=line.risk,
        due=due(line, now, words),
        concern=lookups.concern(line.concerns[0]),
        others=[lookups.concern(code) for code in line.concerns[1:MOST_CONCERNS]],
        more=max(0, len(line.concerns) - MOST_CONCERNS),
        place=line.place.name if line.place else None,
        district=line.district,
        children=children(line.children, words),
        language=words.name("language", line.language),
        channel=words.name("channel", line.channel),
        status=words.name("status", line.status),
        who=who(line, words),
        marks=marks(line),
    )


def due(line: AlertLine, now: datetime, words: Words) -> Due | None:
    """Return how much time is left; the deadline is met by acknowledging."""
    if line.acknowledged_at is not None:
        at = moment(line.acknowledged_at, words)
        return Due(text=words.say("line.acknowledged"), late=False, at=at)
    if line.status == "closed":
        return None
    left: timedelta = line.due_at - now
    late = line.due_at < now
    key = "line.late" if late else "line.left"
    text = words.say(key, time=span(abs(left), words))
    return Due(text=text, late=late, at=moment(line.due_at, words))


def who(line: AlertLine, words: Words) -> str | None:
    """Return with whom an alert is, else who acknowledged it."""
    if line.assigned_to is not None:
        return words.say("line.assigned", who=line.assigned_to)
    if line.acknowledged_by is not None:
        return words.say("line.by", who=line.acknowledged_by)
    return None


def children(told: Sequence[ChildOut], words: Words) -> str:
    """Return the children of an alert as `Girl, 9 years`; two children are parted by a bar."""
    if not told:
        return words.say("line.no_children")
    return " | ".join(child(one, words) for one in told)


def child(told: ChildOut, words: Words) -> str:
    """Return what is known of one child."""
    gender = words.name("gender", told.gender or "unknown")
    if told.age is None:
        return words.join([gender, words.say("line.age_unknown")])
    return words.join([gender, words.say("line.age", age=told.age)])


def marks(line: AlertLine) -> list[str]:
    """Return what an officer has to know of an alert before opening it."""
    rules = {reason.rule for reason in line.risk_reasons}
    held = {
        "drill": line.drill,
        "restricted": line.restricted,
        "reporter_is_child": "R8" in rules,
        "call_back": "R9" in rules,
        "incomplete": not line.complete,
    }
    return [mark for mark, holds in held.items() if holds]

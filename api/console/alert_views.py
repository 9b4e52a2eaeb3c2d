"""What the page of one alert shows. Pure, as the views of the queue are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from api.alerts.case_code import written
from api.console.moments import Moment, moment
from api.console.views import LineView, line_view

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from api.alerts.schemas import AlertOut, DuplicateOut, EventOut, SafeContact
    from api.console.views import Lookups

NOT_TOLD = "unknown"
OWN_WORDS = ("how", "when", "say", "never")

# What the codes in an event's detail are codes of; what is not here shows as it is.
GROUPS = {
    "created": {"risk": "risk", "unit": "unit"},
    "raised": {"from": "risk", "to": "risk"},
    "retriaged": {"from": "risk", "to": "risk"},
    "routed": {"from": "unit", "to": "unit"},
    "transferred": {"from": "unit", "to": "unit"},
    "closed": {"outcome": "outcome"},
    "report_moved": {"to": "case_code"},
    "corrected": {"what": "correction"},
}
BLANK = dict.fromkeys(("risk", "unit", "from", "to", "outcome", "what"), "–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Something that was told or found: its name, and the words that told it."""

    name: str
    words: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportView:
    """One text as told."""

    at: Moment
    text: str = field(repr=False)
    media: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactView:
    """Whether the reporter may be contacted, as a code, and their own words about it by code."""

    allowed: str  # allowed, refused or unknown
    words: Sequence[tuple[str, str]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnreachedView:
    """An answer of ours that did not reach the reporter: what it was, and why."""

    at: Moment
    kind: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """One line of the timeline; `by` is None when the machine did it."""

    at: Moment
    by: str | None
    what: str
    words: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertView:
    """One alert with all that its page shows."""

    line: LineView
    concerns: Sequence[str]
    closed: bool
    unit: str
    routing_reason: str
    place_words: str | None = field(repr=False)
    position: str | None = field(repr=False)
    when: str | None = field(repr=False)
    opened: Moment
    acknowledged: Moment | None
    acknowledged_by: str | None
    assigned_to: str | None
    reports: Sequence[ReportView]
    reasons: Sequence[Told]
    facts: Sequence[Told]
    not_so: Sequence[Told]
    contact: ContactView
    questions: Sequence[str]
    duplicates: Sequence[tuple[str, int, str]]  # case code, per cent, why
    unreached: Sequence[UnreachedView]
    timeline: Sequence[EventView]


def alert_view(alert: AlertOut, now: datetime, lookups: Lookups) -> AlertView:
    """Return an alert as its page shows it."""
    words = lookups.words
    seen = alert.acknowledged_at
    at = alert.location
    return AlertView(
        line=line_view(alert, now, lookups),
        concerns=[lookups.concern(code) for code in alert.concerns],
        closed=alert.status == "closed",
        unit=lookups.unit(alert.unit),
        routing_reason=alert.routing_reason,
        place_words=alert.place_words,
        position=f"{at.lat:.2f}, {at.lon:.2f}" if at else None,
        when=alert.when,
        opened=moment(alert.created_at, words),
        acknowledged=moment(seen, words) if seen else None,
        acknowledged_by=alert.acknowledged_by,
        assigned_to=alert.assigned_to,
        reports=[
            ReportView(
                at=moment(report.received_at, words),
                text=report.text,
                media=words.name("media", report.media) if report.media else None,
            )
            for report in alert.reports
        ],
        reasons=[
            Told(name=words.name("rule", reason.rule), words=reason.words)
            for reason in alert.risk_reasons
        ],
        facts=facts(alert, lookups, value=True),
        not_so=facts(alert, lookups, value=False),
        contact=contact_view(alert.safe_contact),
        questions=[words.name("question", question) for question in alert.unanswered],
        duplicates=[duplicate(other) for other in alert.duplicates],
        unreached=[
            UnreachedView(
                at=moment(answer.at, words),
                kind=words.name("reply", answer.kind),
                state=words.name("reach", answer.state),
            )
            for answer in alert.unreached
        ],
        timeline=[event_view(event, lookups) for event in alert.timeline],
    )


def facts(alert: AlertOut, lookups: Lookups, *, value: bool) -> list[Told]:
    """Return the facts that were told as true, or those told as false, each once.

    What one report affirms, another's denial does not undo: not knowing never lowers.
    """
    affirmed = {fact.fact for fact in alert.facts if fact.value}
    told = {
        fact.fact: fact.words
        for fact in alert.facts
        if fact.value == value and (value or fact.fact not in affirmed)
    }
    return [
        Told(name=lookups.words.name("fact", fact), words=words) for fact, words in told.items()
    ]


def contact_view(told: SafeContact | None) -> ContactView:
    """Return whether the reporter may be contacted; unless they said so, we do not do it first."""
    if told is None:
        return ContactView(allowed=NOT_TOLD, words=())
    allowed = {True: "allowed", False: "refused", None: NOT_TOLD}[told.allowed]
    own = [(name, getattr(told, name)) for name in OWN_WORDS]
    return ContactView(allowed=allowed, words=[(name, words) for name, words in own if words])


def duplicate(other: DuplicateOut) -> tuple[str, int, str]:
    """Return an alert that may tell of the same child, how alike it is, and in what."""
    return written(other.case_code), round(other.score * 100), other.why


def event_view(event: EventOut, lookups: Lookups) -> EventView:
    """Return a line of the timeline in words."""
    words = lookups.words
    detail = {name: str(value) for name, value in event.detail.items()}
    for name, group in GROUPS.get(event.kind, {}).items():
        if name in detail:
            detail[name] = meant(group, detail[name], lookups)
    return EventView(
        at=moment(event.at, words),
        by=event.by,
        what=words.name("event", event.kind, **(BLANK | detail)),
        words=event.text,
    )


def meant(group: str, code: str, lookups: Lookups) -> str:
    """Return what a code of an event's detail is called."""
    if group == "unit":
        return lookups.unit(code)
    if group == "case_code":
        return written(code)
    return lookups.words.name(group, code)

"""Keeps what reporters send and sees to it that a person will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args
from uuid import uuid4

from sqlalchemy import select

from api.alerts import access
from api.alerts.lifeline import lifeline_for
from api.alerts.service import tell
from api.alerts.telling import by_words, weigh_telling
from api.alerts.unread import FACTS, with_media
from api.alerts.weighing import told_in, weighable
from api.audit.service import record
from api.context import place_of
from api.places.position import locate
from api.reports.kept import by_key, deal_with, held_by_key, hold_conversation, position_of, text_of
from api.reports.models import Report
from api.reports.schemas import ReportAnswer, ReportIn, TurnIn
from api.schemas import Language
from language.form import form_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import timedelta

    from api.context import Call

AT_ONCE = 50  # reports a look at the clock deals with


async def receive(call: Call, told: ReportIn) -> ReportAnswer:
    """Keep a text, put it into the conversation's open alert, and act at once when it tells danger.

    So it does for a voice or a picture: no turn could tell what they say.

    The same key again keeps nothing more and answers the same.
    """
    await hold_conversation(call, told.conversation)
    report = await by_key(call, told.key)
    if report is None:
        report = as_told(call, told)
        telling = by_words(told.text, call.reference, position_of(report))
        telling = with_media(telling, told.media)
        if told.media in FACTS or weigh_telling(telling, call.reference).danger:
            call.session.add(report)
            await call.session.flush()  # what it tells refers to it
            await tell(call, report, telling, language_of(call, told.text))
        else:
            report.alert_id = await access.add_to_open(call.session, told.conversation, call.now)
            call.session.add(report)  # with its alert, so that it is written once
        await record(call, "report_kept", alert_id=report.alert_id, report=str(report.id))
    return await answer(call, report)


def as_told(call: Call, told: ReportIn) -> Report:
    """Return a report's row, its text sealed."""
    report_id = uuid4()
    report = Report(
        id=report_id,
        key=told.key,
        conversation=told.conversation,
        channel=told.channel,
        text=call.seal.seal(told.text.encode(), context=place_of((report_id,))),
        received_at=told.received_at,
        kept_at=call.now,
        drill=told.drill,
        media=told.media,
        danger=False,
        understood=False,
    )
    if told.location is not None:
        position = locate(
            told.location.lat, told.location.lon, call.reference.gazetteer, call.reference.areas
        )
        report.lat, report.lon = position.lat, position.lon
        report.nearest_place, report.nearest_km = position.nearest, position.km
    return report


async def answer(call: Call, report: Report) -> ReportAnswer:
    """Return what the reporter's side is to know of a kept text."""
    joined = report.alert_id is not None
    if not report.danger or report.alert_id is None:
        return ReportAnswer(danger=False, joined=joined, lifeline=None, case_code=None)
    alert = await access.held(call.session, report.alert_id)
    if alert is None:
        return ReportAnswer(danger=True, joined=joined, lifeline="general", case_code=None)
    told, _ = told_in(call, await weighable(call, alert))
    variant = lifeline_for(told, call.reference.lifelines)
    return ReportAnswer(danger=True, joined=joined, lifeline=variant, case_code=alert.case_code)


async def settle_turn(call: Call, turn: TurnIn) -> None:
    """Note that a turn dealt with a report; when it failed, make an alert of the text."""
    if turn.outcome == "failed":
        report = await held_by_key(call, turn.key)
        if not report.understood:
            await tell_unread(call, report)
    await deal_with(call, turn.key)


async def overdue(call: Call, limit: timedelta) -> Sequence[str]:
    """Return the keys of reports that no turn has dealt with in this time, the oldest first."""
    query = (
        select(Report.key)
        .where(Report.dealt_with_at.is_(None), Report.kept_at <= call.now - limit)
        .order_by(Report.kept_at)
        .limit(AT_ONCE)
    )
    return (await call.session.scalars(query)).all()


async def settle_overdue(call: Call, key: str) -> None:
    """Make an alert of a report that no turn has dealt with, unless one just did."""
    report = await held_by_key(call, key)
    if report.dealt_with_at is None:
        await tell_unread(call, report)
        await deal_with(call, key)


async def tell_unread(call: Call, report: Report) -> None:
    """Put a text that no turn has understood into an alert, as reviewed words tell it."""
    text = text_of(call, report)
    telling = by_words(text, call.reference, position_of(report))
    await tell(call, report, telling, language_of(call, text))


def language_of(call: Call, text: str) -> Language | None:
    """Return the language form of a text, None when it does not tell."""
    language = form_of(text, call.reference.form_words).language
    return next((known for known in get_args(Language) if known == language != "unknown"), None)

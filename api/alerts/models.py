"""The tables of alerts: what was told, sealed where it is personal, and what staff did."""

from datetime import datetime
from enum import StrEnum
from typing import Any, override
from uuid import UUID, uuid4

from sqlalchemy import (
    JSON,
    BigInteger,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from api.alerts.risk import Risk
from api.database import Base, UtcTime
from api.schemas import Channel, Gender, Language

ALERT_ID = "alerts.id"


class Status(StrEnum):
    """How far an alert is."""

    NEW = "new"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    REFERRED = "referred"
    ACCEPTED = "accepted"
    CLOSED = "closed"


class RiskRank(TypeDecorator[Risk]):
    """A risk as 0 (immediate) to 3 (low), so that a queue sorts upwards by risk and by time."""

    impl = SmallInteger
    cache_ok = True

    @override
    def process_bind_param(self, value: Risk | None, dialect: Dialect) -> int | None:
        return None if value is None else Risk.IMMEDIATE - value

    @override
    def process_result_value(self, value: int | None, dialect: Dialect) -> Risk | None:
        return None if value is None else Risk(Risk.IMMEDIATE - value)


class Alert(Base):
    """One triaged item in a unit's queue. Select it only through `access`."""

    __tablename__ = "alerts"
    __table_args__ = (
        # The order of the queue within a unit and status. `updated_at` comes last to be looked at
        # here: reading each alert to learn that it is too old would take seconds.
        Index("ix_alerts_queue", "unit", "status", "risk", "due_at", "id", "updated_at"),
        Index("ix_alerts_unit_updated_at", "unit", "updated_at"),
        Index("ix_alerts_area_created_at", "area", "created_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    case_code: Mapped[str] = mapped_column(String(9), unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[Channel] = mapped_column(String(16))
    language: Mapped[Language] = mapped_column(String(16))
    drill: Mapped[bool]

    unit: Mapped[str] = mapped_column(String(32))
    routing_reason: Mapped[str]
    routed_by_staff: Mapped[bool] = mapped_column(default=False)
    district: Mapped[str | None] = mapped_column(String(64))
    area: Mapped[str | None] = mapped_column(String(130))  # district and tehsil: what is near
    place_id: Mapped[str | None] = mapped_column(String(200))
    place_words: Mapped[bytes | None]  # sealed
    lat: Mapped[float | None]  # rounded to about 1 km
    lon: Mapped[float | None]

    status: Mapped[str] = mapped_column(String(16), default=Status.NEW)
    risk: Mapped[Risk] = mapped_column(RiskRank)
    risk_reasons: Mapped[bytes]  # sealed JSON: [{"rule", "words"}]
    rules: Mapped[list[str]] = mapped_column(JSON)  # their ids alone, for lists
    concerns: Mapped[list[str]] = mapped_column(JSON)  # likeliest first
    restricted: Mapped[bool] = mapped_column(default=False)
    complete: Mapped[bool] = mapped_column(default=False)
    reporter_is_child: Mapped[bool] = mapped_column(default=False)
    unanswered: Mapped[list[str]] = mapped_column(JSON, default=list)
    safe_contact: Mapped[bytes | None]  # sealed JSON
    told_when: Mapped[bytes | None]  # sealed: "tonight", as told

    created_at: Mapped[datetime] = mapped_column(UtcTime)
    updated_at: Mapped[datetime] = mapped_column(UtcTime)
    due_at: Mapped[datetime] = mapped_column(UtcTime)
    acknowledged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    acknowledged_by: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    assigned_to: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    retriaged_at: Mapped[datetime | None] = mapped_column(UtcTime)
    retriaged_to: Mapped[Risk | None] = mapped_column(RiskRank)


class AlertCount(Base):
    """How many alerts a change brought a unit, by status and risk. The sum of all rows is the number.

    The database's own triggers write them.
    """

    __tablename__ = "alert_counts"

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True
    )
    unit: Mapped[str] = mapped_column(String(32))
    status: Mapped[str] = mapped_column(String(16))
    risk: Mapped[Risk] = mapped_column(RiskRank)
    number: Mapped[int]


class AlertFact(Base):
    """A fact a text told: true or false, and the words that told it."""

    __tablename__ = "alert_facts"
    __table_args__ = (UniqueConstraint("report_id", "fact"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey(ALERT_ID), index=True)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id"))
    fact: Mapped[str] = mapped_column(String(64))
    value: Mapped[bool]
    words: Mapped[bytes | None]  # sealed
    told_at: Mapped[datetime] = mapped_column(UtcTime)


class AlertConcern(Base):
    """A concern a text told, how likely it is (0 to 1), and the words that told it."""

    __tablename__ = "alert_concerns"
    __table_args__ = (UniqueConstraint("report_id", "code"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey(ALERT_ID), index=True)
    report_id: Mapped[UUID] = mapped_column(ForeignKey("reports.id"))
    code: Mapped[str] = mapped_column(String(64))
    p: Mapped[float]
    words: Mapped[bytes | None]  # sealed
    told_at: Mapped[datetime] = mapped_column(UtcTime)


class AlertChild(Base):
    """A child an alert is about, as far as it is known."""

    __tablename__ = "alert_children"
    __table_args__ = (UniqueConstraint("alert_id", "position"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey(ALERT_ID))
    position: Mapped[int]
    age: Mapped[int | None] = mapped_column(SmallInteger)
    gender: Mapped[Gender | None] = mapped_column(String(8))
    told_at: Mapped[datetime] = mapped_column(UtcTime)


class AlertEvent(Base):
    """One line of an alert's timeline: who did what, when, and the words they wrote."""

    __tablename__ = "alert_events"
    __table_args__ = (Index("ix_alert_events_alert_id_at", "alert_id", "at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    alert_id: Mapped[UUID] = mapped_column(ForeignKey(ALERT_ID))
    at: Mapped[datetime] = mapped_column(UtcTime)
    kind: Mapped[str] = mapped_column(String(32))
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # codes only
    words: Mapped[bytes | None]  # sealed

"""The table of the audit log. The database itself refuses to change or delete its rows."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, UtcTime


class AuditRow(Base):
    """Who did or saw what, and when."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_alert_id_at", "alert_id", "at"),)

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True
    )
    at: Mapped[datetime] = mapped_column(UtcTime)
    actor: Mapped[str] = mapped_column(String(16))  # staff, actions, channels, clock, command
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"), index=True)
    act: Mapped[str] = mapped_column(String(32))
    alert_id: Mapped[UUID | None] = mapped_column(ForeignKey("alerts.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)  # codes and ids only

"""The table of grants."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, UtcTime


class Grant(Base):
    """One member of staff may see one alert until a moment, for a reason that is a code."""

    __tablename__ = "grants"
    __table_args__ = (Index("ix_grants_staff_id_until", "staff_id", "until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    alert_id: Mapped[UUID] = mapped_column(ForeignKey("alerts.id"), index=True)
    why: Mapped[str] = mapped_column(String(64))
    until: Mapped[datetime] = mapped_column(UtcTime)
    created_at: Mapped[datetime] = mapped_column(UtcTime)

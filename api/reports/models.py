"""The tables of reports: one row for each text, and one for each conversation."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, UtcTime
from api.schemas import Channel, Media


class Conversation(Base):
    """The random id under which we know a reporter. Its row is the lock of what is told in it."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Report(Base):
    """One text a reporter sent, as told; never edited."""

    __tablename__ = "reports"
    __table_args__ = (
        # What the clock asks every few seconds: texts that no turn has dealt with.
        Index(
            "ix_reports_waiting",
            "kept_at",
            sqlite_where=text("dealt_with_at IS NULL"),
            postgresql_where=text("dealt_with_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    channel: Mapped[Channel] = mapped_column(String(16))
    text: Mapped[bytes]  # sealed, with the row's id as context
    received_at: Mapped[datetime] = mapped_column(UtcTime)
    kept_at: Mapped[datetime] = mapped_column(UtcTime)
    drill: Mapped[bool]
    media: Mapped[Media | None] = mapped_column(String(16))
    lat: Mapped[float | None]  # rounded to about 1 km
    lon: Mapped[float | None]
    nearest_place: Mapped[str | None] = mapped_column(String(200))
    nearest_km: Mapped[float | None]
    danger: Mapped[bool] = mapped_column(default=False)
    alert_id: Mapped[UUID | None] = mapped_column(ForeignKey("alerts.id"), index=True)
    understood: Mapped[bool] = mapped_column(default=False)  # a turn told what it says
    dealt_with_at: Mapped[datetime | None] = mapped_column(UtcTime)

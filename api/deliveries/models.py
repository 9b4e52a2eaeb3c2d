"""The table of deliveries: one row for each reply that did not simply arrive."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, UtcTime


class Delivery(Base):
    """What is known last of one reply. Neither its words nor any address are here."""

    __tablename__ = "deliveries"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)  # the reply's own
    conversation: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    # The key of the report it answers; the api may hear of the reply before it has the report.
    report: Mapped[str] = mapped_column(String(200), index=True)
    kind: Mapped[str] = mapped_column(String(16))
    state: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(UtcTime)

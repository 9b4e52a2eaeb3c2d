"""The tables of staff: accounts, tokens, and failed attempts to sign in."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, UtcTime


class Role(StrEnum):
    """What a member of staff may do."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    COMMISSION = "commission"
    ADMINISTRATOR = "administrator"


class Kind(StrEnum):
    """What a token opens: the API, the console, or once, the setting of a password."""

    BEARER = "bearer"
    SESSION = "session"
    LINK = "link"


class Staff(Base):
    """An account. The commission's unit is `commission`; an administrator has none."""

    __tablename__ = "staff"
    __table_args__ = (
        CheckConstraint(
            "(role = 'administrator') = (unit IS NULL)", name="administrator_has_no_unit"
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    username: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str | None] = mapped_column(String(32))
    password: Mapped[str | None] = mapped_column(String(200))  # argon2; none until it is set
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcTime)


class Token(Base):
    """A random token, known only by its hash."""

    __tablename__ = "tokens"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(UtcTime)
    expires_at: Mapped[datetime] = mapped_column(UtcTime, index=True)


class Attempt(Base):
    """Failed attempts on one username, whether it exists or not, so that the answer tells nothing."""

    __tablename__ = "attempts"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)  # blind index of the username
    failures: Mapped[int]
    refused_until: Mapped[datetime] = mapped_column(UtcTime)

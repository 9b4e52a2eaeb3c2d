"""Keep what came with a text that no machine can read."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the kind of what came; the thing itself is never kept."""
    op.add_column("reports", sa.Column("media", sa.String(length=16), nullable=True))

"""Let the index of the queue hold the status, and when an alert last changed."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the index again; a million alerts hold up those who write for some seconds."""
    op.drop_index("ix_alerts_queue", "alerts")
    op.create_index(
        "ix_alerts_queue", "alerts", ["unit", "status", "risk", "due_at", "id", "updated_at"]
    )

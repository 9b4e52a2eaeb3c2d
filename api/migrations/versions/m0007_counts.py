"""Add the counts of alerts, which the database itself keeps."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

# A row for each change, and no row that is changed: two who work on alerts of one unit never wait
# for each other. A migration that makes the table of alerts anew, as SQLite needs for some, has to
# make these anew too.
ONE_LESS = (
    "INSERT INTO alert_counts (unit, status, risk, number) "
    "VALUES (OLD.unit, OLD.status, OLD.risk, -1);"
)
ONE_MORE = (
    "INSERT INTO alert_counts (unit, status, risk, number) "
    "VALUES (NEW.unit, NEW.status, NEW.risk, 1);"
)
COUNTED = {
    "sqlite": [
        f"CREATE TRIGGER alerts_came AFTER INSERT ON alerts BEGIN {ONE_MORE} END",
        f"CREATE TRIGGER alerts_went AFTER DELETE ON alerts BEGIN {ONE_LESS} END",
        (
            "CREATE TRIGGER alerts_moved AFTER UPDATE OF unit, status, risk ON alerts "
            f"BEGIN {ONE_LESS} {ONE_MORE} END"
        ),
    ],
    "postgresql": [
        (
            "CREATE FUNCTION count_alerts() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"IF TG_OP <> 'INSERT' THEN {ONE_LESS} END IF; "
            f"IF TG_OP <> 'DELETE' THEN {ONE_MORE} END IF; "
            "RETURN NULL; END $$"
        ),
        (
            "CREATE TRIGGER alerts_came_or_went AFTER INSERT OR DELETE ON alerts "
            "FOR EACH ROW EXECUTE FUNCTION count_alerts()"
        ),
        (
            "CREATE TRIGGER alerts_moved AFTER UPDATE OF unit, status, risk ON alerts "
            "FOR EACH ROW EXECUTE FUNCTION count_alerts()"
        ),
    ],
}


def upgrade() -> None:
    """Add the table, count what there is, and let triggers count from now on."""
    op.create_table(
        "alert_counts",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("risk", sa.SmallInteger(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alert_counts"),
    )
    for statement in COUNTED[op.get_bind().dialect.name]:
        op.execute(statement)
    op.execute(
        "INSERT INTO alert_counts (unit, status, risk, number) "
        "SELECT unit, status, risk, count(*) FROM alerts GROUP BY unit, status, risk"
    )

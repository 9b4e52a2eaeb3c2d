"""Add conversations, alerts and reports."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add conversations, alerts and reports."""
    op.create_table(
        "conversations",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_conversations"),
    )
    op.create_table(
        "alerts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_code", sa.String(length=9), nullable=False),
        sa.Column("conversation", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("routing_reason", sa.String(), nullable=False),
        sa.Column("routed_by_staff", sa.Boolean(), nullable=False),
        sa.Column("district", sa.String(length=64), nullable=True),
        sa.Column("area", sa.String(length=130), nullable=True),
        sa.Column("place_id", sa.String(length=200), nullable=True),
        sa.Column("place_words", sa.LargeBinary(), nullable=True),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("risk", sa.SmallInteger(), nullable=False),
        sa.Column("risk_reasons", sa.LargeBinary(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("concerns", sa.JSON(), nullable=False),
        sa.Column("restricted", sa.Boolean(), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("reporter_is_child", sa.Boolean(), nullable=False),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("safe_contact", sa.LargeBinary(), nullable=True),
        sa.Column("told_when", sa.LargeBinary(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Uuid(), nullable=True),
        sa.Column("assigned_to", sa.Uuid(), nullable=True),
        sa.Column("retriaged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("retriaged_to", sa.SmallInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"], ["staff.id"], name="fk_alerts_acknowledged_by_staff"
        ),
        sa.ForeignKeyConstraint(["assigned_to"], ["staff.id"], name="fk_alerts_assigned_to_staff"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_alerts_conversation_conversations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("case_code", name="uq_alerts_case_code"),
    )
    op.create_index("ix_alerts_area_created_at", "alerts", ["area", "created_at"])
    op.create_index("ix_alerts_conversation", "alerts", ["conversation"])
    op.create_index("ix_alerts_queue", "alerts", ["unit", "risk", "due_at", "id"])
    op.create_index("ix_alerts_unit_updated_at", "alerts", ["unit", "updated_at"])
    op.create_table(
        "reports",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("conversation", sa.String(length=64), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drill", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("nearest_place", sa.String(length=200), nullable=True),
        sa.Column("nearest_km", sa.Double(), nullable=True),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=True),
        sa.Column("understood", sa.Boolean(), nullable=False),
        sa.Column("dealt_with_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_reports_alert_id_alerts"),
        sa.ForeignKeyConstraint(
            ["conversation"], ["conversations.id"], name="fk_reports_conversation_conversations"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.UniqueConstraint("key", name="uq_reports_key"),
    )
    op.create_index("ix_reports_alert_id", "reports", ["alert_id"])
    op.create_index("ix_reports_conversation", "reports", ["conversation"])
    op.create_index(
        "ix_reports_waiting",
        "reports",
        ["kept_at"],
        sqlite_where=sa.text("dealt_with_at IS NULL"),
        postgresql_where=sa.text("dealt_with_at IS NULL"),
    )
    op.create_table(
        "alert_facts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("fact", sa.String(length=64), nullable=False),
        sa.Column("value", sa.Boolean(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alerts.id"], name="fk_alert_facts_alert_id_alerts"),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_alert_facts_report_id_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_facts"),
        sa.UniqueConstraint("report_id", "fact", name="uq_alert_facts_report_id_fact"),
    )
    op.create_index("ix_alert_facts_alert_id", "alert_facts", ["alert_id"])
    op.create_table(
        "alert_concerns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("report_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=64), nullable=False),
        sa.Column("p", sa.Double(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_concerns_alert_id_alerts"
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["reports.id"], name="fk_alert_concerns_report_id_reports"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_concerns"),
        sa.UniqueConstraint("report_id", "code", name="uq_alert_concerns_report_id_code"),
    )
    op.create_index("ix_alert_concerns_alert_id", "alert_concerns", ["alert_id"])
    op.create_table(
        "alert_children",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("age", sa.SmallInteger(), nullable=True),
        sa.Column("gender", sa.String(length=8), nullable=True),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_children_alert_id_alerts"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_alert_children"),
        sa.UniqueConstraint("alert_id", "position", name="uq_alert_children_alert_id_position"),
    )
    op.create_table(
        "alert_events",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("staff_id", sa.Uuid(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name="fk_alert_events_alert_id_alerts"
        ),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name="fk_alert_events_staff_id_staff"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_events"),
    )
    op.create_index("ix_alert_events_alert_id_at", "alert_events", ["alert_id", "at"])

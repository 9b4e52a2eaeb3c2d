"""Fills a PostgreSQL with made-up alerts, written by the database itself so that it takes a minute.

Nine in ten are closed and three in ten lie with one unit, so that the queue of that unit is far
longer than any of ours will be. What is sealed in an alert is one sealed sample: lists open none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

LARGEST = "peshawar"  # the unit with three alerts in ten
GRANTED = 300  # alerts of other units that each member of staff may see

# `spread` is as good as random, and the same in every run.
ALERTS = """
INSERT INTO alerts (
    id, case_code, conversation, channel, language, drill, unit, routing_reason, routed_by_staff,
    district, area, place_id, status, risk, risk_reasons, rules, concerns, restricted, complete,
    reporter_is_child, unanswered, created_at, updated_at, due_at, acknowledged_at,
    acknowledged_by, assigned_to
)
SELECT
    gen_random_uuid(), lpad(number::text, 9, '0'), 'made-up-' || number, 'sms', 'roman_ur', false,
    CASE
        WHEN spread % 10 < 3 THEN :largest
        ELSE (CAST(:units AS text[]))[1 + (spread / 10) % array_length(CAST(:units AS text[]), 1)]
    END,
    'made up', false, 'Peshawar', 'made up ' || spread % 150,
    (CAST(:places AS text[]))[1 + spread % array_length(CAST(:places AS text[]), 1)],
    CASE
        WHEN share < 90 THEN 'closed'
        ELSE (ARRAY['new', 'acknowledged', 'in_progress', 'referred', 'accepted'])[1 + share % 5]
    END,
    risk, :sealed, '["R4", "R9"]', '["child_labour", "neglect"]', spread % 50 = 0, true, false,
    '[]', told, least(told + lasted, :now), told + (1 + 8 * risk) * interval '1 hour',
    CASE WHEN share <> 90 THEN told + interval '1 hour' END,
    CASE WHEN share <> 90 THEN CAST(:officer AS uuid) END,
    CASE WHEN share > 91 THEN CAST(:officer AS uuid) END
FROM (
    SELECT
        number, spread, (spread / 7) % 100 AS share, (ARRAY[0, 1, 1, 2, 2, 2, 3])[1 + spread % 7] AS risk,
        CAST(:now AS timestamptz) - (:alerts - number) * (interval '5 years' / :alerts) AS told,
        (spread % 720) * interval '1 hour' AS lasted
    FROM (
        SELECT number, abs(hashint4(number)::bigint) AS spread FROM generate_series(1, :alerts) number
    ) AS numbered
) AS made
"""
CONVERSATIONS = """
INSERT INTO conversations (id, created_at)
SELECT 'made-up-' || number, CAST(:now AS timestamptz) FROM generate_series(1, :alerts) number
"""
CHILDREN = """
INSERT INTO alert_children (id, alert_id, position, age, gender, told_at)
SELECT gen_random_uuid(), id, 0, 9, 'girl', created_at FROM alerts
"""
GRANTS = """
INSERT INTO grants (id, staff_id, alert_id, why, until, created_at)
SELECT gen_random_uuid(), staff.id, given.id, 'escalated', CAST(:now AS timestamptz) + interval '1 day', :now
FROM staff, LATERAL (
    SELECT id FROM alerts WHERE alerts.unit <> staff.unit
    ORDER BY case_code DESC LIMIT :granted
) AS given
"""

COUNTS = """
INSERT INTO alert_counts (unit, status, risk, number)
SELECT unit, status, risk, count(*) FROM alerts GROUP BY unit, status, risk
"""
# Constraints keep their indexes; ours have names that begin so.
INDEXES = """
SELECT indexname, indexdef FROM pg_indexes
WHERE tablename IN ('alerts', 'alert_children', 'grants') AND indexname LIKE 'ix\\_%'
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What made-up alerts are made of."""

    alerts: int
    units: Sequence[str]  # codes, the commission's desk among them
    places: Sequence[str]  # ids of the gazetteer
    sealed: bytes
    officer: UUID  # who acknowledged what is no longer new
    now: datetime


async def fill(engine: AsyncEngine, made: Made) -> None:
    """Write the alerts, their conversations, a child each, and grants; then have all of it counted."""
    given = {
        "largest": LARGEST,
        "granted": GRANTED,
        "alerts": made.alerts,
        "units": list(made.units),
        "places": list(made.places),
        "sealed": made.sealed,
        "officer": made.officer,
        "now": made.now,
    }
    async with engine.begin() as connection:
        indexes = (await connection.execute(text(INDEXES))).all()
        # Without the checks and triggers of each row, and with indexes made at the end, it takes
        # a fifth of the time.
        await connection.execute(text("SET LOCAL statement_timeout = 0"))
        await connection.execute(text("SET LOCAL session_replication_role = replica"))
        for index in indexes:
            await connection.execute(text(f"DROP INDEX {index.indexname}"))
        for statement in (CONVERSATIONS, ALERTS, CHILDREN, GRANTS, COUNTS):
            query = text(statement)
            wanted = {name: given[name] for name in query.compile().params}
            await connection.execute(query, wanted)
        for index in indexes:
            await connection.execute(text(index.indexdef))
    async with engine.connect() as connection:
        outside = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await outside.execute(text("SET statement_timeout = 0"))
        # What autovacuum would do within minutes of so many new rows.
        await outside.execute(text("VACUUM ANALYZE"))

"""How often a call of the services asks the database: most of what a turn costs here.

Fewer is better and is written down; one more needs a reason.
"""

import pytest
from sqlalchemy import event

BEATEN = "mera hamsaya roz apne bete ko marta hai"
FACT = [{"fact": "beaten", "value": True, "words": "marta hai"}]


@pytest.fixture
def asked(app):
    """The statements since it was last cleared, but for those that begin a transaction."""
    statements = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            statements.append(statement)

    event.listen(app.state.engine.sync_engine, "before_cursor_execute", note)
    return statements


@pytest.fixture
def turn(asked, channels, actions, report, told):
    """Tell a text as the services do; return how many statements each of the three calls took."""

    async def turn(key, text, **more):
        numbers = []
        for caller, call, body in (
            (channels, "reports", report(key, text)),
            (actions, "alerts", told(key, **more)),
            (channels, "turns", {"key": f"africastalking:{key}", "outcome": "handled"}),
        ):
            asked.clear()
            answer = await caller.post(f"/internal/v1/{call}", body)
            assert answer.status_code == 200, answer.text
            numbers.append(len(asked))
        return numbers

    return turn


async def test_a_first_text(turn):
    assert await turn("1", BEATEN, facts=FACT, place=None) == [6, 18, 1]


async def test_an_answer(turn):
    await turn("1", BEATEN, facts=FACT, place=None, children=[])
    numbers = await turn("2", "haan", intent="affirm", concerns=[], continues=True, children=[])
    assert numbers == [5, 11, 1]


async def test_an_alert_with_many_like_it(turn, make_alert):
    for number in range(5):
        await make_alert(f"o{number}", conversation=f"o{number}")
    await turn("1", BEATEN, facts=FACT)
    numbers = await turn("2", "haan", intent="affirm", concerns=[], continues=True)
    assert numbers == [5, 12, 1]

"""The short form of `make chaos`: real processes, killed and frozen, and nothing is lost."""

from tests.chaos.run import Plan, run


def test_nothing_is_lost_doubled_or_overtaken_while_things_break() -> None:
    tally = run(Plan(seed=2026, messages=90, people=30, seconds=25))
    assert {promise: ids for promise, ids in tally.breaches.items() if ids} == {}
    assert tally.figures["reports"] == 90
    assert tally.figures["alerts"]
    assert tally.figures["last texts answered"]
    assert tally.figures["of these killed"]

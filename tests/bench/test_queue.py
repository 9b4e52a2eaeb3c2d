"""Part f works at a small size: every question is answered and has its row. No figure is judged."""

from tests.bench import queue
from tests.bench.world import Sizes, World


def test_every_question_is_measured(tmp_path):
    world = World(folder=tmp_path, sizes=Sizes(alerts=20_000))
    filled, *rows = queue.measure(world, rounds=1)
    assert filled.name == "20,000 alerts written into PostgreSQL"
    assert len({row.name for row in rows}) == 15
    assert [row.limit for row in rows].count(queue.LIMIT) == 14
    assert all(row.value > 0 for row in rows)

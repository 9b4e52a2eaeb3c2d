"""(b) One turn, over the same dialogues: ours and stock Rasa's, and the whole way of ours."""

from collections.abc import Iterator, Sequence
from statistics import median

from scripts.train import model_path
from tests.bench.alerts_standin import Alerts
from tests.bench.arms import Arm, Played, ours, stock, whole
from tests.bench.processes import ROOT
from tests.bench.stock.model import make_model
from tests.bench.table import Limit, Row, at_least, percentile
from tests.bench.world import World


def measure(world: World) -> tuple[Row, ...]:
    """All arms, one round each in turn; the first round of each warms up and does not count."""
    folder, sizes = world.folder, world.sizes
    model = make_model(model_path(ROOT), folder)
    with (
        Alerts().serve() as alerts,
        stock(folder, model) as theirs,
        ours(folder, alerts.url) as own,
        whole(folder / "whole") as way,
    ):
        arms = (theirs, own, way)
        for arm in arms:
            arm.play(1, sizes.people)
            arm.alone, arm.together = Played(), Played()
        for _ in range(sizes.rounds):
            for arm in arms:
                arm.play(sizes.dialogues, sizes.people)
    return rows(theirs, own, way)


def rows(theirs: Arm, own: Arm, way: Arm) -> tuple[Row, ...]:
    """The arms side by side; ratios are of the rounds that were played next to each other."""
    return (
        *of_arm("turn, stock", theirs),
        *of_arm("turn, ours", own),
        *of_arm("whole way, ours", way),
        *beside("turn", theirs, own, at_least(5, 3)),
        *beside("whole way", theirs, way, at_least(2.5, 1.5)),
    )


def beside(name: str, theirs: Arm, own: Arm, limit: Limit) -> Iterator[Row]:
    """How many times as many turns ours does as stock."""
    per_core = ratio(work(theirs.together), work(own.together))
    yield Row(f"{name}: throughput per core to stock's turn", per_core, "times", limit)
    alone = ratio(work(theirs.alone), work(own.alone))
    yield Row(f"{name}: the same, one reporter at a time", alone, "times")
    walls = ratio(theirs.alone.walls, own.alone.walls)
    yield Row(f"{name}: stock's wall to ours", walls, "times")


def ratio(theirs: Sequence[float], own: Sequence[float]) -> float:
    """The median of the rounds' ratios."""
    return median(stock / ours for stock, ours in zip(theirs, own, strict=True))


def work(played: Played) -> list[float]:
    """Processor seconds a turn of all processes, round by round."""
    return [sum(one.values()) for one in played.processor]


def of_arm(name: str, arm: Arm) -> Iterator[Row]:
    """What a turn of one arm takes."""
    yield Row(f"{name}: median round", ms(median(arm.alone.walls)), "ms")
    yield Row(f"{name}: p95 of all", ms(percentile(arm.alone.seconds, 95)), "ms")
    yield Row(f"{name}: processor time", ms(median(work(arm.together))), "ms")
    for process in arm.together.processor[0]:
        part = median(one[process] for one in arm.together.processor)
        yield Row(f"{name}: of that, {process}", ms(part), "ms")


def ms(seconds: float) -> float:
    """Milliseconds."""
    return seconds * 1000

"""(c) From a message to its alert in the API at a steady rate, and (d) turns with 1 and 2 workers."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.amaan import Amaan, installation
from tests.bench.dialogues import TOWNS, UNIT, tellings
from tests.bench.load import Line, Sms, number
from tests.bench.seen import Watch, codes_of
from tests.bench.table import Row, at_most, percentile
from tests.bench.world import World
from tests.standins.africastalking import AfricasTalking

LOOK_EVERY = 0.02  # seconds
PATIENCE = 300.0  # seconds until what waits is dealt with
FAR = 1_000_000  # numbers of people who are nobody else's in the same installation


def measure(world: World) -> tuple[Row, ...]:
    """One worker first, then two."""
    return (*_measure(world, 1), *_measure(world, 2))


def _measure(world: World, workers: int) -> Iterator[Row]:
    folder = Path(world.folder) / f"workers-{workers}"
    folder.mkdir()
    with (
        AfricasTalking().serve() as provider,
        installation(folder, provider.url, workers) as amaan,
    ):
        told = [Sms(number(FAR + place), text) for place, text in first(world.sizes.rounds * 4)]
        deal_with(amaan, provider, told)  # each process has then seen a turn
        if workers == 1:
            yield from visible(amaan, provider, world)
        yield from busy(amaan, provider, world, workers)


def visible(amaan: Amaan, provider: AfricasTalking, world: World) -> Iterator[Row]:
    """Hand over reports at a rate; an officer looks."""
    sizes = world.sizes
    texts = itertools.islice(tellings(places=TOWNS), sizes.messages)
    told = [Sms(number(2 * FAR + place), text) for place, text in enumerate(texts)]
    with amaan.staff("officer", UNIT) as staff, Watch(staff).looking() as watch:
        sent = Line(amaan.inbound).hand_over(told, sizes.message_rate)
        seen = watch.wait({sms.number for sms in told}, lambda: codes_of(provider.sent))
    waits = [seen[one.sms.number] - one.due for one in sent if one.sms.number in seen]
    rate = f"message to alert at {sizes.message_rate:.0f}/s"
    yield Row(f"{rate}: p50", percentile(waits, 50), "s")
    yield Row(f"{rate}: p95", percentile(waits, 95), "s", at_most(1))
    yield Row(f"{rate}: not seen", sizes.messages - len(waits), "of all", at_most(0))
    yield Row(f"{rate}: looks that failed", watch.failed, "", at_most(0))


def busy(amaan: Amaan, provider: AfricasTalking, world: World, workers: int) -> Iterator[Row]:
    """Hand over many at once and wait until all is done."""
    count = world.sizes.messages
    told = [Sms(number(3 * FAR + place), text) for place, text in first(count)]
    before, began = amaan.processes.processor_seconds(), time.monotonic()
    unanswered = deal_with(amaan, provider, told)
    took = time.monotonic() - began
    after = amaan.processes.processor_seconds()
    cost = sum(after[name] - before[name] for name in before) / count
    name = f"{workers} worker and Rasa" if workers == 1 else f"{workers} workers and Rasas"
    yield Row(f"{name}: first texts, webhook to provider", count / took, "messages/s")
    yield Row(f"{name}: processor time of one", cost * 1000, "ms")
    yield Row(f"{name}: unanswered", unanswered, "of all", at_most(0))


def first(count: int) -> Iterator[tuple[int, str]]:
    """So many first texts from all districts."""
    return enumerate(itertools.islice(tellings(), count))


def deal_with(amaan: Amaan, provider: AfricasTalking, told: list[Sms]) -> int:
    """Hand over all and wait until nothing waits; how many people got no reply."""
    Line(amaan.inbound).hand_over(told)
    until = time.monotonic() + PATIENCE
    while amaan.waiting() and time.monotonic() < until:
        time.sleep(LOOK_EVERY)
    answered = {one["to"] for one in provider.sent}
    return sum(sms.number not in answered for sms in told)

"""(e) A burst, of which one in a hundred tells danger: when the last danger is seen, when all is done."""

import itertools
import random
import time
from collections.abc import Iterator

from tests.bench.amaan import installation
from tests.bench.dialogues import DANGER, marks, tellings
from tests.bench.load import Line, Sms, number
from tests.bench.seen import Watch
from tests.bench.table import Row, at_most
from tests.bench.world import Sizes, World
from tests.standins.africastalking import AfricasTalking

UNIT, DISTRICT = "mardan", "Mardan"
WORKERS = 2
SEED = 11
LOOK_EVERY = 0.2  # seconds
PATIENCE = 900.0


def measure(world: World) -> tuple[Row, ...]:
    """Hand all over as fast as they are taken, and watch."""
    sizes = world.sizes
    dangers, told = burst_of(sizes)
    with (
        AfricasTalking().serve() as provider,
        installation(world.folder, provider.url, WORKERS) as amaan,
        amaan.staff("officer", UNIT) as staff,
    ):
        before = amaan.processes.memory()
        watch = Watch(staff, dangers, risk="immediate")
        watch.start()
        began = time.monotonic()
        sent = Line(amaan.inbound).hand_over(told)
        kept = time.monotonic()
        watch.wait()
        while amaan.waiting() and time.monotonic() < kept + PATIENCE:
            time.sleep(LOOK_EVERY)
        done = time.monotonic()
        after = amaan.processes.memory()
        answered = {one["to"] for one in provider.sent}
    since = {one.sms.id: one.kept for one in sent}
    waits = [
        watch.seen[mark] - since[sms.id] for mark, sms in dangers.items() if mark in watch.seen
    ]
    last = max(watch.seen.values())
    many = f"burst of {sizes.burst:,}"
    return (
        Row(f"{many}: all kept after", kept - began, "s"),
        Row(f"{many}: longest from a danger's 200 to its alert", max(waits), "s", at_most(15)),
        Row(
            f"{many}: last danger alert, after the last 200",
            max(0.0, last - kept),
            "s",
            at_most(15),
        ),
        Row(f"{many}: last danger alert, after the first message", last - began, "s"),
        Row(f"{many}: danger not seen", sizes.burst_danger - len(waits), "of all", at_most(0)),
        Row(f"{many}: all done after", done - began, "s"),
        Row(
            f"{many}: unanswered",
            sum(sms.number not in answered for sms in told),
            "of all",
            at_most(0),
        ),
        *memory(before, after),
    )


def burst_of(sizes: Sizes) -> tuple[dict[str, Sms], list[Sms]]:
    """The danger texts by their marks, and all texts in the order they are sent."""
    people = map(number, itertools.count())
    each = zip(marks(), tellings(DANGER, of=DISTRICT), strict=False)
    dangers = {
        mark: Sms(next(people), f"{text} {mark}")
        for mark, text in itertools.islice(each, sizes.burst_danger)
    }
    others = itertools.islice(tellings(), sizes.burst - sizes.burst_danger)
    told = [*dangers.values(), *(Sms(next(people), text) for text in others)]
    random.Random(SEED).shuffle(told)  # noqa: S311  an order, no secret
    return dangers, told


def memory(before: dict[str, float], after: dict[str, float]) -> Iterator[Row]:
    """What each process holds before and after."""
    for name, held in before.items():
        yield Row(f"memory of {name}, before", held, "MB")
        yield Row(f"memory of {name}, after", after[name], "MB")

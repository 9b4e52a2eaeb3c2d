"""(e) A burst, of which one in a hundred tells danger: when the last danger is seen, when all is done."""

import itertools
import random
import time
from collections.abc import Iterator

from tests.bench.amaan import installation
from tests.bench.dialogues import DANGER, TOWNS, UNIT, tellings
from tests.bench.load import Line, Sms, number
from tests.bench.seen import Watch, codes_of
from tests.bench.table import Row, at_most
from tests.bench.world import Sizes, World
from tests.standins.africastalking import AfricasTalking

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
    ):
        before = amaan.processes.memory()
        began = time.monotonic()
        with (
            amaan.staff("officer", UNIT) as staff,
            Watch(staff, risk="immediate").looking() as watch,
        ):
            sent = Line(amaan.inbound).hand_over(told)
            kept = time.monotonic()
            seen = watch.wait(dangers, lambda: codes_of(provider.sent))
        while amaan.waiting() and time.monotonic() < kept + PATIENCE:
            time.sleep(LOOK_EVERY)
        done = time.monotonic()
        after = amaan.processes.memory()
        answered = {one["to"] for one in provider.sent}
    waits = [seen[one.sms.number] - one.kept for one in sent if one.sms.number in seen]
    last = max(seen.values(), default=done)
    many = f"burst of {sizes.burst:,}"
    return (
        Row(f"{many}: all kept after", kept - began, "s"),
        Row(
            f"{many}: longest from a danger's 200 to its alert",
            max(waits, default=last - began),
            "s",
            at_most(15),
        ),
        Row(
            f"{many}: last danger alert, after the last 200",
            max(0.0, last - kept),
            "s",
            at_most(15),
        ),
        Row(f"{many}: last danger alert, after the first message", last - began, "s"),
        Row(f"{many}: danger not seen", sizes.burst_danger - len(waits), "of all", at_most(0)),
        Row(f"{many}: looks that failed", watch.failed, "", at_most(0)),
        Row(f"{many}: all done after", done - began, "s"),
        Row(
            f"{many}: unanswered",
            sum(sms.number not in answered for sms in told),
            "of all",
            at_most(0),
        ),
        *memory(before, after),
    )


def burst_of(sizes: Sizes) -> tuple[set[str], list[Sms]]:
    """The numbers that tell danger, and all texts in the order they are sent."""
    dangers = itertools.islice(tellings(DANGER, TOWNS), sizes.burst_danger)
    others = itertools.islice(tellings(), sizes.burst - sizes.burst_danger)
    told = [Sms(number(place), text) for place, text in enumerate([*dangers, *others])]
    numbers = {sms.number for sms in told[: sizes.burst_danger]}
    random.Random(SEED).shuffle(told)  # noqa: S311  an order, no secret
    return numbers, told


def memory(before: dict[str, float], after: dict[str, float]) -> Iterator[Row]:
    """What each process holds before and after."""
    for name, held in before.items():
        yield Row(f"memory of {name}, before", held, "MB")
        yield Row(f"memory of {name}, after", after[name], "MB")

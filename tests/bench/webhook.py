"""(a) A webhook that keeps an SMS durably: the real channels process over a real Redis with fsync.

No worker runs: what turns take from the machine is measured in (b) to (e).
"""

import itertools
import time

from tests.bench.amaan import installation
from tests.bench.dialogues import tellings
from tests.bench.load import Line, Sent, Sms, number
from tests.bench.table import Row, at_most, percentile
from tests.bench.world import World
from tests.standins.africastalking import AfricasTalking

WARM = 200  # messages that do not count


def measure(world: World) -> tuple[Row, ...]:
    """A steady rate in rounds, then as fast as it goes."""
    sizes = world.sizes
    texts = (Sms(number(place), text) for place, text in enumerate(tellings()))
    with (
        AfricasTalking().serve() as provider,
        installation(world.folder, provider.url, workers=0) as amaan,
    ):
        line = Line(amaan.inbound)

        def send(count: int, rate: float | None = None) -> list[Sent]:
            return line.hand_over(itertools.islice(texts, count), rate)

        send(min(WARM, sizes.webhooks))
        before = amaan.processes.processor_seconds()["channels"]
        rounds = [
            send(sizes.webhooks // sizes.rounds, sizes.webhook_rate) for _ in range(sizes.rounds)
        ]
        spent = amaan.processes.processor_seconds()["channels"] - before
        began = time.monotonic()
        fast = send(sizes.webhooks // sizes.rounds)
        took = time.monotonic() - began
    waits = [[(sent.kept - sent.due) * 1000 for sent in one] for one in rounds]
    middle = sorted(percentile(one, 99) for one in waits)[len(waits) // 2]
    every = [wait for one in waits for wait in one]
    rate = f"at {sizes.webhook_rate:.0f}/s"
    return (
        Row(f"webhook {rate}: p50", percentile(every, 50), "ms"),
        Row(f"webhook {rate}: p99, median of the rounds", middle, "ms", at_most(25)),
        Row(f"webhook {rate}: p99 of all", percentile(every, 99), "ms"),
        Row("webhook: processor time of channels", spent / len(every) * 1000, "ms"),
        Row("webhook, as fast as it goes", len(fast) / took, "messages/s"),
    )

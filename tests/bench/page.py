"""Writes docs/performance.md: what was measured, on what, and beside which limit."""

import time
from collections.abc import Mapping, Sequence

from tests.bench.table import Row, markdown
from tests.bench.world import Sizes

HEAD = """# How fast Amaan is

Written by `make bench`; do not edit. Everything runs as real processes on one machine, what asks and
what answers for the provider too, and all of it shares the cores. Redis writes each message to the
disk before it answers (`appendfsync always`). The limits are those the project set itself; a floor
is what must not be missed.
"""
PARTS = {
    "webhook": "A webhook that keeps an SMS durably",
    "turn": "One turn, beside stock Rasa",
    "flow": "From a message to its alert, and more workers",
    "burst": "A burst",
    "queue": "The queue with a million alerts on PostgreSQL",
}
NOTES = {
    "webhook": """From when an SMS was due to its 200, over the real channels process and a real Redis; no worker
runs. What waits behind a slow one counts as slow.""",
    "turn": """The same dialogues of eight texts in {rounds} rounds, one arm after the other in each. *Stock* is Rasa
3.6.21 as its documentation has it: REST channel, Redis tracker store, Redis lock store, a form of
seven questions validated by its own rasa-sdk; [its project](../tests/bench/stock/README.md). Both
read texts with the same model. *Ours* asks one question more of its action server: a stand-in for
the api, whose own cost is not counted; stock's form tells nobody. *The whole way* goes from the
webhook to the reply at the provider's stand-in, the alert committed in between, and is compared with
stock's turn. Throughput per core is turns per second of processor time of all processes of an arm,
{people} reporters writing at the same moment, as under load; one reporter at a time, each process
sleeps between two turns and finds its caches cold. Ratios are medians of the rounds' ratios. `wall`
is one reporter at a time, text to last reply; the whole way also waits until nothing is left to do.""",
    "flow": """Reports of new reporters, each with its own alert, on the embedded stores (SQLite, one Redis). An
officer's list is asked again after every 100 ms; the time counts from when the message was due. With two workers each has a Rasa of its own.""",
    "burst": """{burst:,} first texts of as many reporters, {burst_danger} of them danger, in a fixed random order, as fast
as the webhook takes them; two workers, two Rasas. Danger is seen when it stands in the officer's list.""",
    "queue": """The real api is asked one request after another by an officer, a supervisor and the commission; a row is
the role that waits longest.""",
}


def page(measured: Mapping[str, Sequence[Row]], machine: Sequence[str], sizes: Sizes) -> str:
    """The whole page."""
    counts = {name: getattr(sizes, name) for name in Sizes.__slots__}
    parts = [
        f"## {PARTS[part]}\n\n{NOTES[part].format(**counts)}\n\n{markdown(rows)}"
        for part, rows in measured.items()
    ]
    day = time.strftime("%Y-%m-%d", time.gmtime())
    lines = "\n".join(f"- {line}" for line in machine)
    return "\n\n".join([HEAD.rstrip(), f"Measured on {day} on\n\n{lines}", *parts]) + "\n"

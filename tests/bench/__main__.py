"""`make bench`: measures everything, prints it, and writes docs/performance.md.

`--only turn` (or several) measures a part and writes nothing; `--sizes burst=500 rounds=2` makes it
another size, which writes nothing either.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

from tests.bench import burst, flow, queue, turn, webhook
from tests.bench.machine import machine
from tests.bench.page import PARTS, page
from tests.bench.processes import ROOT
from tests.bench.table import Row, plain
from tests.bench.world import Sizes, World

MEASURES: dict[str, Callable[[World], tuple[Row, ...]]] = {
    "webhook": webhook.measure,
    "turn": turn.measure,
    "flow": flow.measure,
    "burst": burst.measure,
    "queue": queue.measure,
}


def main() -> int:
    """Measure what is asked for. The exit code tells whether every limit's floor is held."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # what was started is ended all the same
    asked = arguments()
    sizes = sized(asked.sizes)
    measured = {part: measure(part, sizes) for part in asked.only or PARTS}
    if not (asked.only or asked.sizes):
        text = page(measured, machine(), sizes)
        (ROOT / "docs/performance.md").write_text(text, encoding="utf-8")
    missed = [row for rows in measured.values() for row in rows if "missed" in row.cells()]
    for row in missed:
        print("missed:", *row.cells())  # noqa: T201
    return 1 if missed else 0


def arguments() -> argparse.Namespace:
    """Read the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--only", nargs="*", default=[], choices=[*PARTS])
    options.add_argument("--sizes", nargs="*", default=[], metavar="NAME=NUMBER")
    return options.parse_args()


def sized(words: list[str]) -> Sizes:
    """The sizes, those named as told. Raises SystemExit at a name that is none."""
    kinds = {one.name: type(one.default) for one in fields(Sizes)}
    told = dict(word.split("=", 1) for word in words)
    if unknown := told.keys() - kinds:
        sys.exit(f"No such size: {', '.join(unknown)}. There are {', '.join(kinds)}.")
    return replace(Sizes(), **{name: kinds[name](value) for name, value in told.items()})


def measure(part: str, sizes: Sizes) -> tuple[Row, ...]:
    """Measure one part in a folder of its own, and print it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="amaan-bench-") as folder:
        rows = MEASURES[part](World(folder=Path(folder), sizes=sizes))
    print(f"\n{PARTS[part]} ({time.monotonic() - began:.0f} s)\n{plain(rows)}", flush=True)  # noqa: T201
    return rows


if __name__ == "__main__":
    sys.exit(main())

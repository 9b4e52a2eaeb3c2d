"""`make chaos`: breaks a running installation for minutes, then counts. Ends with 1 on a breach.

SEED (drawn unless given), MESSAGES, PEOPLE and MINUTES come from the environment.
"""

import logging
import os
import secrets
import sys

from tests.chaos.counting import Tally
from tests.chaos.run import Plan, run


def main() -> int:
    """Run, print the seed, the figures and the ids of breaches; no words of a text."""
    plan = Plan(
        seed=int(os.environ.get("SEED") or secrets.randbelow(10**6)),
        messages=int(os.environ.get("MESSAGES") or 2000),
        people=int(os.environ.get("PEOPLE") or 300),
        seconds=60 * float(os.environ.get("MINUTES") or 8),
    )
    # A worker that is killed hangs up on a stand-in, which is no news here.
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    say(f"seed {plan.seed}, {plan.messages} texts of {plan.people} people")
    return show(run(plan))


def show(tally: Tally) -> int:
    """Print a run; the exit code is 1 on a breach."""
    for name, figure in sorted(tally.figures.items()):
        say(f"{name}: {figure}")
    for promise, ids in tally.breaches.items():
        say(" ".join([f"{promise}: {len(ids)}", *ids]))
    broken = any(tally.breaches.values())
    say("a promise is broken" if broken else "every promise held")
    return int(broken)


def say(words: str) -> None:
    """Print a line now: a run takes minutes."""
    sys.stdout.write(f"chaos: {words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

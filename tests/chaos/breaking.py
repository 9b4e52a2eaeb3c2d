"""Breaks something every two seconds: kills it with -9, freezes it, or lets a provider fail.

The supervisor starts again what dies, PostgreSQL's owner (the store here) starts PostgreSQL.
"""

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from scripts.up import is_ready
from tests.chaos.processes import running, send
from tests.chaos.store import Store
from tests.standins.faults import Fault, Faults

EVERY = 2.0  # seconds
AT_ONCE = 2  # broken or coming back; with more of them down nothing would be in work to be cut off
# On a busy machine it takes minutes to come back; then it is let be for minutes.
UP_FOR_DOWN = 3.0
FROZEN = (0.5, 9.0)  # seconds; longer than what waits for it has patience
BACK_EVERY = 0.5  # seconds between two looks whether it is back
KILLED = 0.5  # of all; the others are frozen
KILLED_FROZEN = 0.3  # of what was frozen, instead of a thaw
FAILURES = (1, 6)  # answers of a provider, one after the other


@dataclass(frozen=True)
class Victim:
    """What can be broken, how often beside the others, and how long it is let be once it is back."""

    name: str
    weight: int
    rest: float  # seconds


# Rasa needs a quarter of a minute to start, several beside others: killed as often as the rest, it
# would never answer, and nothing but its absence would be tried.
VICTIMS = (
    Victim("channels", 3, 3),
    Victim("worker", 3, 5),
    Victim("redis", 3, 5),
    Victim("postgresql", 3, 5),
    Victim("api", 3, 5),
    Victim("actions", 2, 5),
    Victim("rasa", 1, 45),
)
PROVIDERS = Victim("providers", 4, 0)

BUSY = '{"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 2", "parameters": {"retry_after": 2}}'
# What each provider really does when it is unwell. A time-out may have taken the text or not; it
# is so long that a worker that was frozen while it waited does not read an answer after all.
TIMED_OUT = (Fault(after=40.0), Fault(after=40.0, take=True))
UNWELL: dict[str, Sequence[Fault]] = {
    "africastalking": (
        Fault(500),
        Fault(503),
        Fault(429, headers={"Retry-After": "2"}),
        *TIMED_OUT,
    ),
    "kannel": (Fault(500), Fault(503), *TIMED_OUT),
    "telegram": (Fault(500), Fault(502), Fault(429, BUSY), *TIMED_OUT),
}


@dataclass
class Breaking:
    """Breaks processes of an installation, its PostgreSQL and the providers' stand-ins."""

    rng: random.Random
    supervisor: int  # its process id
    ready: Mapping[str, str]  # where a process says that it is back, by its name
    store: Store
    faults: dict[str, Faults]
    figures: Counter[str] = field(default_factory=Counter)
    _down: set[str] = field(default_factory=set)
    _resting: dict[str, float] = field(default_factory=dict)

    async def until(self, ended: asyncio.Event) -> None:
        """Break things until told to end; then all that was frozen goes on."""
        async with asyncio.TaskGroup() as thawing:
            while not ended.is_set():
                await _pause(ended, EVERY)
                awake = self._awake()
                victim = self.rng.choices(awake, [one.weight for one in awake])[0]
                thawing.create_task(self._break(victim, ended))

    def _awake(self) -> list[Victim]:
        if len(self._down) >= AT_ONCE:
            return [PROVIDERS]
        now = time.monotonic()
        up = [one for one in VICTIMS if one.name not in self._down]
        return [PROVIDERS, *(one for one in up if self._resting.get(one.name, 0) < now)]

    async def _break(self, victim: Victim, ended: asyncio.Event) -> None:
        if victim is PROVIDERS:
            self._let_fail()
            return
        pids = self._pids(victim.name)
        if not pids:
            self.figures["was down already"] += 1
            return
        self.figures[f"broken: {victim.name}"] += 1
        began = time.monotonic()
        self._down.add(victim.name)
        kill = self.rng.random() < KILLED
        if not kill:
            send(signal.SIGSTOP, pids)
            await _pause(ended, self.rng.uniform(*FROZEN))
            kill = self.rng.random() < KILLED_FROZEN
            if not kill:
                send(signal.SIGCONT, pids)
        if kill:
            self.figures["of these killed"] += 1
            send(signal.SIGKILL, pids)
            await self._until_back(victim, ended)
        self._down.remove(victim.name)
        now = time.monotonic()
        self._resting[victim.name] = now + max(victim.rest, UP_FOR_DOWN * (now - began))

    async def _until_back(self, victim: Victim, ended: asyncio.Event) -> None:
        if victim.name == "postgresql":
            await asyncio.to_thread(self.store.start)
        elif url := self.ready.get(victim.name):
            while not ended.is_set() and not await asyncio.to_thread(is_ready, url):
                await _pause(ended, BACK_EVERY)

    def _pids(self, name: str) -> list[int]:
        return self.store.pids() if name == "postgresql" else running(self.supervisor, name)

    def _let_fail(self) -> None:
        well = [provider for provider, faults in self.faults.items() if not faults]
        if not well:
            return
        provider = self.rng.choice(well)
        many = self.rng.randint(*FAILURES)
        self.faults[provider].add(*self.rng.choices(UNWELL[provider], k=many))
        self.figures["broken: providers"] += 1


async def _pause(ended: asyncio.Event, seconds: float) -> None:
    """Wait, but no longer than until told to end."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(ended.wait(), seconds)

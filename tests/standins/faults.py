"""What a stand-in does wrong next: an answer of its own, or none for a while."""

import asyncio
from collections import deque
from dataclasses import dataclass, field

from starlette.responses import Response


@dataclass(frozen=True)
class Fault:
    """One answer that is not the good one."""

    status: int = 200
    body: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0.0  # seconds; longer than the other side waits is a time-out
    take: bool = False  # whether what was asked is done all the same


class Faults:
    """A queue of faults; when it is empty the stand-in behaves."""

    def __init__(self) -> None:
        self._next: deque[Fault] = deque()

    def add(self, *faults: Fault) -> None:
        """Do these next, one a request."""
        self._next.extend(faults)

    def __len__(self) -> int:
        """How many are still to be done."""
        return len(self._next)

    def take(self) -> Fault | None:
        """The fault of this request, if any."""
        return self._next.popleft() if self._next else None


async def answer_of(fault: Fault) -> Response:
    """The answer of a fault, once its time has come."""
    await asyncio.sleep(fault.after)
    return Response(fault.body, fault.status, fault.headers)

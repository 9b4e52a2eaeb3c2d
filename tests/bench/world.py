"""What every part of the bench is given: a folder of its own to work in, and how much to do."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much each part does. The default is what docs/performance.md tells of."""

    rounds: int = 5  # of each arm, one after the other in turn
    dialogues: int = 3  # a round and arm, by one reporter and by each of several at once
    people: int = 8  # who write at once
    webhooks: int = 2_000  # messages of part a
    webhook_rate: float = 100.0  # a second
    messages: int = 300  # of part c
    message_rate: float = 20.0  # a second
    burst: int = 10_000
    burst_danger: int = 100
    alerts: int = 1_000_000  # in the queue of part f


@dataclass(frozen=True, slots=True)
class World:
    """A folder that is gone afterwards, and the sizes."""

    folder: Path
    sizes: Sizes = field(default_factory=Sizes)

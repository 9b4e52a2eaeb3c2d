"""What goes into a lane and what comes out: entries, claims, and what may hold their effect back."""

from dataclasses import dataclass, field
from datetime import timedelta

from channels.address_book import Known
from channels.limits import Limit

type Argument = str | bytes | int


@dataclass(frozen=True, slots=True)
class Claim:
    """The first entry of a conversation, held until the lease ends."""

    conversation: str
    entry: str
    body: bytes = field(repr=False)
    mark: int  # what the appender noted in the clear
    holder: str
    tries: int  # how often this entry was tried, this time included
    begun: bool  # an earlier holder began the effect outside and did not say how it ended
    more: bool  # another conversation of the lane was due at that moment
    known: Known = field(repr=False)  # what the address book held of it at that moment


@dataclass(frozen=True, slots=True)
class Append:
    """A sealed entry on its way into a lane. The same key is appended once in two days."""

    lane: str
    conversation: str
    sealed: bytes = field(repr=False)
    key: str
    mark: int = 0
    urgent: bool = False

    def arguments(self) -> list[Argument]:
        """The entry as the scripts take it."""
        urgent = int(self.urgent)
        return [self.lane, self.conversation, self.sealed, self.mark, urgent, self.key]


@dataclass(frozen=True, slots=True)
class Brake:
    """A limit that an effect outside has to pass, and what is counted under its name."""

    name: str
    member: str
    limit: Limit

    def arguments(self) -> list[Argument]:
        """The brake as the scripts take it."""
        return [self.name, self.member, self.limit.most, self.limit.length_ms]


@dataclass(frozen=True, slots=True)
class Begin:
    """Whether an effect outside begins now; if not, its lease is lost or a brake holds it back."""

    begun: bool
    brake: Brake | None = None
    wait: timedelta = timedelta()  # until that brake would let it through

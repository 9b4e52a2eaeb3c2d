"""What a row of a protocol's table is, and what its check stands on: our app over a real Redis."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from tests.channels import inbound_cases, outbound_cases
from tests.channels.conftest import Front
from tests.channels.lines import hold_answer, line_to

HERE = Path(__file__).parents[1]

type Check = Callable[[Front], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Row:
    """One behaviour: the section and statement it is of, the case, and what tries it."""

    section: str
    states: str
    case: str
    check: Check


def request(provider: str, label: str) -> Check:
    """A case of the table of inbound requests."""
    case = only(inbound_cases.CASES[provider], label)

    async def check(front: Front) -> None:
        await inbound_cases.hold_request(provider, case, front)

    return check


def answer(provider: str, label: str) -> Check:
    """A case of the table of providers' answers."""
    case = only(outbound_cases.CASES[provider], label)

    async def check(_front: Front) -> None:
        async with line_to(provider) as line:
            await hold_answer(line, case)

    return check


def tried_in(file: str, test: str) -> Check:
    """A test with what this ground has not: the gateway itself, or another table of cases."""

    async def check(_front: Front) -> None:
        assert f"def {test}(" in (HERE / file).read_text("utf-8")

    return check


def only[T: (inbound_cases.Case, outbound_cases.Case)](cases: list[T], label: str) -> T:
    """The case of this label; ValueError unless there is exactly one."""
    [found] = [case for case in cases if case.label == label]
    return found

"""One row for each behaviour that a provider's protocol states, tried over the real app and senders."""

from itertools import chain

import pytest

from tests.channels.conftest import Front
from tests.channels.protocols import (
    africastalking_asked,
    africastalking_inbound,
    africastalking_outbound,
    kannel,
    sms,
    telegram,
)
from tests.channels.protocols.ground import Row
from tests.channels.protocols.stated import STATED

TABLES = (
    africastalking_inbound,
    africastalking_asked,
    africastalking_outbound,
    kannel,
    sms,
    telegram,
)
ROWS = tuple(chain.from_iterable(table.ROWS for table in TABLES))


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row.section} {row.states}: {row.case}") for row in ROWS]
)
async def test_it_is_as_the_protocol_states(row: Row, front: Front) -> None:
    await row.check(front)


def test_every_statement_has_a_row_and_every_row_a_statement() -> None:
    stated = {(section, one) for section, all_of_it in STATED.items() for one in all_of_it}
    assert {(row.section, row.states) for row in ROWS} == stated


def test_no_row_stands_twice() -> None:
    assert len({(row.section, row.states, row.case) for row in ROWS}) == len(ROWS)

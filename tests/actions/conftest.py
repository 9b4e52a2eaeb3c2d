"""Fixtures of the actions: a phone, and the api behind it."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.actions.phone import Phone, Port, StandInApi
from tests.standins.server import serving


@pytest.fixture(scope="session")
def port() -> Iterator[tuple[Port, str]]:
    """A served port and its origin."""
    port = Port()
    with serving(port.app) as origin:
        yield port, origin


@pytest.fixture
async def api(port: tuple[Port, str]) -> AsyncIterator[StandInApi]:
    served, origin = port
    served.api = StandInApi(origin)
    yield served.api
    await served.api.close()


@pytest.fixture
def phone(api: StandInApi) -> Phone:
    return Phone(api)

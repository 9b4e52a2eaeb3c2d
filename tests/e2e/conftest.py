"""One installation for all end-to-end tests on SQLite, one on PostgreSQL; each test its own people."""

from collections.abc import Iterator

import pytest

from tests.e2e.installation import Installation
from tests.standins.africastalking import AfricasTalking
from tests.standins.telegram import Telegram


@pytest.fixture(scope="session")
def amaan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything running on the embedded stores."""
    home = tmp_path_factory.mktemp("amaan") / "home"
    with (
        AfricasTalking().serve() as africastalking,
        Telegram().serve() as telegram,
        Installation(home, africastalking, telegram).running() as running,
    ):
        yield running
        assert running.told
        assert running.leaked() == []

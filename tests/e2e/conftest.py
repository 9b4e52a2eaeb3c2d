"""One installation for all end-to-end tests on SQLite, one on PostgreSQL; each test its own people."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.postgres import cluster
from tests.e2e.installation import Installation
from tests.e2e.installed import installed


@contextlib.contextmanager
def discreet(folder: Path, **extra: str) -> Iterator[Installation]:
    """Everything running; at the end, nothing of what people told in any output."""
    with installed(folder, **extra) as running:
        yield running
        assert running.told
        assert running.leaked() == []


@pytest.fixture(scope="session")
def amaan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Everything running on the embedded stores."""
    with discreet(tmp_path_factory.mktemp("amaan")) as running:
        yield running


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def anywhere(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """Everything running on the embedded stores, then on PostgreSQL."""
    if request.param == "sqlite":
        yield request.getfixturevalue("amaan")
        return
    folder = tmp_path_factory.mktemp("postgresql")
    with (
        cluster() as server,
        discreet(folder, AMAAN_DATABASE_URL=server.create("amaan")) as running,
    ):
        yield running

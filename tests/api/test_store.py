"""The database itself: migrated, honest about its state, and unable to change the audit log."""

import asyncio
import subprocess
import sys

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from api.audit.service import record
from api.database import create_engine, create_sessions
from api.migrate import config, head, upgrade


def test_models_and_tables_agree(store_url):
    command.check(config(store_url))


def test_migrating_again_changes_nothing(store_url):
    upgrade(store_url)
    command.check(config(store_url))


@pytest.mark.parametrize(
    "change", ["UPDATE audit SET act = 'other'", "DELETE FROM audit"], ids=["update", "delete"]
)
async def test_the_audit_log_only_grows(begin, change):
    async with begin() as call:
        await record(call, "look")
    with pytest.raises(DBAPIError, match="only grows"):
        async with begin() as call:
            await call.session.execute(text(change))
    async with begin() as call:
        assert await call.session.scalar(text("SELECT count(*) FROM audit")) == 1


async def test_ready_when_the_database_is_at_head(http):
    assert (await http.get("/healthz")).json() == {"status": "ok"}
    assert (await http.get("/readyz")).status_code == 200


async def test_not_ready_before_the_migrations(http, begin):
    async with begin() as call:
        await call.session.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    answer = await http.get("/readyz")
    assert (answer.status_code, answer.json()["error"]) == (503, "not_ready")


async def test_not_ready_without_a_database(http, app, tmp_path):
    app.state.engine = create_engine(f"sqlite+direct:///{tmp_path}/nowhere/amaan.db")
    assert (await http.get("/readyz")).status_code == 503
    assert (await http.get("/healthz")).status_code == 200


async def test_sqlite_loses_nothing_that_was_committed(tmp_path):
    engine = create_engine(f"sqlite+direct:///{tmp_path / 'amaan.db'}")
    async with create_sessions(engine)() as session:
        found = {
            name: await session.scalar(text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    await engine.dispose()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


async def test_an_error_of_the_database_shows_no_parameter(begin):
    async with begin() as call:
        with pytest.raises(DBAPIError) as caught:
            await call.session.execute(text("SELECT :secret FROM missing"), {"secret": "raaz"})
        await call.session.rollback()
    assert "raaz" not in str(caught.value)


def test_the_commands_work_as_processes_of_their_own(tmp_path):
    environment = {
        "AMAAN_HOME": str(tmp_path / "home"),
        "AMAAN_CHANNELS_TOKEN": "c",
        "AMAAN_ACTIONS_TOKEN": "a",
        "AMAAN_API_KEYS": "a2V5IGZvciB0ZXN0cywgb2YgdGhpcnR5LXR3byBieXQ",
    }

    def run(*command):
        command = [sys.executable, "-m", *command]
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.decode()

    run("api.migrate")
    run("api.migrate", "--check")
    assert asyncio.run(revision(tmp_path / "home" / "amaan.db")) == head()
    assert "/password/" in run("api.admin", "zarghuna")


async def revision(file):
    engine = create_engine(f"sqlite+direct:///{file}")
    async with create_sessions(engine)() as session:
        found = await session.scalar(text("SELECT version_num FROM alembic_version"))
    await engine.dispose()
    return found

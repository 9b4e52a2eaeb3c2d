"""Backup and restore as an operator calls them, and a look at what a home holds."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from channels.journal import Journal
from channels.sealing import Seal, keys_from

ROOT = Path(__file__).parents[2]
PASSPHRASE = "made-up passphrase for tests"
SMALL = 200_000  # bytes: where the disk of a test is full


def run(
    what: str, home: Path, file: Path, room: int | None = None, **settings: str
) -> subprocess.CompletedProcess[str]:
    """`make backup` or `make restore`; with `room`, no file can grow beyond so many bytes."""

    def limit() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMAAN_")}
    given = {"AMAAN_HOME": str(home), "AMAAN_BACKUP_PASSPHRASE": PASSPHRASE} | settings
    return subprocess.run(
        [sys.executable, "-m", f"scripts.{what}", str(file)],
        cwd=ROOT,
        env=ours | given,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
        timeout=120,
    )


def journal(home: Path) -> Journal:
    keys = json.loads((home / "secrets.json").read_text())["AMAAN_CHANNELS_KEYS"]
    return Journal(home, Seal(keys_from(keys)))


def told(home: Path) -> list[tuple[int, str]]:
    """All rows of the database."""
    with closing(sqlite3.connect(home / "api.db")) as database:
        return database.execute("SELECT id, body FROM told ORDER BY id").fetchall()


def left_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())

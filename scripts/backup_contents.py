"""What goes into a backup, and in which order it is copied.

The installation may go on running. A message goes from the journal to Redis and from Redis to the
database, and leaves the one only when it is safe in the next; so they are copied in that order: what
moves meanwhile stands in two copies, which its key makes one again, and never in none. Between the
moments of Redis and of the database lies as little as can be: an alert that is told just then is in
the backup without its reporter's address.
"""

import fcntl
import io
import json
import os
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from sqlalchemy.engine import make_url

from scripts.home import secrets_of
from scripts.processes import wire
from scripts.sealed_file import SealedWriter
from scripts.store_copies import copy_postgresql, copy_redis, copy_sqlite

MADE_AGAIN = {"run", "logs", "redis", "journal", "secrets.json"}  # or copied apart
OWN_REDIS = "redis/appendonly.aof"


class Contents:
    """The archive inside the sealed file: what a home holds under `home/`, outside stores beside."""

    def __init__(self, sealed: SealedWriter) -> None:
        self._archive = sealed.archive()
        self.names: list[str] = []

    def add(self, name: str, file: BinaryIO, size: int) -> None:
        """Add the first `size` bytes of a file, readable by its owner only."""
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._archive.addfile(entry, file)
        self.names.append(name)

    def add_text(self, name: str, text: str) -> None:
        """Add a short file."""
        self.add(name, io.BytesIO(text.encode()), len(text.encode()))

    def add_file(self, name: str, path: Path) -> None:
        """Add a file that nobody writes to."""
        with path.open("rb") as file:
            self.add(name, file, os.fstat(file.fileno()).st_size)

    def finish(self) -> None:
        """Write the archive's end."""
        self._archive.close()


def journal_of(home: Path) -> dict[str, bytes]:
    """The journal's files as they stand between two writes."""
    kept = {}
    for name in ("waiting", "aside"):
        path = home / "journal" / name
        if path.exists():
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                kept[f"home/journal/{name}"] = file.read()
    return kept


def write_contents(contents: Contents, home: Path, given: Mapping[str, str], spool: Path) -> None:
    """Copy everything into the archive; `spool` is a private folder with room for the stores."""
    kept = secrets_of(home, given)
    settings = wire(home, {**given, **kept})
    url = settings["AMAAN_DATABASE_URL"]
    outside = given.get("AMAAN_REDIS_URL")
    journal = journal_of(home)
    with (home / "mode" if outside else home / OWN_REDIS).open("rb") as redis:
        # Whatever was answered stands in this file already, and up to its present end it is one
        # moment of Redis: it only grows, and a rewriting leaves what we hold open as it is.
        size = os.fstat(redis.fileno()).st_size
        if outside:
            copy_redis(outside, spool / "redis")
        if url.startswith("sqlite"):
            copy_sqlite(Path(make_url(url).database or ""), spool / "database")
        else:
            copy_postgresql(url, spool / "database")
        if not outside:
            contents.add(f"home/{OWN_REDIS}", redis, size)
    if outside:
        contents.add_file("outside/redis", spool / "redis")
    sqlite = url.startswith("sqlite")
    contents.add_file("home/api.db" if sqlite else "outside/postgresql", spool / "database")
    for name, body in journal.items():
        contents.add(name, io.BytesIO(body), len(body))
    # Keys may come from the environment: without them nothing opens, so they go along as well.
    contents.add_text("home/secrets.json", json.dumps(kept, indent=2))
    for path in sorted(home.rglob("*")):
        part = path.relative_to(home)
        left_out = part.parts[0] in MADE_AGAIN or part.name.startswith("api.db")
        if path.is_file() and not left_out and path.suffix != ".new":
            contents.add_file(f"home/{part}", path)
    contents.finish()

"""`make restore`: a backup into an empty home, or nothing at all.

Everything is read and proven before the home appears, in one rename. Stores outside the home have to
be empty and are filled before it, so that a restored home never stands beside an empty store.
"""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from scripts.backup import drafting, passphrase_of, tell, to_disk
from scripts.home import KEYS, Refused
from scripts.sealed_file import SealedReader
from scripts.store_copies import hold_redis_empty, restore_postgresql, restore_redis
from scripts.up import read_settings

STORES = {"postgresql": "AMAAN_DATABASE_URL", "redis": "AMAAN_REDIS_URL"}  # outside the home


def hold_empty(home: Path) -> None:
    """Raise Refused unless this home is still to be made, or an empty folder."""
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Refused(f"{home} is not empty and was left alone: set AMAAN_HOME to an empty folder.")
    if home.is_mount():
        raise Refused(f"{home} is a disk of its own: set AMAAN_HOME to a folder on it.")


def hold_stores(draft: Path, given: Mapping[str, str]) -> None:
    """Raise Refused when a store of the backup is of another kind than the one of the settings."""
    for name, setting in STORES.items():
        url = given.get(setting, "")
        outside = bool(url) and not url.startswith("sqlite")
        kept_outside = (draft / "outside" / name).exists()
        if kept_outside and not outside:
            raise Refused(
                f"This backup has a store outside the home: set {setting} to an empty one."
            )
        if url and not kept_outside:
            raise Refused(f"This backup has that store in the home: unset {setting} first.")


def hold_keys(draft: Path, given: Mapping[str, str]) -> None:
    """Raise Refused when keys of the settings would hide those that open the backup's texts."""
    kept = json.loads((draft / "home/secrets.json").read_text())
    for name in KEYS:
        if given.get(name) and not set(kept[name].split(",")) <= set(given[name].split(",")):
            raise Refused(
                f"{name} is set and lacks a key of the backup: unset it, and the backup's is used."
            )


def fill_outside_stores(copies: Path, given: Mapping[str, str]) -> None:
    """Put the copies back. PostgreSQL first, because it takes all or nothing."""
    redis, postgresql = copies / "redis", copies / "postgresql"
    if redis.exists():
        hold_redis_empty(given["AMAAN_REDIS_URL"])
    if postgresql.exists():
        restore_postgresql(postgresql, given["AMAAN_DATABASE_URL"])
    if redis.exists():
        restore_redis(redis, given["AMAAN_REDIS_URL"])


def restore(file: Path, passphrase: str, given: Mapping[str, str]) -> Path:
    """Restore; the home. Raises Refused, and then the home is as it was."""
    home = Path(given.get("AMAAN_HOME") or ".amaan").resolve()
    hold_empty(home)
    if not file.is_file():
        raise Refused(f"There is no file {file}.")
    # Once to the end before anything of it is used: what is torn or changed is never unpacked.
    with SealedReader(file, passphrase) as sealed:
        sealed.prove()
    home.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with drafting(home) as draft:
        with SealedReader(file, passphrase) as sealed, sealed.archive() as archive:
            archive.extractall(draft, filter="data")
        hold_stores(draft, given)
        hold_keys(draft, given)
        for path in (draft / "home", *(draft / "home").rglob("*")):
            path.chmod(0o700 if path.is_dir() else 0o600)
            to_disk(path)
        fill_outside_stores(draft / "outside", given)
        (draft / "home").rename(home)
    to_disk(home.parent)
    return home


def main() -> str:
    """Restore the FILE of the command line; what was done."""
    if not any(sys.argv[1:]):
        raise Refused("Name the backup: make restore FILE=...")
    given = read_settings(os.environ)
    file = Path(sys.argv[1]).resolve()
    home = restore(file, passphrase_of(given, twice=False), given)
    return f"Restored into {home}. `make up` starts it."


if __name__ == "__main__":
    sys.exit(tell(main))

"""`make backup`: both stores, the keys and the journal of a home, sealed, in one file.

The installation may go on running. The file appears under its name only when it was read back.
"""

import errno
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path

from scripts.backup_contents import OWN_REDIS, Contents, write_contents
from scripts.home import ENOUGH_DISK, Refused
from scripts.sealed_file import SealedReader, SealedWriter
from scripts.up import read_settings

SHORTEST = 16  # letters of a passphrase


def read_back(file: Path, passphrase: str, names: list[str]) -> None:
    """Read a written backup from end to end. Raises Refused when it is not what was written."""
    with SealedReader(file, passphrase) as sealed:
        try:
            found = [entry.name for entry in sealed.archive()]
        except tarfile.TarError:
            found = []
        sealed.prove()
    if found != names:
        raise Refused("The backup does not read back as it was written. None was kept.")


@contextmanager
def drafting(target: Path) -> Iterator[Path]:
    """A private folder beside the target, gone afterwards."""
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield draft
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def hold_room(home: Path, target: Path) -> None:
    """Raise Refused when the backup would leave a home on the same disk too little to go on."""
    if home.stat().st_dev != target.parent.stat().st_dev:
        return
    stores = [file for file in (home / "api.db", home / OWN_REDIS) if file.is_file()]
    needed = ENOUGH_DISK + 2 * sum(file.stat().st_size for file in stores)
    free = shutil.disk_usage(target.parent).free
    if free < needed:
        raise Refused(
            f"The disk of {home} has {free // 2**20} MB left, a backup onto it needs "
            f"{needed // 2**20}: name a FILE on another disk."
        )


def to_disk(path: Path) -> None:
    """Wait until a file, or the names in a folder, would survive a power cut."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def back_up(target: Path, passphrase: str, given: Mapping[str, str]) -> int:
    """Write the backup; its size in bytes. Raises Refused, and then there is no file."""
    home = Path(given.get("AMAAN_HOME") or ".amaan").resolve()
    if not (home / "mode").exists():
        raise Refused(f"Nothing has run in {home} yet: there is nothing to back up.")
    if not given.get("AMAAN_REDIS_URL") and not (home / OWN_REDIS).exists():
        raise Refused(f"{home / OWN_REDIS} is missing. No backup was made; keep the older ones.")
    if target.is_relative_to(home):
        raise Refused(f"{target} lies in the home and would be lost with it: name another FILE.")
    if not target.parent.is_dir():
        raise Refused(f"There is no folder {target.parent}.")
    if target.exists():
        raise Refused(f"{target} is there already and was left alone: name another FILE.")
    hold_room(home, target)
    mode = (home / "mode").read_text()
    with drafting(target) as draft:
        with (draft / "sealed").open("xb") as file:
            sealed = SealedWriter(file, passphrase)
            contents = Contents(sealed)
            write_contents(contents, home, {**given, "AMAAN_ENV": mode}, draft)
            sealed.close()
            # Read back from the disk, and not from what the kernel still remembers of it.
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        read_back(draft / "sealed", passphrase, contents.names)
        (draft / "sealed").chmod(0o600)
        (draft / "sealed").rename(target)
    to_disk(target.parent)
    return target.stat().st_size


def passphrase_of(given: Mapping[str, str], *, twice: bool) -> str:
    """The passphrase of the settings, else the one typed at the terminal. Raises Refused."""
    passphrase = given.get("AMAAN_BACKUP_PASSPHRASE", "")
    if not passphrase:
        if not sys.stdin.isatty():
            raise Refused("AMAAN_BACKUP_PASSPHRASE is not set, and nobody is here to type it.")
        passphrase = getpass("Passphrase: ")
        if twice and getpass("The same again: ") != passphrase:
            raise Refused("These were two passphrases. No backup was made.")
    if twice and len(passphrase) < SHORTEST:
        raise Refused(f"The passphrase is too short: take at least {SHORTEST} letters.")
    return passphrase


def tell(work: Callable[[], str]) -> int:
    """Do the work and print what it returns; 1 with one sentence when it did not work."""
    try:
        print(f"amaan: {work()}")
    except Refused as refusal:
        failed = str(refusal)
    except OSError as error:
        words = "the disk is full" if error.errno == errno.ENOSPC else error.strerror
        failed = f"It stopped half-way, and nothing was left behind: {words}."
    except KeyboardInterrupt:
        failed = "Stopped; nothing was left behind."
    else:
        return 0
    print(f"amaan: {failed}", file=sys.stderr)
    return 1


def main() -> str:
    """Back up into the FILE of the command line; what was done."""
    named = sys.argv[1] if len(sys.argv) > 1 else ""
    target = Path(named or f"amaan-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.backup").resolve()
    given = read_settings(os.environ)
    size = back_up(target, passphrase_of(given, twice=True), given)
    return f"Backed up into {target} ({size} bytes, read back)."


if __name__ == "__main__":
    sys.exit(tell(main))

"""Starts our own Redis: `python -m scripts.redis_start <redis-server> <redis.conf>`.

A power cut can tear the last record of Redis' file. Redis drops the torn command by itself, but
leaves the beginning of the transaction it was part of. What it is given next, and answers to, then
stands behind that beginning: at the start after, it is done twice or forgotten. So the file is cut
here, before the transaction, and only then is Redis started. Nothing that was answered to is cut.
"""

import contextlib
import fcntl
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from scripts.home import Refused

FILE = "appendonly.aof"
ASIDE = "appendonly.torn"  # what was cut, for a person to look at; what is personal in it is sealed
LONGEST_TEAR = 16 * 2**20  # bytes; one transaction of ours has some thousand
SOUND_UNTIL = re.compile(r"ok_up_to=(\d+)")
HEADER = re.compile(rb"([*$])(\d{1,9})\r\n")
HALF_A_HEADER = re.compile(rb"[*$](\d{1,9}\r?)?")


def main() -> None:
    """Mend the file, then become Redis."""
    server, conf = sys.argv[1:]
    [folder] = re.findall(r"^dir (.+)$", Path(conf).read_text("utf-8"), re.MULTILINE)
    try:
        with only_one(Path(folder)) as lock:
            mend(Path(folder), server)
            # Redis holds the lock as long as it lives.
            os.set_inheritable(lock, True)  # noqa: FBT003  it takes no name
            os.execvp(server, [server, conf])  # noqa: S606  the process is Redis from here on
    except Refused as refusal:
        sys.exit(f"amaan: {refusal}")


@contextlib.contextmanager
def only_one(folder: Path) -> Iterator[int]:
    """Hold the folder; yields the lock's descriptor. Raises Refused while a Redis works in it."""
    lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"A Redis works in {folder} already: stop it first.") from None
        yield lock
    finally:
        os.close(lock)


def mend(folder: Path, server: str) -> None:
    """Cut a torn end off the file, and keep it beside. Raises Refused for any other damage."""
    file = folder / FILE
    if not file.exists():
        return
    # The server is its own checker when it is called by this name.
    checked = subprocess.run(
        ["redis-check-aof", str(file)],
        executable=server,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if checked.returncode == 0:
        return
    found = SOUND_UNTIL.search(checked.stdout)
    sound, size = int(found[1]) if found else 0, file.stat().st_size
    with file.open("r+b") as written:
        written.seek(sound)
        rest = written.read(LONGEST_TEAR + 1)
        if found is None or not is_torn(rest):
            raise Refused(
                f"{file} is damaged at byte {sound} of {size}, and not by a power cut, which tears "
                f"the end only. Nothing was changed. Copy {folder} elsewhere; then restore a backup "
                f"into an empty AMAAN_HOME, or give up all behind the damage: "
                f"truncate -s {sound} {file}"
            )
        with (folder / ASIDE).open("ab") as aside:
            aside.write(rest)
            aside.flush()
            os.fsync(aside.fileno())
        written.truncate(sound)
        os.fsync(written.fileno())


def is_torn(rest: bytes) -> bool:
    """Whether this is the beginning of one record and nothing else: a command, or a transaction."""
    if len(rest) > LONGEST_TEAR:
        return False
    # Some file systems fill with zeros what they had no time to write.
    rest = rest.rstrip(b"\0")
    at = commands = 0
    while at < len(rest):
        words, at = _command(rest, at)
        if words is None:
            return at == len(rest)
        # A whole command stands here only where a transaction has begun; a second beginning, or
        # an end, means that what follows was answered to.
        if (words[:1] == [b"MULTI"]) != (commands == 0) or words[:1] == [b"EXEC"]:
            return False
        commands += 1
    return True


def _command(rest: bytes, at: int) -> tuple[list[bytes] | None, int]:
    """The words of the command that begins here and where it ends; None for one that is not whole.

    Then the place is the end of the text when it was only torn, else where it is wrong.
    """
    count, at = _header(rest, at, b"*")
    words: list[bytes] = []
    while count is not None and len(words) < count:
        length, at = _header(rest, at, b"$")
        if length is None:
            return None, at
        word, end = rest[at : at + length], rest[at + length : at + length + 2]
        if not b"\r\n".startswith(end):
            return None, at
        if len(word) < length or len(end) < len(b"\r\n"):
            return None, len(rest)
        words.append(word)
        at += length + len(end)
    return (None, at) if count is None else (words, at)


def _header(rest: bytes, at: int, sign: bytes) -> tuple[int | None, int]:
    """The number after a sign and where its line ends; None as in `_command`."""
    found = HEADER.match(rest, at)
    if found and found[1] == sign:
        return int(found[2]), found.end()
    half = rest[at:]
    torn = not half or (half[:1] == sign and HALF_A_HEADER.fullmatch(half))
    return None, len(rest) if torn else at


if __name__ == "__main__":
    main()

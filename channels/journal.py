"""A file that takes what Redis cannot, until it can: on the disk before the provider gets its 200.

`<home>/journal/waiting` holds one record a line: its CRC-32 in eight hexadecimal digits, a space,
the sealed record in base64. Once the record is in Redis the space becomes a minus, so that a drain
that is cut short goes on where it stopped. All channels processes of a home share it, each write
under a lock, so that a later message finds the earlier one there whichever process took it. What
cannot be read back goes to `<home>/journal/aside` in the same form: once its key is put back, that
file can be appended to `waiting`.
"""

import base64
import binascii
import contextlib
import fcntl
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from channels.sealing import Seal, SealBroken

CONTEXT = b"journal"
DONE = b"-"
MARK = 8  # its place in a line
CHUNK = 1 << 18  # bytes read at a time; a record has a few hundred, at most some 120,000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the journal as it was read."""

    raw: bytes = field(repr=False)
    body: bytes | None = field(repr=False)  # None when its checksum or its seal is broken
    at: int  # its offset


class Journal:
    """Records in the order they were taken. Every method may raise OSError."""

    def __init__(self, home: Path, seal: Seal) -> None:
        self._folder = home / "journal"
        self._waiting = self._folder / "waiting"
        self._seal = seal

    def open(self) -> None:
        """Make the folder, so that a home that cannot be written to is known at the start."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(self._open("waiting"))
        folder = os.open(self._folder, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def is_empty(self) -> bool:
        """Whether nothing waits; then the next message may go to Redis without overtaking."""
        return self.size() == 0

    def size(self) -> int:
        """Return how many bytes wait."""
        try:
            return self._waiting.stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, body: bytes) -> None:
        """Write a record behind the others; when this returns it is on the disk."""
        sealed = base64.b64encode(self._seal.seal(body, context=CONTEXT))
        with self._locked() as file:
            _append(file, b"%08x %s\n" % (zlib.crc32(sealed), sealed))

    def read(self, offset: int) -> tuple[list[Line], int]:
        """Return the lines that still wait from an offset on, and the offset behind them.

        Where there is no whole line any more, the offset stays as it is.
        """
        with self._locked() as file:
            os.lseek(file, offset, os.SEEK_SET)
            chunk = os.read(file, CHUNK)
        lines = []
        for raw in chunk.split(b"\n")[:-1]:
            if not _is_done(raw):
                lines.append(self._line(raw, offset))
            offset += len(raw) + 1
        return lines, offset

    def done(self, line: Line) -> None:
        """Note that a line is in Redis; it need not be on the disk, for Redis knows its key too.

        What is torn has no place for a mark: it would fall into the next line.
        """
        if not _is_whole(line.raw):
            return
        with self._locked() as file:
            if os.pread(file, len(line.raw), line.at) == line.raw:
                os.pwrite(file, DONE, line.at + MARK)

    def clear(self, offset: int) -> bool:
        """Empty the journal up to this offset; False when more lines stand behind it."""
        with self._locked() as file:
            rest = os.pread(file, CHUNK, offset)
            if b"\n" in rest:
                return False
            if rest:
                # Torn by a crash and never answered with 200; kept all the same.
                self.set_aside(rest)
            os.ftruncate(file, 0)
            os.fsync(file)
        return True

    def set_aside(self, raw: bytes) -> None:
        """Keep a line that cannot be used where a person can look for it."""
        with self._locked("aside") as file:
            _append(file, raw + b"\n")

    @contextlib.contextmanager
    def draining(self) -> Iterator[bool]:
        """Hold the right to drain; False when another process has it. It ends with the process."""
        file = self._open("draining")
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
        finally:
            os.close(file)

    @contextlib.contextmanager
    def _locked(self, name: str = "waiting") -> Iterator[int]:
        file = self._open(name)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file
        finally:
            os.close(file)

    def _open(self, name: str) -> int:
        return os.open(self._folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def _line(self, raw: bytes, at: int) -> Line:
        if not _is_whole(raw):
            return Line(raw, None, at)
        try:
            sealed = base64.b64decode(raw[MARK + 1 :])
            return Line(raw, self._seal.open(sealed, context=CONTEXT), at)
        except (binascii.Error, SealBroken):
            return Line(raw, None, at)


def _is_whole(raw: bytes) -> bool:
    """Whether a line has the checksum of what it holds."""
    try:
        return int(raw[:MARK], 16) == zlib.crc32(raw[MARK + 1 :])
    except ValueError:
        return False


def _is_done(raw: bytes) -> bool:
    return raw[MARK : MARK + 1] == DONE and _is_whole(raw)


def _append(file: int, line: bytes) -> None:
    """Write a line at the end and on the disk, or leave the file as it was."""
    end = os.lseek(file, 0, os.SEEK_END)
    # A crash may have torn the last line: it must not tear this one too.
    torn = end > 0 and os.pread(file, 1, end - 1) != b"\n"
    rest = b"\n" + line if torn else line
    try:
        while rest:
            rest = rest[os.write(file, rest) :]
        os.fsync(file)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(file, end)
        raise

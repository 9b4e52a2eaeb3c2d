"""The journal's file: what was taken is read back in order, whatever a power cut left of it."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from channels.journal import Journal
from channels.sealing import Seal

ROOT = Path(__file__).parents[2]
KEY = b"k" * 32
WRITER = """
import itertools, pathlib, sys
from channels.journal import Journal
from channels.sealing import Seal
journal = Journal(pathlib.Path(sys.argv[1]), Seal([b"k" * 32]))
for number in itertools.count():
    journal.append(f"{sys.argv[2]}-{number}".encode())
    print(number, flush=True)
"""


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    journal = Journal(tmp_path, Seal([KEY]))
    journal.open()
    return journal


def file_of(home: Path, name: str = "waiting") -> Path:
    return home / "journal" / name


def bodies(journal: Journal) -> list[bytes]:
    """Every readable record of the file."""
    found, offset = [], 0
    while True:
        before = offset
        lines, offset = journal.read(before)
        if offset == before:
            return found
        found += [line.body for line in lines if line.body is not None]


def test_records_come_back_in_order(journal: Journal) -> None:
    taken = [f"{number}".encode() for number in range(3000)]
    for body in taken:
        journal.append(body)
    assert bodies(journal) == taken
    assert not journal.is_empty()


def test_nothing_personal_is_on_the_disk(journal: Journal, tmp_path: Path) -> None:
    journal.append(b"chacha marta hai +923000000001")
    written = file_of(tmp_path).read_bytes()
    assert b"chacha" not in written
    assert b"3000000001" not in written
    assert file_of(tmp_path).stat().st_mode & 0o777 == 0o600


def test_a_power_cut_at_any_byte_of_the_last_record(journal: Journal, tmp_path: Path) -> None:
    journal.append(b"one")
    journal.append(b"two")
    before = journal.size()
    journal.append(b"three")
    whole = file_of(tmp_path).read_bytes()
    for end in range(before, len(whole)):
        file_of(tmp_path).write_bytes(whole[:end])
        assert bodies(journal) == [b"one", b"two"]
        journal.append(b"four")
        kept = bodies(journal)
        # With its line break alone missing the record is whole, and kept though nobody was told so.
        torn = [] if end < len(whole) - 1 else [b"three"]
        assert kept == [b"one", b"two", *torn, b"four"]


def test_a_torn_tail_does_not_keep_the_journal_from_being_emptied(
    journal: Journal, tmp_path: Path
) -> None:
    journal.append(b"one")
    with file_of(tmp_path).open("ab") as file:
        file.write(b"1234abcd half a rec")
    lines, offset = journal.read(0)
    assert [line.body for line in lines] == [b"one"]
    assert journal.clear(offset)
    assert journal.is_empty()
    assert b"half a rec" in file_of(tmp_path, "aside").read_bytes()


def test_a_record_that_was_changed_is_not_believed(journal: Journal, tmp_path: Path) -> None:
    for body in (b"one", b"two", b"three"):
        journal.append(body)
    written = bytearray(file_of(tmp_path).read_bytes())
    written[len(written) // 2] ^= 1
    file_of(tmp_path).write_bytes(written)
    assert bodies(journal) == [b"one", b"three"]


@pytest.mark.parametrize(
    "garbage",
    [
        pytest.param(bytes(200), id="zeros"),
        pytest.param(b"\n" * 200, id="line breaks"),
        pytest.param(bytes(range(256)), id="any bytes"),
        pytest.param(b"00000000 " + b"A" * 100 + b"\n", id="what looks like a record"),
    ],
)
def test_garbage_in_the_middle_costs_what_it_covers(
    garbage: bytes, journal: Journal, tmp_path: Path
) -> None:
    taken = [f"{number}".encode() for number in range(20)]
    ends = [0]
    for body in taken:
        journal.append(body)
        ends.append(journal.size())
    written = bytearray(file_of(tmp_path).read_bytes())
    start = ends[8] + 10
    written[start : start + len(garbage)] = garbage
    file_of(tmp_path).write_bytes(written)
    covered = {number for number in range(20) if ends[number] < start + len(garbage)} - set(
        range(8)
    )
    assert bodies(journal) == [body for number, body in enumerate(taken) if number not in covered]
    assert file_of(tmp_path).read_bytes() == written


def test_zeros_where_the_end_would_be(journal: Journal, tmp_path: Path) -> None:
    journal.append(b"one")
    with file_of(tmp_path).open("ab") as file:
        file.write(bytes(4096))
    journal.append(b"two")
    assert bodies(journal) == [b"one", b"two"]


def test_what_comes_while_it_is_emptied_stays(journal: Journal) -> None:
    journal.append(b"one")
    _, offset = journal.read(0)
    journal.append(b"two")
    assert not journal.clear(offset)
    assert bodies(journal) == [b"one", b"two"]


def test_what_is_in_redis_is_not_read_again(journal: Journal, tmp_path: Path) -> None:
    for body in (b"one", b"two", b"three"):
        journal.append(body)
    lines, offset = journal.read(0)
    journal.done(lines[0])
    journal.done(lines[1])
    assert bodies(Journal(tmp_path, Seal([KEY]))) == [b"three"]
    journal.append(b"four")
    assert bodies(journal) == [b"three", b"four"]
    assert not journal.clear(offset)
    assert not journal.is_empty()


@pytest.mark.parametrize("torn", [b"", b"1234", b"1234abcd half a rec"])
def test_what_is_torn_gets_no_mark_that_would_spoil_the_next(
    torn: bytes, journal: Journal, tmp_path: Path
) -> None:
    with file_of(tmp_path).open("ab") as file:
        file.write(torn + b"\n")
    journal.append(b"one")
    lines, _ = journal.read(0)
    assert [line.body for line in lines] == [None, b"one"]
    journal.done(lines[0])
    assert bodies(journal) == [b"one"]


def test_a_line_of_an_earlier_journal_marks_nothing_of_this_one(journal: Journal) -> None:
    journal.append(b"one")
    [line], offset = journal.read(0)
    assert journal.clear(offset)
    journal.append(b"two")
    journal.done(line)
    assert bodies(journal) == [b"two"]


def test_one_drains_at_a_time(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path, Seal([KEY]))
    with journal.draining() as mine, other.draining() as theirs:
        assert (mine, theirs) == (True, False)
    with other.draining() as theirs:
        assert theirs


def test_a_full_disk_is_told_and_leaves_what_was_there(journal: Journal) -> None:
    journal.append(b"one")
    size = journal.size()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    # The kernel stops the write in the middle of the record, as a full disk does.
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 20, limit[1]))
    try:
        with pytest.raises(OSError, match="too large"):
            journal.append(b"two")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
        signal.signal(signal.SIGXFSZ, before)
    assert journal.size() == size
    journal.append(b"three")
    assert bodies(journal) == [b"one", b"three"]


def test_writers_that_are_killed_lose_nothing_they_spoke_of(
    journal: Journal, tmp_path: Path
) -> None:
    told: dict[str, int] = {}
    for round_ in range(3):
        writers = {
            name: subprocess.Popen(
                [sys.executable, "-c", WRITER, str(tmp_path), name],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
            )
            for name in (f"a{round_}", f"b{round_}")
        }
        first = {name: writer.stdout.readline() for name, writer in writers.items()}
        size = journal.size()
        while journal.size() < size + 20_000:
            time.sleep(0.01)
        for name, writer in writers.items():
            writer.kill()
            told[name] = len([first[name], *writer.communicate()[0].split()])
    kept = bodies(journal)
    for name, count in told.items():
        assert count
        mine = [body for body in kept if body.startswith(f"{name}-".encode())]
        assert mine == [f"{name}-{number}".encode() for number in range(len(mine))]
        assert len(mine) >= count

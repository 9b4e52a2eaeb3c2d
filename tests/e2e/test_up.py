"""`make up` itself: it stops when make is interrupted, leaves nothing behind, and refuses in words."""

import os
import signal
import socket
import subprocess
from pathlib import Path

from tests.e2e.installation import ROOT, STARTS_WITHIN, our_ports, wait_for


def environment(home: Path, **extra: str) -> dict[str, str]:
    ours = {"AMAAN_HOME": str(home)} | our_ports() | extra
    return {name: value for name, value in os.environ.items() if "AMAAN" not in name} | ours


def processes_of(home: Path) -> list[str]:
    """The names of the processes that were given this home, or work in it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "cmdline").read_bytes() + (process / "environ").read_bytes()
            told += os.fsencode((process / "cwd").readlink())
        except OSError:
            continue
        if os.fsencode(home) in told:
            found.append((process / "comm").read_text().strip())
    return found


def test_an_interrupt_to_make_alone_stops_everything_in_reverse(tmp_path: Path) -> None:
    home, output = tmp_path / "home", tmp_path / "out"
    with output.open("w") as written:
        make = subprocess.Popen(
            ["make", "up"],
            cwd=ROOT,
            env=environment(home),
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for("make up", lambda: "Ctrl-C" in output.read_text(), STARTS_WITHIN)
            accounts = home / "demo-accounts.json"
            assert accounts.stat().st_mode & 0o777 == 0o600
            assert {"redis-server", "make"} <= set(processes_of(home))
        finally:
            make.send_signal(signal.SIGINT)
            make.wait(60)
    assert output.read_text().rstrip().endswith("stopped")
    assert processes_of(home) == []
    log = (home / "logs/supervisor.log").read_text()
    stopped = [
        line.split("stopped: ")[1].split()[0] for line in log.splitlines() if "stopped: " in line
    ]
    assert stopped == ["channels", "worker", "rasa", "actions", "api", "redis"]


def test_a_taken_port_ends_it_with_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = subprocess.run(
            ["make", "up"],
            cwd=ROOT,
            env=environment(tmp_path / "home", AMAAN_API_PORT=port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode != 0
    assert f"Port {port} is taken" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_half_ready_production_does_not_start(tmp_path: Path) -> None:
    ended = subprocess.run(
        ["make", "up"],
        cwd=ROOT,
        env=environment(tmp_path / "home", AMAAN_ENV="production"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode != 0
    assert "AMAAN_WEBHOOK_SECRET is missing or weak" in ended.stderr

"""`make up`: everything on one machine. Starts, waits until all is ready, serves, stops in reverse.

The processes run under supervisord, which starts again what dies; this only prepares the home,
tells what happens in plain words, and ends it all when asked to.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values

from scripts.home import Refused, check_production, open_home, secrets_of, write_private
from scripts.processes import PROCESSES, hold_free, redis_conf, redis_server, supervisor_conf, wire
from scripts.redis_start import mend, only_one

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 180.0  # seconds; a slow disk loads Rasa's libraries in a minute
OUR_PORTS = ("AMAAN_API_PORT", "AMAAN_CHANNELS_PORT")
BASE = ("PATH", "HOME", "LANG", "TMPDIR", "SSL_CERT_FILE")  # of our environment, for every process


def say(words: str) -> None:
    """Tell the person at the terminal, who may have closed it: then we still stop in good order."""
    with contextlib.suppress(OSError):
        print(f"amaan: {words}", flush=True)


def read_settings(environment: Mapping[str, str]) -> dict[str, str]:
    """AMAAN_* of `.env`, and over them those of the environment."""
    file = {name: value or "" for name, value in dotenv_values(ROOT / ".env").items()}
    return {
        name: value
        for name, value in (file | dict(environment)).items()
        if name.startswith("AMAAN_")
    }


def prepare(environment: Mapping[str, str]) -> tuple[Path, dict[str, str]]:
    """The home and every process's settings. Raises Refused."""
    given = read_settings(environment)
    home = open_home(given)
    if given.get("AMAAN_ENV") == "production":
        check_production(home, given, ROOT / "nlu_data/helplines.yml")
    return home, wire(home, given | secrets_of(home, given))


def settings_for(name: str, settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of one process: the base, and of ours only what it needs."""
    process = next(process for process in PROCESSES if process.name == name)
    base = {name: os.environ[name] for name in BASE if name in os.environ}
    return (
        base
        | {"PYTHONUNBUFFERED": "1"}
        | {setting: settings[setting] for setting in process.settings if setting in settings}
    )


def run_step(words: str, command: list[str], environment: Mapping[str, str]) -> None:
    """One preparing step, its output passed on. Raises Refused when it fails."""
    say(words)
    if subprocess.run(command, cwd=ROOT, env=dict(environment), check=False).returncode:
        raise Refused(f"That did not work (see above): {words}.")


def prepare_stores(settings: Mapping[str, str]) -> None:
    """Bring the database to the newest schema; in a demo, make its accounts."""
    environment = settings_for("api", settings)
    run_step("bringing the database up to date", [sys.executable, "-m", "api.migrate"], environment)
    if settings["AMAAN_ENV"] == "demo":
        run_step("making the demo accounts", [sys.executable, "-m", "api.demo"], environment)


class Supervised:
    """supervisord and what it looks after."""

    def __init__(self, home: Path, settings: Mapping[str, str], names: list[str]) -> None:
        conf = home / "run/supervisord.conf"
        write_private(conf, supervisor_conf(home, ROOT, settings, names))
        if "redis" in names:
            write_private(home / "run/redis.conf", redis_conf(home, settings))
        self.daemon = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "-c", str(conf)],
            cwd=ROOT,
            env={name: os.environ[name] for name in BASE if name in os.environ}
            | {
                "PYTHONUNBUFFERED": "1",
                "PYTHONWARNINGS": "ignore",
                "RASA_TELEMETRY_ENABLED": "false",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,  # a Ctrl-C reaches us alone; we stop the rest in order
            preexec_fn=_end_with_parent,  # noqa: PLW1509  one prctl call; no thread runs yet
        )
        self.stopping = False
        threading.Thread(target=self._tell, daemon=True).start()

    def _tell(self) -> None:
        assert self.daemon.stdout is not None  # noqa: S101  we asked for a pipe
        for line in self.daemon.stdout:
            words = line.split()
            if "exited:" in words and not self.stopping:
                name = words[words.index("exited:") + 1]
                say(f"{name} stopped unexpectedly; it is being started again")

    def alive(self) -> bool:
        """Whether the supervisor itself still runs."""
        return self.daemon.poll() is None

    def stop(self) -> None:
        """Stop every process in reverse order and wait for it."""
        self.stopping = True
        if self.alive():
            self.daemon.terminate()
        self.daemon.wait()


def _end_with_parent() -> None:
    """Should we be killed outright, the kernel asks supervisord to stop as well (Linux)."""
    set_death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)


def is_ready(url: str) -> bool:
    """Whether this address answers 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  our own loopback
            return bool(answer.status == 200)  # noqa: PLR2004
    except (urllib.error.URLError, OSError):
        return False


def readiness(settings: Mapping[str, str]) -> dict[str, str]:
    """Where each process says that it is ready. Redis and the worker speak through channels."""
    return {
        "api": f"http://127.0.0.1:{settings['AMAAN_API_PORT']}/readyz",
        "actions": f"http://127.0.0.1:{settings['AMAAN_ACTIONS_PORT']}/health",
        "rasa": f"{settings['AMAAN_RASA_URL']}/webhooks/amaan/readyz",
        "channels, worker and redis": f"http://127.0.0.1:{settings['AMAAN_CHANNELS_PORT']}/readyz",
    }


class Ended:
    """Whether somebody asked us to stop: a signal to us, or to the make that runs us."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.asked.set())
        self.parent = os.getppid()
        self.make_listens = _catches_interrupt(self.parent)

    def __call__(self, seconds: float) -> bool:
        """Wait a while; True once we should stop.

        make does not hand a SIGINT on to what it runs: it stops catching it and waits for us.
        """
        if self.asked.wait(seconds):
            return True
        gone = os.getppid() != self.parent
        return gone or (self.make_listens and not _catches_interrupt(self.parent))


def _catches_interrupt(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    facts = dict(line.split(":", 1) for line in status.splitlines())
    caught = int(facts["SigCgt"], 16) & 1 << signal.SIGINT - 1
    return facts["Name"].strip() == "make" and bool(caught)


def wait_until_ready(supervised: Supervised, settings: Mapping[str, str], ended: Ended) -> bool:
    """Wait for every process, telling each as it comes. False when asked to stop meanwhile."""
    waiting = readiness(settings)
    until = time.monotonic() + READY_WITHIN
    while waiting:
        for name in [name for name, url in waiting.items() if is_ready(url)]:
            say(f"ready: {name}")
            del waiting[name]
        if not waiting:
            break
        if ended(0.3):
            return False
        if not supervised.alive() or time.monotonic() > until:
            raise Refused(
                f"Not ready: {'; '.join(waiting)}. Look into {settings['AMAAN_HOME']}/logs.",
            )
    return True


def tell_addresses(settings: Mapping[str, str]) -> None:
    """Where everything is."""
    host = settings["AMAAN_BIND"]
    channels = f"http://{host}:{settings['AMAAN_CHANNELS_PORT']}"
    say(f"console   http://{host}:{settings['AMAAN_API_PORT']}/")
    say(f"webhooks  {channels}/")
    if settings["AMAAN_ENV"] == "demo":
        say(f"phone     {channels}/phone")
        say(f"accounts  {settings['AMAAN_HOME']}/demo-accounts.json")
    say("ready. Ctrl-C stops everything.")


def main() -> int:
    """Start, serve, stop. The exit code is 0 after an orderly stop."""
    supervised = None
    try:
        home, settings = prepare(os.environ)
        host = settings["AMAAN_BIND"]
        hold_free({name: settings[name] for name in OUR_PORTS}, host)
        own_redis = "AMAAN_REDIS_URL" not in read_settings(os.environ)
        names = [process.name for process in PROCESSES if process.name != "redis" or own_redis]
        if own_redis:  # damage is told here, before anything runs
            with only_one(home / "redis"):
                mend(home / "redis", redis_server(ROOT))
        ended = Ended()
        prepare_stores(settings)
        say(f"starting {', '.join(names)} (logs: {home}/logs)")
        supervised = Supervised(home, settings, names)
        if wait_until_ready(supervised, settings, ended):
            tell_addresses(settings)
            while supervised.alive() and not ended(0.5):
                pass
    except Refused as refusal:
        print(f"amaan: {refusal}", file=sys.stderr)
        return 1
    finally:
        if supervised is not None:
            say("stopping")
            supervised.stop()
            say("stopped")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Starts Debian's real Kannel: bearerbox, smsbox, and fakesmsc in the part of the operator.

The configuration is the README's, with ports of our own.
"""

import contextlib
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.standins.ending import with_us
from tests.standins.server import free_port, plain

README = Path(__file__).parents[2] / "README.md"
FAKESMSC = "/usr/lib/kannel/test/fakesmsc"
SHORT_CODE = "8333"
STARTS_WITHIN = 60.0  # seconds
HEARD = re.compile(r"Got message \d+: <(.*)>\n", re.DOTALL)
ENTRY = re.compile(rb"^\d{4}-\d\d-\d\d .*?(?=^\d{4}-\d\d-\d\d |\Z)", re.MULTILINE | re.DOTALL)


@dataclass
class KannelBoxes:
    """One gateway over one folder; its smsbox can be killed and started again."""

    folder: Path
    our_port: int
    secret: str
    username: str = "amaan"
    password: str = "smsbox-password"
    admin_port: int = field(default_factory=free_port)
    boxes_port: int = field(default_factory=free_port)
    operator_port: int = field(default_factory=free_port)
    sendsms_port: int = field(default_factory=free_port)
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """What AMAAN_KANNEL_URL is set to."""
        return f"http://127.0.0.1:{self.sendsms_port}"

    @contextlib.contextmanager
    def running(self) -> Iterator["KannelBoxes"]:
        """Run both boxes until the block ends."""
        self._conf.write_text(self._configuration(), "utf-8")
        try:
            self._start("bearerbox", "/usr/sbin/bearerbox", str(self._conf))
            self._wait_for("Status: running")
            self.start_smsbox()
            yield self
        finally:
            for name in list(self._running):
                self._kill(name)

    def start_smsbox(self) -> None:
        """Start what speaks HTTP, and wait until it has found bearerbox."""
        self._start("smsbox", "/usr/sbin/smsbox", str(self._conf))
        self._wait_for("smsbox:")

    def kill_smsbox(self) -> None:
        """End it without a warning."""
        self._kill("smsbox")

    @contextlib.contextmanager
    def hands_over(self, *message: str) -> Iterator["Operator"]:
        """Let the operator hand over one SMS as fakesmsc writes it, and stay for what it is sent.

        `"923000000001", "8333", "text", "salam"`; other kinds are `ucs2`, `udh-text`, `udh-data`.
        """
        address = ["-H", "127.0.0.1", "-r", str(self.operator_port)]
        log = self._start("operator", FAKESMSC, *address, "-i", "0.1", "-m", "1", " ".join(message))
        operator = Operator(log)
        deadline = time.monotonic() + STARTS_WITHIN
        while not operator.has_handed_over:
            if time.monotonic() > deadline:
                raise TimeoutError("fakesmsc handed nothing over.")
            time.sleep(0.05)
        try:
            yield operator
        finally:
            self._kill("operator")

    def _start(self, name: str, *command: str) -> Path:
        log = self.folder / f"{name}.log"
        with log.open("wb") as written:
            self._running[name] = subprocess.Popen(
                with_us(command), stdout=written, stderr=subprocess.STDOUT
            )
        return log

    def _kill(self, name: str) -> None:
        process = self._running.pop(name)
        process.kill()
        process.wait()

    def _wait_for(self, words: str) -> None:
        """Wait until bearerbox' own page of its state says this."""
        page = f"http://127.0.0.1:{self.admin_port}/status.txt?password={self.password}"
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if words in httpx.get(page, verify=plain()).text:
                    return
            time.sleep(0.05)
        raise TimeoutError(f"Kannel never said {words}.")

    @property
    def _conf(self) -> Path:
        return self.folder / "kannel.conf"

    def _configuration(self) -> str:
        """What a gateway has besides what the README says."""
        groups = {
            "core": {
                "admin-port": self.admin_port,
                "admin-password": self.password,
                "admin-interface": "127.0.0.1",
                "smsbox-port": self.boxes_port,
                "smsbox-interface": "127.0.0.1",
                "box-allow-ip": "127.0.0.1",
                "dlr-storage": "internal",
            },
            "smsc": {
                "smsc": "fake",
                "smsc-id": "operator",
                "port": self.operator_port,
                "connect-allow-ip": "127.0.0.1",
            },
        }
        written = [
            "\n".join(f"{name} = {value}" for name, value in [("group", group), *lines.items()])
            for group, lines in groups.items()
        ]
        return "\n\n".join([*written, self._readme()])

    def _readme(self) -> str:
        """The README's groups for this gateway; smsbox' with what says where it is."""
        given = {
            "YOUR-HOST": f"127.0.0.1:{self.our_port}",
            "YOUR-SHORT-CODE": SHORT_CODE,
            "SECRET": self.secret,
            "USERNAME": self.username,
            "PASSWORD": self.password,
            "http-queue-delay = 10": "http-queue-delay = 1",
            "group = smsbox": "group = smsbox\n"
            "bearerbox-host = 127.0.0.1\n"
            f"sendsms-port = {self.sendsms_port}\n"
            "sendsms-interface = 127.0.0.1",
        }
        text = README.read_text("utf-8")
        _, _, after = text.partition("**Kannel.**")
        groups = after.split("```")[1]
        for theirs, ours in given.items():
            assert theirs in groups, f"The README's configuration lacks {theirs}."
            groups = groups.replace(theirs, ours)
        return groups


@dataclass(frozen=True)
class Operator:
    """What fakesmsc was sent, as it prints it."""

    log: Path

    @property
    def has_handed_over(self) -> bool:
        """Whether its own SMS is on its way."""
        return b"sent message 1" in self.log.read_bytes()

    @property
    def heard(self) -> list[str]:
        """Each SMS in fakesmsc's own form: sender, receiver, kind, what it says."""
        entries = [one.decode("utf-8") for one in ENTRY.findall(self.log.read_bytes())]
        return [found[1] for one in entries if (found := HEARD.search(one))]

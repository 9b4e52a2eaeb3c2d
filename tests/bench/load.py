"""Hands SMS over as a provider does: at a rate, over kept connections, each timed.

By the standard library's client: it takes a tenth of the processor time of httpx, which would be
missing to what is measured on the same machine.
"""

import http.client
import threading
import time
import uuid
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

CONNECTIONS = 16
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Sms:
    """One text of one person; the same id is the same SMS."""

    number: str
    text: str
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Sent:
    """An SMS that was kept: when it was to go, and when its 200 came, by time.monotonic()."""

    sms: Sms
    due: float
    kept: float


class NotKept(Exception):
    """A webhook answered something else than 200."""


def number(place: int) -> str:
    """A made-up number of its own for each place."""
    return f"+92300{place:07d}"


class Line:
    """A provider's connections to our webhook."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._own = threading.local()

    def hand_over(self, told: Iterable[Sms], rate: float | None = None) -> list[Sent]:
        """Send each once, so many a second or as fast as they are taken. Raises NotKept.

        At a rate the time counts from when a message was due, so that a slow one makes those that
        wait behind it slow too.
        """
        with ThreadPoolExecutor(CONNECTIONS) as connections:
            first = time.monotonic()
            at_work = []
            for place, sms in enumerate(told):
                due = first + place / rate if rate else None
                if due:
                    time.sleep(max(0.0, due - time.monotonic()))
                at_work.append(connections.submit(self._send, sms, due))
            return [one.result() for one in at_work]

    def _send(self, sms: Sms, due: float | None) -> Sent:
        began = due or time.monotonic()
        form = {"from": sms.number, "to": "8585", "text": sms.text, "id": sms.id}
        connection = self._connection()
        connection.request("POST", self._url.path, urlencode(form), FORM)
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise NotKept(answer.status)
        return Sent(sms, began, time.monotonic())

    def _connection(self) -> http.client.HTTPConnection:
        if not hasattr(self._own, "connection"):
            assert self._url.hostname is not None
            made = http.client.HTTPConnection(self._url.hostname, self._url.port, timeout=30)
            self._own.connection = made
        found: http.client.HTTPConnection = self._own.connection
        return found

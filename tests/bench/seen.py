"""What staff can see through the API, and since when: asked again and again, as a console does."""

import threading
import time
from collections.abc import Callable, Iterable

import httpx

LOOK_EVERY = 0.05  # seconds
PAGE = 100
GIVES_UP = 300.0  # seconds without anything new


class Watch:
    """Asks an officer's list over and over, and reads each new alert whole."""

    def __init__(self, staff: httpx.Client, marks: Iterable[str], **asked: str) -> None:
        self._staff = staff
        self._asked = {"limit": str(PAGE)} | asked
        self._waiting = set(marks)
        self._known: set[str] = set()
        self._since: str | None = None
        self.seen: dict[str, float] = {}  # by mark, time.monotonic()
        self._thread = threading.Thread(target=self._look_until_all, daemon=True)

    def start(self) -> None:
        """Look in a thread of its own."""
        self._thread.start()

    def wait(self) -> None:
        """Wait until every mark was seen, or nothing has come for long. What is missing is missing."""
        self._thread.join()

    def _look_until_all(self) -> None:
        last = time.monotonic()
        while self._waiting and time.monotonic() < last + GIVES_UP:
            if self._look():
                last = time.monotonic()
            time.sleep(LOOK_EVERY)

    def _look(self) -> bool:
        asked = self._asked | ({"since": self._since} if self._since else {})
        cursor, found = None, []
        while True:
            page = get(self._staff, "/alerts", asked | ({"cursor": cursor} if cursor else {}))
            found += page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        new = [item for item in found if item["id"] not in self._known]
        for item in new:
            alert = get(self._staff, f"/alerts/{item['id']}", {})
            now = time.monotonic()
            words = {word for report in alert["reports"] for word in report["text"].split()}
            for mark in words & self._waiting:
                self.seen[mark] = now
                self._waiting.discard(mark)
            self._known.add(item["id"])
        self._since = max((item["updated_at"] for item in found), default=self._since)
        return bool(new)


def get(staff: httpx.Client, path: str, asked: dict[str, str]) -> dict:
    """The answer of the API."""
    return staff.get(path, params=asked).raise_for_status().json()


def count(staff: httpx.Client, see: Callable[[dict], bool] = lambda _item: True) -> int:
    """How many alerts of this kind the officer can see in all."""
    cursor, found = None, 0
    while True:
        asked = {"limit": str(PAGE)} | ({"cursor": cursor} if cursor else {})
        page = get(staff, "/alerts", asked)
        found += sum(map(see, page["items"]))
        cursor = page["next_cursor"]
        if cursor is None:
            return found

"""What staff can see through the API, and since when: asked again and again, as a console does."""

import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Self

import httpx

LOOK_EVERY = 0.1  # seconds
PAGE = 100
GIVES_UP = 60.0  # seconds without anything new
CASE_CODE = re.compile(r"\d{3} \d{3} \d{3}")


def codes_of(sent: Iterable[Mapping[str, str]]) -> dict[str, str]:
    """The case code that each number was told, as nine digits."""
    found = ((one["to"], CASE_CODE.search(one["message"])) for one in [*sent])
    return {number: code[0].replace(" ", "") for number, code in found if code}


class Watch:
    """Asks an officer's list over and over; `seen` says when each case code was there first."""

    def __init__(self, staff: httpx.Client, **asked: str) -> None:
        self.seen: dict[str, float] = {}  # by case code, time.monotonic()
        self.failed = 0  # looks that the API did not answer
        self._staff = staff
        self._asked = {"limit": str(PAGE)} | asked
        self._since: str | None = None
        self._over = threading.Event()

    @contextmanager
    def looking(self) -> Iterator[Self]:
        """Look in a thread of its own until the block ends."""
        thread = threading.Thread(target=self._look_on)
        thread.start()
        try:
            yield self
        finally:
            self._over.set()
            thread.join()

    def wait(self, numbers: set[str], told: Callable[[], Mapping[str, str]]) -> dict[str, float]:
        """When each number's alert was seen; `told` gives the case codes that numbers know by now.

        Ends when all were seen or nothing new has come for long: what is missing is missing.
        """
        found: dict[str, float] = {}
        last = time.monotonic()
        while len(found) < len(numbers) and time.monotonic() < last + GIVES_UP:
            time.sleep(LOOK_EVERY)
            codes = {number: code for number, code in told().items() if number in numbers}
            now = {one: self.seen[code] for one, code in codes.items() if code in self.seen}
            if len(now) > len(found):
                found, last = now, time.monotonic()
        return found

    def _look_on(self) -> None:
        while not self._over.wait(LOOK_EVERY):
            try:
                self._look()
            except httpx.HTTPError:
                self.failed += 1

    def _look(self) -> None:
        asked = self._asked | ({"since": self._since} if self._since else {})
        items: list[dict[str, Any]] = []
        cursor: str | None = ""
        while cursor is not None:
            answer = self._staff.get("/alerts", params=asked | {"cursor": cursor})
            page = answer.raise_for_status().json()
            for item in page["items"]:
                self.seen.setdefault(item["case_code"], time.monotonic())
            items += page["items"]
            cursor = page["next_cursor"]
        self._since = max((item["updated_at"] for item in items), default=self._since)

"""`make chat`: a phone in the terminal. Type a message, read the replies; end with Ctrl-D.

CHANNEL=sms|telegram and FROM=+92... choose the phone. A line `/pin LAT LON` sends a location pin.
It speaks to the simulated phone of a demo, so `make up` has to run.
"""

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx

from scripts.up import read_settings

LOOK_EVERY = 0.2  # seconds
PATIENCE = 20.0  # seconds without a new reply until we let the person write on
PIN_WORDS = 3


@dataclass
class Phone:
    """One made-up person's phone."""

    http: httpx.Client
    number: str
    channel: str
    last: str = "0"

    def look(self) -> tuple[list[dict[str, Any]], bool]:
        """Return the new bubbles, and whether an answer is on its way."""
        who = {"from": self.number, "channel": self.channel, "after": self.last}
        answer = self.http.get("/phone/messages", params=who).raise_for_status().json()
        if answer["messages"]:
            self.last = answer["messages"][-1]["id"]
        return answer["messages"], answer["busy"]

    def write(self, line: str) -> None:
        """Send what was typed."""
        words = line.split()
        message: dict[str, Any] = {"from": self.number, "channel": self.channel, "text": line}
        if words[:1] == ["/pin"] and len(words) == PIN_WORDS:
            message |= {"text": "", "location": {"lat": float(words[1]), "lon": float(words[2])}}
        self.http.post("/phone/messages", json=message).raise_for_status()

    def replies(self) -> Iterator[dict[str, Any]]:
        """Yield replies as they come, until no more are on their way."""
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            bubbles, busy = self.look()
            for bubble in bubbles:
                if bubble["direction"] == "out":
                    yield bubble
                    patience = time.monotonic() + PATIENCE
            if not busy:
                return
            time.sleep(LOOK_EVERY)


def show(bubble: dict[str, Any]) -> None:
    """Print a reply and its buttons."""
    for line in bubble["text"].splitlines():
        print(f"< {line}", flush=True)
    for button in bubble["buttons"]:
        print(f"    [{button['payload']}] {button['title']}", flush=True)


def main() -> None:
    """Talk until the input ends."""
    settings = read_settings(os.environ)
    port = settings.get("AMAAN_CHANNELS_PORT") or "8080"
    channel = os.environ.get("CHANNEL") or "sms"
    number = os.environ.get("FROM") or "+923000000001"
    if sys.stdin.isatty():
        print(f"A {channel} phone, number {number}. Type a message; Ctrl-D ends.")
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        phone = Phone(http, number, channel)
        try:
            phone.look()
            for line in sys.stdin:
                phone.write(line.rstrip("\n"))
                for bubble in phone.replies():
                    show(bubble)
        except httpx.HTTPStatusError as error:
            sys.exit(f"amaan: the phone did not take that ({error.response.status_code}).")
        except httpx.HTTPError:
            sys.exit(f"amaan: nobody listens on port {port}. Is `make up` running?")
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()

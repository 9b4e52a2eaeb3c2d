"""A made-up reporter who answers what is asked, by SMS or to the bot."""

import functools
import random
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.e2e.installation import Installation, new_number

DOMAIN = Path(__file__).parents[2] / "bot/domain"


@functools.cache
def table() -> list[tuple[re.Pattern[str], str, str, str | None]]:
    """The reviewed table: what a sentence looks like, its response, its kind and its form."""
    rows = []
    for file in sorted(DOMAIN.glob("*.yml")):
        for response, variations in yaml.safe_load(file.read_text()).get("responses", {}).items():
            for one in variations:
                words = re.sub(r"\\\{\w+\\\}", ".+", re.escape(one["text"]))
                form = one["condition"][0]["value"] if "condition" in one else None
                rows.append((re.compile(words, re.DOTALL), response, one["metadata"]["kind"], form))
    return rows


@dataclass(frozen=True)
class Said:
    """What a received text may be in the table: several responses and forms share some words."""

    responses: set[str]
    kinds: set[str]
    forms: set[str | None]


def read(text: str) -> Said:
    """Find a text that was received in the table."""
    found = [row for row in table() if row[0].search(text)]
    assert found, "A reply that stands in no table."
    longest = max(len(row[0].pattern) for row in found)
    same = [row for row in found if len(row[0].pattern) == longest]
    return Said({row[1] for row in same}, {row[2] for row in same}, {row[3] for row in same})


class Reporter:
    """Tells something, then answers each question until there is none."""

    def __init__(self, amaan: Installation, channel: str) -> None:
        self.amaan = amaan
        self.who: str | int = (
            new_number() if channel == "sms" else random.randrange(10**8, 10**9)  # noqa: S311
        )
        self.heard: list[str] = []

    def tell(self, text: str) -> list[str]:
        """Send a text; the replies to it."""
        if isinstance(self.who, int):
            self.amaan.bot(self.who, text=text)
        else:
            self.amaan.sms(text, self.who)
        return self._hear()

    def point(self, latitude: float, longitude: float) -> list[str]:
        """Send a location pin; the replies to it."""
        assert isinstance(self.who, int)
        self.amaan.bot(self.who, location={"latitude": latitude, "longitude": longitude})
        return self._hear()

    def _hear(self) -> list[str]:
        new = self.amaan.replies(self.who, after=len(self.heard))
        self.heard += new
        return new

    def report(self, opening: str, answers: dict[str, str]) -> list[str]:
        """Tell, then answer what is asked by the response's name; the questions, in order.

        Whether we understood is answered with yes, unless the answers have another.
        """
        answers = {"confirm": "1"} | answers
        asked = []
        replies = self.tell(opening)
        while questions := [said for said in map(read, replies) if "question" in said.kinds]:
            question = questions[-1].responses.pop().removeprefix("utter_ask_")
            asked.append(question)
            replies = self.tell(answers[question])
        return asked

    def forms(self) -> set[str | None]:
        """The forms in which every reply so far can be read."""
        return set.intersection(*(read(text).forms for text in self.heard))

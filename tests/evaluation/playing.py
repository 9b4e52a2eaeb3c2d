"""Plays one dialogue of `dialogues.yml` over the real webhooks, as its reporter would.

A wait is not waited: what comes `later` is sent once the questions before it are over. Nothing the
machine decides then depends on the hours between, as `tests/api` shows with a moved clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.e2e.installation import CASE_CODE, Installation
from tests.e2e.reporter import Reporter, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_TURNS = 30  # a dialogue that is longer goes round in circles
# What a response asks for, by the names of README.md, where it is not utter_ask_<name>.
ASKS = {
    "utter_which_place": "place_choice",
    "utter_ask_nearest_town": "place",
    "utter_greet": "concern",
    "utter_out_of_scope": "concern",
    "utter_language": "concern",
    "utter_ask_other_words": "concern",
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One text of the reporter and what came back.

    `kind` is `opening`, `answer`, `later` or that of an interruption; `heard` has, for each reply,
    the names it may have in the table.
    """

    kind: str
    heard: list[set[str]]

    @property
    def question(self) -> str | None:
        """The response that asks something in this turn, the last one; None when none does."""
        asking = [names for names in self.heard if any(asked_for(name) for name in names)]
        # "Please write in your own words" greets, too.
        return min(asking[-1], key=lambda name: (name in ASKS, name)) if asking else None


@dataclass(slots=True)
class Played:
    """A dialogue that was played: its turns, and what finds its alerts."""

    dialogue: dict[str, Any]
    turns: list[Turn] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)  # case codes that were told
    first_later: str | None = None  # the text a second telling begins with
    failure: str | None = None

    def heard(self, name: str) -> int:
        """How often a response was heard."""
        return sum(name in names for turn in self.turns for names in turn.heard)


def asked_for(response: str) -> str | None:
    """What a response asks for, None when it asks nothing."""
    if response in ASKS:
        return ASKS[response]
    return response.removeprefix("utter_ask_") if response.startswith("utter_ask_") else None


class Player:
    """A reporter who holds to the answers of one dialogue."""

    def __init__(self, amaan: Installation, dialogue: dict[str, Any]) -> None:
        self.reporter = Reporter(amaan, dialogue["channel"])
        self.played = Played(dialogue)
        self.interruptions = list(dialogue.get("interruptions", []))

    def play(self) -> Played:
        """Play it to its end; a dialogue that breaks off says why in `failure`."""
        dialogue = self.played.dialogue
        try:
            self._telling("opening", dialogue["opening"], dialogue["answers"])
            for later in dialogue.get("later", []):
                self.played.first_later = later["opening"][0]
                self._telling("later", later["opening"], later["answers"])
        except (TimeoutError, AssertionError) as error:
            self.played.failure = f"{type(error).__name__} after {len(self.played.turns)} turns"
        return self.played

    def _telling(
        self, kind: str, opening: Sequence[str | dict[str, Any]], answers: dict[str, Any]
    ) -> None:
        """Send the first texts, then answer until nothing is asked or the reporter falls silent."""
        given = {name: each(answer) for name, answer in answers.items()}
        for message in opening:
            if not self._silent():
                self._send(kind, message)
        while not self._silent() and len(self.played.turns) < MOST_TURNS:
            question = self.played.turns[-1].question
            turns = len(self.played.turns)
            # Who is asked nothing more says at once what else they have to say.
            due = [one for one in self.interruptions if not question or one["after"] <= turns]
            if due:
                self.interruptions.remove(due[0])
                self._send(due[0]["kind"], due[0]["say"])
                continue
            if question is None:
                return
            asked = asked_for(question) or ""
            answer = next(given.get(asked, iter(())), None) or next(given["any_other"])
            self._send("answer", answer)

    def _silent(self) -> bool:
        after = self.played.dialogue.get("silence_after")
        return after is not None and len(self.played.turns) >= after

    def _send(self, kind: str, message: str | dict[str, Any]) -> None:
        if isinstance(message, str):
            heard = self.reporter.tell(message)
        else:
            pin = message["location"]
            heard = self.reporter.point(pin["lat"], pin["lon"])
        self.played.turns.append(Turn(kind, [read(text).responses for text in heard]))
        for text in heard:
            self.played.codes |= {code.replace(" ", "") for code in CASE_CODE.findall(text)}


def each(answer: str | list[str]) -> Iterator[str]:
    """One answer again and again, or a list's in turn and then no more."""
    if isinstance(answer, list):
        yield from answer
    else:
        while True:
            yield answer

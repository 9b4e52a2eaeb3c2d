"""The reviewed table of replies: `bot/domain/*.yml`, the same that Rasa answers from.

Everything a reporter is told stands there. This finds a sentence; it never makes one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import yaml

from channels.errors import ReplyMissing
from channels.messages import Button, Channel, Kind, Reply

# What channels says itself, when there is no turn of Rasa to say it.
LIFELINES = tuple(
    f"utter_lifeline_{variant}"
    for variant in (
        "general",
        "police",
        "on_move",
        "self_harm",
        "missing_child",
        "explosive",
        "online",
    )
)
OWN = (
    *LIFELINES,
    "utter_not_read",
    "utter_stopped",
    "utter_late",
    "utter_opening",
    "utter_test_line",
    "utter_text_only",
)


@dataclass(frozen=True, slots=True)
class Variation:
    """One reviewed wording; None for a language or channel it does not ask for."""

    reply: Reply
    language: str | None
    channel: Channel | None


class Replies:
    """All responses of the table with their variations."""

    def __init__(self, table: dict[str, list[Variation]]) -> None:
        self._table = table

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the table. Raises ReplyMissing when one that we say ourselves is not there."""
        table: dict[str, list[Variation]] = {}
        for path in sorted(folder.glob("**/*.yml")):
            responses = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) or {}).get(
                "responses"
            ) or {}
            for name, variations in responses.items():
                table[name] = [_variation(name, one) for one in variations]
        missing = [name for name in OWN if name not in table]
        if missing:
            raise ReplyMissing(f"The table of replies in {folder} lacks {', '.join(missing)}.")
        return cls(table)

    def find(
        self,
        response: str,
        language: str,
        channel: Channel,
        *,
        case_code: str | None = None,
    ) -> Reply:
        """Return the reply in this language, for this channel where it has its own wording."""
        variations = self._table.get(response, [])
        for tongue in (language, None):
            for road in (channel, None):
                for one in variations:
                    if one.language == tongue and one.channel == road:
                        return _filled(one.reply, case_code)
        raise ReplyMissing(f"{response} has no wording for {language} on {channel}.")

    def all(self) -> Iterable[Variation]:
        """Return every wording there is, for checks over the table."""
        return (one for variations in self._table.values() for one in variations)


def _variation(name: str, given: dict[str, Any]) -> Variation:
    languages = [
        condition["value"]
        for condition in given.get("condition", [])
        if condition.get("name") == "language"
    ]
    kind: Kind = given.get("metadata", {}).get("kind", "question")
    reply = Reply(
        response=name,
        kind=kind,
        text=given.get("text", ""),
        buttons=tuple(Button(**button) for button in given.get("buttons", [])),
    )
    return Variation(reply, languages[0] if languages else None, given.get("channel"))


def _filled(reply: Reply, case_code: str | None) -> Reply:
    if case_code is None:
        return reply
    digits = case_code.replace(" ", "")
    written = f"{digits[:3]} {digits[3:6]} {digits[6:]}"
    return reply.model_copy(update={"text": reply.text.replace("{case_code}", written)})

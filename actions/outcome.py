"""What a turn comes to: what is said, what is asked next, what is remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from actions.questions import WHICH_PLACE, choices_text

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Say:
    """A response of the reviewed table and what fills its gaps."""

    response: str
    gaps: dict[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The question to ask next (None ends the form), what to say before it, and what to know."""

    question: str | None
    say: list[Say] = field(default_factory=list)
    known: dict[str, Any] = field(default_factory=dict, repr=False)


def written(code: str) -> str:
    """A case code as people read it: `482 177 306`."""
    return f"{code[:3]} {code[3:6]} {code[6:]}"


def asked_by_us(question: str | None, known: Mapping[str, Any], channel: str) -> list[Say]:
    """The one question the form cannot ask itself: its choices differ each time."""
    if question != WHICH_PLACE:
        return []
    choices = known.get("choices") or []
    gaps: dict[str, Any] = {"choices": choices_text(choices)}
    if channel == "telegram":
        titles = [*(choice["name"] for choice in choices), "0"]
        payloads = [*(str(number) for number in range(1, len(choices) + 1)), "0"]
        gaps["buttons"] = [
            {"title": title, "payload": payload}
            for title, payload in zip(titles, payloads, strict=True)
        ]
    return [Say("utter_which_place", gaps)]

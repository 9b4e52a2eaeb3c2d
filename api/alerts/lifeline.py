"""Which helplines go out after danger: a pure function of what was told.

The numbers themselves are in the bot's reviewed replies; this names only the variant.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import yaml

from language.normalise import tokens

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from api.alerts.triage import Told

Lifeline = Literal[
    "general", "police", "on_move", "self_harm", "missing_child", "explosive", "online"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to come to a variant; the first that holds wins."""

    variant: Lifeline
    any_of: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)  # fact -> words to find

    def holds(self, told: Told) -> bool:
        """Whether this choice fits what was told."""
        if self.unless & told.keys():
            return False
        return bool(self.any_of & told.keys()) or any(
            f" {word} " in f" {spaced(told.get(fact) or '')} "
            for fact, words in self.words.items()
            for word in words
        )


def spaced(text: str) -> str:
    """Return the words of a text as they are matched, without what stands between them."""
    return " ".join(tokens(text))


def load_lifelines(file: Path) -> tuple[Choice, ...]:
    """Read the choices in their order; ValueError for a variant that no reply has."""
    choices = tuple(
        Choice(
            variant=item["variant"],
            any_of=frozenset(item.get("any", ())),
            unless=frozenset(item.get("unless", ())),
            words={
                fact: frozenset(spaced(word) for word in words)
                for fact, words in item.get("words", {}).items()
            },
        )
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["variants"]
    )
    if strange := {choice.variant for choice in choices} - set(get_args(Lifeline)):
        raise ValueError(f"No reply has these lifelines: {sorted(strange)}")
    return choices


def lifeline_for(told: Told, choices: Sequence[Choice]) -> Lifeline:
    """Return the variant of the first choice that holds, else `general`."""
    return next((choice.variant for choice in choices if choice.holds(told)), "general")

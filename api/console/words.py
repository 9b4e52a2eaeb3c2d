"""The words of the console: one table, a column a language. Knows no page and no request."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FILE = Path(__file__).parent / "words.yml"
DEFAULT = "en"

# Isolate what is filled in, so that a name in Latin letters does not turn an Urdu sentence around.
FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The console's words in one language; `language` is its code."""

    language: str
    own_name: str
    direction: Literal["ltr", "rtl"]
    table: Mapping[str, str]  # "group.name" -> words

    def say(self, key: str, **values: object) -> str:
        """Return the words under `group.name`, with values filled in; KeyError when there are none."""
        return filled(self.table[key], values)

    def name(self, group: str, code: str, **values: object) -> str:
        """Return what a code is called; one that the table does not know yet shows itself."""
        key = f"{group}.{code}"
        return self.say(key, **values) if key in self.table else code.replace("_", " ")

    def knows(self, group: str, code: str) -> bool:
        """Whether the table has words for a code."""
        return f"{group}.{code}" in self.table

    def options(self, group: str, codes: Iterable[str] | None = None) -> list[tuple[str, str]]:
        """Return codes of a group with what they are called, to choose from; all of it by default."""
        if codes is None:
            codes = (key.partition(".")[2] for key in self.table if key.startswith(f"{group}."))
        return [(code, self.name(group, code)) for code in codes]

    def join(self, parts: Iterable[str]) -> str:
        """Return a list as the language writes it."""
        return self.say("line.separator").join(parts)


def filled(text: str, values: Mapping[str, object]) -> str:
    """Return a text with its values filled in, each of them isolated."""
    if not values:
        return text
    isolated = {
        name: f"{FIRST_STRONG_ISOLATE}{value}{POP_ISOLATE}" for name, value in values.items()
    }
    return text.format_map(isolated)


@cache
def all_words() -> Mapping[str, Words]:
    """Read the table; the words of each language under its code."""
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    languages = told.pop("languages")
    return {
        code: Words(
            language=code,
            own_name=language["name"],
            direction=language["direction"],
            table={
                f"{group}.{name}": words[code]
                for group, entries in told.items()
                for name, words in entries.items()
            },
        )
        for code, language in languages.items()
    }

"""Which language a reporter asks for, when a text asks for another one. Pure.

"Urdu" is Urdu script also when it is typed in Roman letters: our question names Roman Urdu apart.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

from language.normalise import normalise, squeeze, tokens

if TYPE_CHECKING:
    from pathlib import Path

BESIDE = 3  # words between a language and the "not" that refuses it
PASHTO = {"ps", "roman_ps"}


@dataclass(frozen=True)
class LanguageNames:
    """The kind of each word of `language_names.tsv`: en, ur, ps, roman, not_after, not_before."""

    kinds: dict[str, str]

    @classmethod
    def load(cls, folder: Path) -> LanguageNames:
        """Read the list. Raises OSError when it is missing."""
        with (folder / "language_names.tsv").open(encoding="utf-8", newline="") as file:
            rows = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t")
            return cls(
                {squeeze(normalise(word)): kind for kind, words in rows for word in words.split()}
            )


def wished(text: str, names: LanguageNames, present: str | None) -> str | None:
    """The form asked for; None when the text names none, or only one it refuses."""
    kinds = [names.kinds.get(squeeze(word)) for word in tokens(text)]
    named = [(place, kind) for place, kind in enumerate(kinds) if kind in {"en", "ur", "ps"}]
    kept = [kind for place, kind in named if not _is_refused(kinds, place)]
    language = kept[0] if kept else None
    if "roman" not in kinds or language == "en":
        return language
    if language is None and named:
        return None
    return "roman_ps" if language == "ps" or (not language and present in PASHTO) else "roman_ur"


def _is_refused(kinds: list[str | None], place: int) -> bool:
    """Whether a "not" stands behind the language, before the next one, or ahead of it."""
    for kind in kinds[place + 1 : place + 1 + BESIDE]:
        if kind in {"en", "ur", "ps"}:
            break
        if kind == "not_after":
            return True
    return "not_before" in kinds[max(0, place - BESIDE) : place]

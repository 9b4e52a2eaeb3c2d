"""Whether a text says stop, in any language form; recognised at intake, before anything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from language.normalise import tokens
from language.pattern import key_of
from language.tables import rows
from language.vocabulary import keys_of

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class StopWords:
    """The reviewed phrases of `stop.tsv`, by their first word.

    `whole` phrases stop when they are the whole text; `anywhere` phrases are unmistakable and stop
    wherever they stand; `signs` are agreed punctuation.
    """

    whole: dict[str, set[Phrase]]
    anywhere: dict[str, set[Phrase]]
    signs: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> "StopWords":
        """Read `stop.tsv`."""
        found: dict[str, dict[str, set[Phrase]]] = {"whole": {}, "anywhere": {}}
        signs: set[str] = set()
        for row in rows(folder / "stop.tsv"):
            if row["where"] == "sign":
                signs.add(row["phrase"])
            else:
                phrase = tuple(key_of(word, row["form"]) for word in tokens(row["phrase"]))
                found[row["where"]].setdefault(phrase[0], set()).add(phrase)
        return cls(found["whole"], found["anywhere"], frozenset(signs))

    def is_stop(self, text: str) -> bool:
        """Tell whether the writer wants silence."""
        if text.strip() in self.signs:
            return True
        keys = [keys_of(word) for word in tokens(text)]
        return any(len(phrase) == len(keys) for phrase in _opening(self.whole, keys)) or any(
            any(_opening(self.anywhere, keys[start:])) for start in range(len(keys))
        )


def _opening(phrases: dict[str, set[Phrase]], keys: list[list[str]]) -> Iterator[Phrase]:
    """Give the phrases with which the words begin, each word by its possible keys."""
    for first in keys[0] if keys else ():
        for phrase in phrases.get(first, ()):
            if len(phrase) <= len(keys) and all(map(list.__contains__, keys, phrase)):
                yield phrase

"""Whether a text says stop, in any language form; recognised at intake, before anything else."""

from dataclasses import dataclass
from pathlib import Path

from language.normalise import tokens
from language.pattern import key_of
from language.tables import rows
from language.vocabulary import keys_of

Phrase = tuple[str, ...]


@dataclass(frozen=True)
class StopWords:
    """The reviewed words of `stop.tsv`.

    `whole` phrases stop when they are the whole text; `anywhere` phrases are unmistakable and stop
    wherever they stand; `signs` are agreed punctuation.
    """

    whole: frozenset[Phrase]
    anywhere: frozenset[Phrase]
    signs: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> "StopWords":
        """Read `stop.tsv`."""
        found: dict[str, set[Phrase]] = {"whole": set(), "anywhere": set()}
        signs: set[str] = set()
        for row in rows(folder / "stop.tsv"):
            if row["where"] == "sign":
                signs.add(row["phrase"])
            else:
                phrase = tuple(key_of(word, row["form"]) for word in tokens(row["phrase"]))
                found[row["where"]].add(phrase)
        return cls(frozenset(found["whole"]), frozenset(found["anywhere"]), frozenset(signs))

    def is_stop(self, text: str) -> bool:
        """Tell whether the writer wants silence."""
        if text.strip() in self.signs:
            return True
        keys = [set(keys_of(word)) for word in tokens(text)]
        return any(
            len(phrase) == len(keys) and _stands(phrase, keys, 0) for phrase in self.whole
        ) or any(
            _stands(phrase, keys, start)
            for phrase in self.anywhere
            for start in range(len(keys) - len(phrase) + 1)
        )


def _stands(phrase: Phrase, keys: list[set[str]], start: int) -> bool:
    return all(key in keys[start + place] for place, key in enumerate(phrase))

"""Whether a phrase is denied: "nahi maarta", "does not beat", "نه وهي".

A negation governs what stands next to it and no more, so that "rokta nahi, maar raha hai" stays a
danger: when in doubt the phrase is not denied.
"""

from dataclasses import dataclass
from pathlib import Path

from language.normalise import Word
from language.pattern import Part, Span, exact_key_of, key_of
from language.tables import rows
from language.vocabulary import keys_of

# How many words may stand between a negation and what it denies ("does not ever really beat").
REACH = {"not": 0, "not_far": 3}
KINDS = (*REACH, "filler", "takes_it", "turns", "new_clause", "copula", "from", "lacks")


@dataclass(frozen=True)
class Negation:
    """The reviewed words of `negation.tsv` as keys, by kind.

    `not` denies the next word or the one before; `not_far` (English) one of the next four; a
    `filler` does not count; a verb of `takes_it` that stands before is what is denied; a word of
    `turns` turns it round ("does not stop beating"); one of `new_clause` ends its reach, as a
    `copula` (hai, tha) does, which may follow it ("maarta nahi hai", "chot nahi lagi"). Pashto "na"
    after a noun with a word of `from` before it is no negation; what `lacks` (nishta: there is none)
    denies stands before it.
    """

    keys: dict[str, frozenset[str]]

    @classmethod
    def load(cls, folder: Path) -> "Negation":
        """Read `negation.tsv`."""
        keys: dict[str, set[str]] = {kind: set() for kind in KINDS}
        for row in rows(folder / "negation.tsv"):
            for word in row["words"].split():
                exact = word.startswith("=")
                key = exact_key_of(word[1:], row["form"]) if exact else key_of(word, row["form"])
                keys[row["kind"]].add(key)
        return cls({kind: frozenset(found) for kind, found in keys.items()})

    def speaks_in(self, part: Part) -> bool:
        """Tell whether the phrase holds a negation of its own, as "khana nahi deta" does."""
        own = self.keys["not"] | self.keys["not_far"]
        return any(item.atoms & own for item in part.items)

    def denies(self, words: list[Word], span: Span) -> bool:
        """Tell whether the words from the first to before the last place are denied."""
        return self._before(words, span[0]) or self._after(words, span[1])

    def _before(self, words: list[Word], start: int) -> bool:
        between = 0
        for place in range(start - 1, -1, -1):
            if words[place].clause != words[start].clause:
                return False
            kinds = self._kinds(words[place])
            for kind, reach in REACH.items():
                if kind in kinds:
                    return between <= reach and not self._taken(words, place)
            if kinds & {"turns", "new_clause", "copula"}:
                return False
            between += "filler" not in kinds
        return False

    def _after(self, words: list[Word], end: int) -> bool:
        """Tell whether the phrase is followed by a negation: "maarta nahi"."""
        clause = words[end - 1].clause
        while end < len(words) and words[end].clause == clause:
            if "filler" not in (kinds := self._kinds(words[end])) or "not" in kinds:
                break
            end += 1
        else:
            return False
        # "maarta hai nahi rukta": a negation that goes before another verb is that verb's.
        if "lacks" in kinds:
            return True
        last = end + 1 == len(words) or words[end + 1].clause != words[end].clause
        follows = set() if last else self._kinds(words[end + 1])
        return "not" in kinds and (last or "copula" in follows)

    def _taken(self, words: list[Word], place: int) -> bool:
        """Tell whether the word belongs to what is before it: "rokta nahi", "da sahar na" (from)."""
        if place > 0 and "takes_it" in self._kinds(words[place - 1]):
            return True
        return place > 1 and "from" in self._kinds(words[place - 2])

    def _kinds(self, word: Word) -> set[str]:
        keys = set(keys_of(word.text))
        return {kind for kind, found in self.keys.items() if keys & found}

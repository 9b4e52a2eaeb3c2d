"""The words that stand beside place names, and the common words that are none."""

from dataclasses import dataclass
from pathlib import Path

from language.normalise import Word, skeleton
from language.tables import rows

KINDS = (
    "before",
    "after",
    "linker",
    "near",
    "pair_before",
    "pair_after",
    "not_after",
    "ending",
    "joined",
    "common",
    "person",
    "elsewhere",
    "rarely",
)


@dataclass(frozen=True)
class PlaceWords:
    """The reviewed words of `place_words.tsv`, by skeleton.

    `levels` give the level a word says ("tehsil", "bazar"); `before` and `after` stand on one side
    of a place ("near", "mein"), `pair_before` and `pair_after` on both ("په باړه کې"); a `linker`
    parts a place from `near` words ("Bara ke qareeb"); after `not_after` words no name that is also
    a common word is a place ("thori der mein"); `ending` are endings a name may carry; `joined`
    postpositions that people write on to it; `common` and `person` words are places in context only;
    `elsewhere` names are no misspelling of ours; `rarely` words only beside a word of level.
    """

    kinds: dict[str, frozenset[str]]
    levels: dict[str, str]

    @property
    def endings(self) -> frozenset[str]:
        """Give what a name may end in besides itself."""
        return self.kinds["ending"] | self.kinds["joined"]

    def has(self, kind: str, word: Word) -> bool:
        """Tell whether the word is one of the kind."""
        return skeleton(word.text) in self.kinds[kind]

    def beside(self, words: list[Word], start: int, end: int) -> tuple[str | None, bool]:
        """Give the level a word beside a name says, and whether the name is a place there.

        The name is the words from `start` to before `end`. Alone, or last after a comma, it
        answers "where?".
        """
        before = words[start - 1] if start else None
        after = words[end] if end < len(words) else None
        beyond = words[end + 1] if end + 1 < len(words) else None
        if before and self.has("not_after", before):
            return None, False
        if after and beyond and self.has("linker", after):
            level = self._level(beyond)
            if level or self.has("near", beyond):
                return level, True
        level = self._level(after) or self._level(before)
        if self.has("rarely", words[start]):
            return level, bool(level)
        answers = after is None and (before is None or before.clause < words[start].clause)
        return level, bool(level) or answers or self._stands_between(before, after)

    def _stands_between(self, before: Word | None, after: Word | None) -> bool:
        """Tell whether the words on either side make a place of what is between."""
        if (after and self.has("after", after)) or (before and self.has("before", before)):
            return True
        return bool(
            before and after and self.has("pair_before", before) and self.has("pair_after", after)
        )

    def _level(self, word: Word | None) -> str | None:
        return self.levels.get(skeleton(word.text)) if word else None

    @classmethod
    def load(cls, folder: Path) -> "PlaceWords":
        """Read `place_words.tsv` and count the frequent words of `form_words.tsv` as common."""
        kinds: dict[str, set[str]] = {kind: set() for kind in KINDS}
        levels: dict[str, str] = {}
        for row in rows(folder / "place_words.tsv"):
            kind, _, level = row["kind"].partition(":")
            for word in row["words"].split():
                if level:
                    levels[skeleton(word)] = level
                else:
                    kinds[kind].add(skeleton(word))
        for row in rows(folder / "form_words.tsv"):
            kinds["common"].update(skeleton(word) for word in row["words"].split())
        return cls({kind: frozenset(found) for kind, found in kinds.items()}, levels)

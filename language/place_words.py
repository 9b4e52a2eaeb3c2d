"""The words that stand beside place names, and the common words that are none."""

from dataclasses import dataclass
from pathlib import Path

from language.normalise import skeleton
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
)


@dataclass(frozen=True)
class PlaceWords:
    """The reviewed words of `place_words.tsv`, by skeleton.

    `levels` give the level a word says ("tehsil", "bazar"); `before` and `after` stand on one side
    of a place ("near", "mein"), `pair_before` and `pair_after` on both ("په باړه کې"); a `linker`
    parts a place from `near` words ("Bara ke qareeb"); after `not_after` words no name that is also
    a common word is a place ("thori der mein"); `ending` are endings a name may carry; `joined`
    postpositions that people write on to it; `common` and `person` words are places in context only.
    """

    kinds: dict[str, frozenset[str]]
    levels: dict[str, str]

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

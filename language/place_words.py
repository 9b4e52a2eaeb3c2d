"""The words that stand beside place names, and the common words that are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from language.normalise import Word, skeleton, tokens
from language.tables import rows

# How sure the words beside a name make that it is a place, and how sure a name needs them to be:
# WEAK words stand by any noun ("Swabai ka"), FAIR ones by a place in Pashto ("Tank ke yo mashom"),
# STRONG ones by a place whatever the word ("Bara mein", an answer by itself), and a word of LEVEL
# says what kind of place it is ("gaon Bara"). REFUSED: it is part of another name.
REFUSED, NONE, WEAK, FAIR, STRONG, LEVEL = range(-1, 5)

KINDS = (
    "before",
    "after",
    "linker",
    "within",
    "near",
    "pair_before",
    "pair_after",
    "about",
    "weak_before",
    "weak_after",
    "pashto",
    "not_after",
    "not_before",
    "ending",
    "joined",
    "common",
    "person",
    "rarely",
    "relative",
    "child",
    "works",
    "towards_before",
    "towards_after",
    "i_am",
    "is",
    "native",
    "opening",
    "spot",
    "one",
    "inside",
    "is_there",
)


class Beside(NamedTuple):
    """What the words beside a name say of it: a level ("tehsil") or None, and how surely a place.

    `away`: somebody comes from there or is taken there, and may be elsewhere now.
    """

    level: str | None
    sureness: int
    away: bool = False


@dataclass(frozen=True)
class PlaceWords:
    """The reviewed words of `place_words.tsv`, by skeleton.

    `levels` give the level a word says ("tehsil", "bazar"); `before` and `after` stand on one side
    of a place ("near", "mein"), `pair_before` and `pair_after` on both ("په باړه کې"), but the
    latter is enough in a text with a word of `pashto`; `weak_before` and `weak_after` stand beside
    any noun; a `linker` parts a place from `near` words ("Bara ke qareeb"), and a `within` word so
    after a `pair_before` one ("da Tank pa khar ke"); after `not_after` words
    no name that is also a common word is a place ("thori der mein"), and before `not_before` none
    is ("Khyber Pakhtunkhwa"); `ending` are endings a name
    may carry; `joined` postpositions that people write on to it; `common` and `person` words are
    places in context only, `rarely` words only beside a word of level, and a `spot`, which every
    village has, not by opening a text as "Kalam ke yo mashom" (`inside`, `one`) does, behind no more than `opening`
    words; `relative`, `child`, `works`, `i_am` tell who is there (language.elsewhere), and what goes
    `towards` a place, `is` of it or `native` to it who is not, but Pashto's `is_there`. `known` are
    the words of all reviewed tables, and the places outside KP: none of them is a place of ours
    misspelt.
    """

    kinds: dict[str, frozenset[str]]
    levels: dict[str, str]
    known: frozenset[str]

    @property
    def endings(self) -> frozenset[str]:
        """Give what a name may end in besides itself."""
        return self.kinds["ending"] | self.kinds["joined"]

    @property
    def postpositions(self) -> frozenset[str]:
        """Give what stands after a place and is never the end of its name."""
        after = ("after", "pair_after", "weak_after", "linker", "is", "within")
        return frozenset().union(*(self.kinds[kind] for kind in after))

    def has(self, kind: str, word: Word | None) -> bool:
        """Tell whether the word is one of the kind."""
        return word is not None and skeleton(word.text) in self.kinds[kind]

    def beside(self, words: Sequence[Word], start: int, end: int) -> Beside:
        """Tell what the words beside a name say; the name is the words from start to before end.

        Alone, or last after a comma, it answers "where?".
        """
        said = self._said(words, start, end)
        return said._replace(away=self._is_away(words, start, end))

    def _said(self, words: Sequence[Word], start: int, end: int) -> Beside:
        before = words[start - 1] if start else None
        after = words[end] if end < len(words) else None
        beyond = words[end + 1] if end + 1 < len(words) else None
        if self.has("not_before", after):
            return Beside(None, REFUSED)
        if self.has("not_after", before):
            return Beside(None, NONE)
        level = self._level(after) or self._level(before)
        within = self.has("within", after) and self.has("pair_before", before)
        if within and self.has("one", beyond):
            beyond = words[end + 2] if end + 2 < len(words) else None
        if beyond and (within or self.has("linker", after)):
            level = self._level(beyond) or level
            if self.has("near", beyond):
                return Beside(level, LEVEL if level else STRONG)
        if level:
            return Beside(level, LEVEL)
        if after is None and (before is None or before.clause < words[start].clause):
            return Beside(None, STRONG)
        return Beside(None, self._sureness(words, start, end))

    def _is_away(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Tell whether somebody comes from the place or goes there: "from Swat", "Swat ki hai"."""
        before = words[start - 1] if start else None
        after = words[end] if end < len(words) else None
        if self.has("towards_before", before) or self.has("towards_after", after):
            return True
        beyond = words[end + 1] if end + 1 < len(words) else None
        if self.has("linker", after):
            # Urdu's "ke" is "of", Pashto's "in": "Swat ke hain" came from there, "Swat ke de" is there.
            is_there = self.has("inside", after) and self.has("is_there", beyond)
            return not is_there and (self.has("is", beyond) or self.has("native", beyond))
        return self.has("linker", before) and (self.has("is", after) or self.has("i_am", after))

    def _sureness(self, words: Sequence[Word], start: int, end: int) -> int:
        """Tell how surely the words on either side make a place of what is between."""
        before = words[start - 1] if start else None
        after = words[end] if end < len(words) else None
        if self.has("after", after) or self.has("before", before):
            return STRONG
        if self.has("pair_after", after):
            if self.has("pair_before", before):
                return NONE if self.has("about", words[start]) else STRONG
            if self.has("inside", after) and self._opens(words, start, end):
                return STRONG
            if any(self.has("pashto", word) for word in words):
                return FAIR
        if self.has("weak_before", before):
            of_one = self.has("one", after)  # "yo", which sounds like "yu": we are
            of_me = self.has("i_am", after) and not of_one  # "da Karak yam"
            if of_me or (of_one and self._opens(words, start, end)):
                return STRONG
        last = after is None
        return (
            WEAK
            if last or self.has("weak_after", after) or self.has("weak_before", before)
            else NONE
        )

    def _opens(self, words: Sequence[Word], start: int, end: int) -> bool:
        """Tell whether a Pashto text or sentence begins with where it is: "Kalam ke yo mashom".

        So it does by "da Kalam yo mashom". A `spot` is in every village: "maidan ke yo mashom".
        """
        clause = words[start].clause
        beyond = words[end + 1] if end + 1 < len(words) else None
        if beyond is None or beyond.clause != clause or self.has("spot", words[start]):
            return False
        counted = beyond.text.isdigit() or self.has("one", beyond)
        if not (counted or self.has("pashto", beyond)):
            return False
        before = (word for word in words[:start] if word.clause == clause)
        return all(self.has("opening", word) for word in before)

    def _level(self, word: Word | None) -> str | None:
        return self.levels.get(skeleton(word.text)) if word else None

    @classmethod
    def load(cls, folder: Path) -> "PlaceWords":
        """Read `place_words.tsv`; the frequent words of `form_words.tsv` count as common."""
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
        known = {
            skeleton(word)
            for table in sorted(folder.glob("*.tsv"))
            for line in table.read_text(encoding="utf-8").splitlines()
            if not line.startswith("#")
            for word in tokens(line)
        }
        return cls(
            {kind: frozenset(found) for kind, found in kinds.items()}, levels, frozenset(known)
        )

"""Which places of the gazetteer a text names.

A name means, in each district, the place whose own name it is before one that bears it besides,
and of those the widest (district, then tehsil, town, village): nobody is taken to have said more
than they said. A word beside it decides otherwise ("Bara bazar" the town, "tehsil Bara" the
tehsil). A place named with its district comes before the district. Names that are also common
words count only beside a place word or another hint. What an operator imported adds to the
reviewed places and never comes before one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from language.nearest import Positions
from language.place_choice import (
    away,
    fits,
    narrowed,
    of_the_whole_behind,
    share_district,
    share_of,
)
from language.place_name import Named
from language.place_names import NameIndex
from language.place_table import LEVELS, NamedPlace, Place, read_places, records_of
from language.place_words import LEVEL, NONE, PlaceWords
from language.tables import rows

__all__ = ["LEVELS", "Gazetteer", "Mention", "NamedPlace", "Place"]

# A name in a text, and the places it may mean.
_Group = tuple[Named, list[Place]]
# The villages an operator imported, in the folder of the import.
VILLAGES = "villages.csv"
# An imported place beside a reviewed one is below the least that a reviewed one can have.
_BELOW_REVIEWED = 0.3


@dataclass(frozen=True)
class Mention:
    """A place a text may name, in the words as typed; equal scores (0 to 1) are ambiguous."""

    place: Place
    words: str = field(repr=False)
    score: float


class Gazetteer:
    """The places, found by name in three scripts, by id and by position."""

    def __init__(
        self, named: Iterable[NamedPlace], words: PlaceWords, others: Iterable[str] = ()
    ) -> None:
        self._places: dict[str, Place] = {}
        self._districts: dict[str, str] = {}
        self._names = NameIndex(words)
        positioned = []
        for entry in named:
            place = entry.place
            if place.imported and place.id in self._places:
                continue  # reviewed since it was imported
            self._places[place.id] = place
            for name in (*entry.names, *entry.by_names):
                self._names.add(name, place.id, entry.bears(name))
            if place.level == "district":
                self._districts[place.district] = place.id
            # A district has its chief town's position, and the town is a place of its own.
            elif entry.has_position and not place.imported:
                positioned.append(place)
        for name in others:
            self._names.add_other(name)
        self._names.close()
        self._positions = Positions(positioned)

    @classmethod
    def load(cls, csv_path: Path, imported: Path | None = None) -> "Gazetteer":
        """Read places.csv, the words beside it, and the villages of an import's folder, if any.

        Names of several words outside KP are read too, so that no part of one is taken for ours.
        """
        lookups = csv_path.parent / "lookups"
        others = [
            spelling
            for row in rows(lookups / "elsewhere.tsv")
            for spelling in row["words"].split("|")
            if len(spelling.split()) > 1
        ]
        records = records_of(csv_path)
        named = list(read_places(records, records))
        if imported and (villages := imported / VILLAGES).exists():
            named += read_places(records_of(villages), records, imported=True)
        return cls(named, PlaceWords.load(lookups), others)

    @staticmethod
    def read(csv_path: Path) -> list[NamedPlace]:
        """Read the places of places.csv with their names."""
        records = records_of(csv_path)
        return list(read_places(records, records))

    def get(self, place_id: str) -> Place | None:
        """Give the place of this id."""
        return self._places.get(place_id)

    def district_id(self, name: str) -> str:
        """Give the id of the district of this name. Raises KeyError."""
        return self._districts[name]

    def find(self, text: str) -> list[Mention]:
        """Give the places the text may name, likeliest first."""
        groups = [(named, self._meant(named)) for named in self._names.find(text)]
        groups = list(self._believed(groups))
        gone = away(groups)
        mentions: dict[str, Mention] = {}
        for named, places in groups:
            others = [p for n, g in groups if n is not named for p in g]
            for place in narrowed(places, others):
                score = named.quality * share_of(place, places, others, gone)
                if place.id not in mentions or mentions[place.id].score < score:
                    mentions[place.id] = Mention(place, named.words, round(score, 3))
        return sorted(_reviewed_first(mentions.values()), key=lambda mention: -mention.score)

    def _believed(self, groups: list[_Group]) -> Iterator[_Group]:
        """Give the names that are sure enough, by the words beside them or by another name."""
        sure = [place for named, places in groups if named.need == NONE for place in places]
        for named, places in groups:
            if named.beside.sureness >= named.need:
                yield named, places
            elif named.need < LEVEL:
                hinted = places if share_district(places, sure) else []
                if hinted := hinted or of_the_whole_behind(named, places, groups):
                    yield named, hinted

    def _meant(self, named: Named) -> list[Place]:
        """Give for each district the one place of it that the name means."""
        meant: dict[str, Place] = {}
        own_first = sorted(named.places, key=lambda place_id: not named.places[place_id])
        for place in (self._places[place_id] for place_id in own_first):
            here = meant.get(place.district)
            equal = here and named.places[here.id] == named.places[place.id]
            if here is None or fits(place, here, named.beside.level, equal=bool(equal)):
                meant[place.district] = place
        chosen = list(meant.values())
        level = named.beside.level
        return [p for p in chosen if p.level == level and not p.imported] or chosen

    def search(self, query: str, limit: int) -> list[Place]:
        """Give places whose name is, begins with or resembles the query, best first."""
        ids = self._names.search(query)
        places = [self._places[place_id] for place_id in ids]
        return sorted(
            places,
            key=lambda place: (
                ids[place.id],
                place.imported,
                LEVELS.index(place.level),
                place.name,
            ),
        )[:limit]

    def nearest(
        self, lat: float, lon: float, among: Callable[[Place], bool] = lambda _: True
    ) -> tuple[Place, float] | None:
        """Give the nearest reviewed place that has a position of its own, and how far it is in km.

        A district stands where its town stands: of places at one spot the smallest is meant. None
        when none is `among` those asked for.
        """
        return self._positions.nearest(
            lat, lon, rank=lambda place: LEVELS.index(place.level), among=among
        )


def _reviewed_first(mentions: Iterable[Mention]) -> list[Mention]:
    """Give the mentions, imported places below reviewed ones."""
    mentions = list(mentions)
    if all(mention.place.imported for mention in mentions):
        return mentions
    return [
        replace(mention, score=min(mention.score, _BELOW_REVIEWED))
        if mention.place.imported
        else mention
        for mention in mentions
    ]

"""Which places of the gazetteer a text names.

A name means, in each district, the place whose own name it is before one that bears it besides,
and of those the widest (district, then tehsil, town, village): nobody is taken to have said more
than they said. A word beside it decides otherwise ("Bara bazar" the town, "tehsil Bara" the
tehsil). A place named with its district comes before the district. Names that are also common
words count only beside a place word or another hint. What an operator imported adds to the
reviewed places and never comes before one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from language.nearest import Positions
from language.place_name import Named
from language.place_names import NameIndex
from language.place_table import NamedPlace, Place, read_places, records_of
from language.place_words import LEVEL, NONE, PlaceWords

__all__ = ["LEVELS", "Gazetteer", "Mention", "NamedPlace", "Place"]

# The widest first: what a bare name means within one district.
LEVELS = ("district", "tehsil", "town", "village", "subdivision")
# The villages an operator imported, in the folder of the import.
VILLAGES = "villages.csv"
# A district beside a place of its own is only where that place is.
_AS_HINT = 0.5
# A village that bears the name of a district elsewhere is seldom meant.
_BELOW_DISTRICT = 0.9
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

    def __init__(self, named: Iterable[NamedPlace], words: PlaceWords) -> None:
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
        self._names.close()
        self._positions = Positions(positioned)

    @classmethod
    def load(cls, csv_path: Path, imported: Path | None = None) -> "Gazetteer":
        """Read places.csv, the words beside it, and the villages of an import's folder, if any."""
        records = records_of(csv_path)
        named = list(read_places(records, records))
        if imported and (villages := imported / VILLAGES).exists():
            named += read_places(records_of(villages), records, imported=True)
        return cls(named, PlaceWords.load(csv_path.parent / "lookups"))

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
        sure = [places for named, places in groups if named.need == NONE]
        groups = [
            (named, places)
            for named, places in groups
            if named.beside.sureness >= named.need
            or (
                named.need < LEVEL
                and _share_district(places, [place for group in sure for place in group])
            )
        ]
        mentions: dict[str, Mention] = {}
        for named, places in groups:
            others = [p for n, g in groups if n is not named for p in g]
            for place in _narrowed(places, others):
                score = named.quality * _rank(place, places, others)
                if place.id not in mentions or mentions[place.id].score < score:
                    mentions[place.id] = Mention(place, named.words, round(score, 3))
        return sorted(_reviewed_first(mentions.values()), key=lambda mention: -mention.score)

    def _meant(self, named: Named) -> list[Place]:
        """Give for each district the one place of it that the name means."""
        meant: dict[str, Place] = {}
        own_first = sorted(named.places, key=lambda place_id: not named.places[place_id])
        for place in (self._places[place_id] for place_id in own_first):
            here = meant.get(place.district)
            equal = here and named.places[here.id] == named.places[place.id]
            if here is None or _fits(place, here, named.beside.level, equal=bool(equal)):
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


def _fits(place: Place, other: Place, level: str | None, *, equal: bool) -> bool:
    """Tell whether the place is rather meant than another of its name in its district."""
    if place.imported != other.imported:
        return other.imported
    if level in {place.level, other.level}:
        return place.level == level and other.level != level
    return equal and LEVELS.index(place.level) < LEVELS.index(other.level)


def _share_district(places: list[Place], others: list[Place]) -> bool:
    """Tell whether a reviewed place of these lies in a district of the others."""
    districts = {other.district for other in others}
    return any(place.district in districts and not place.imported for place in places)


def _narrowed(places: list[Place], others: list[Place]) -> list[Place]:
    """Give those of homonyms that lie in a district (or tehsil) the text names too."""
    if len(places) == 1:
        return places
    districts = {other.district for other in others if other.level in {"district", "tehsil"}}
    hinted = [place for place in places if place.district in districts]
    reviewed = [place for place in hinted or places if not place.imported]
    return reviewed or hinted or places


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


def _rank(place: Place, homonyms: list[Place], others: list[Place]) -> float:
    """Give the part of its score that a place keeps beside homonyms and the others named."""
    others = [other for other in others if place.imported or not other.imported]
    if place.level == "district" and any(
        other.district == place.district and other.level != "district" for other in others
    ):
        return _AS_HINT
    if place.level == "tehsil" and any(
        (other.district, other.tehsil) == (place.district, place.tehsil)
        and other.level in {"town", "village"}
        for other in others
    ):
        return _AS_HINT
    if place.level != "district" and any(other.level == "district" for other in homonyms):
        return _BELOW_DISTRICT
    return 1.0

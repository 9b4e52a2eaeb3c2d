"""Which places of the gazetteer a text names.

A name means, in each district, the place whose own name it is before one that bears it besides,
and of those the widest (district, then tehsil, town, village): nobody is taken to have said more
than they said. A word beside it decides otherwise
("Bara bazar" the town, "tehsil Bara" the tehsil). A place named with its district comes before
the district. Names that are also common words count only beside a place word or another hint.
"""

import csv
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from language.normalise import tokens
from language.place_names import Named, NameIndex, name_key
from language.place_words import PlaceWords

EARTH_RADIUS_KM = 6371.0
# The widest first: what a bare name means within one district.
LEVELS = ("district", "tehsil", "town", "village", "subdivision")
# A district beside a place of its own is only where that place is.
_AS_HINT = 0.5
# A village that bears the name of a district elsewhere is seldom meant.
_BELOW_DISTRICT = 0.9


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer; `lat` and `lon` (degrees) are its own, else its tehsil's."""

    id: str
    name: str
    level: str
    district: str
    tehsil: str | None
    subdivision: str | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Mention:
    """A place a text may name, in the words as typed; equal scores (0 to 1) are ambiguous."""

    place: Place
    words: str = field(repr=False)
    score: float


@dataclass(frozen=True)
class NamedPlace:
    """A place with its own names in three scripts, its by-names, and those that need context."""

    place: Place
    names: frozenset[str]
    by_names: frozenset[str]
    with_context: frozenset[str]
    has_position: bool


class Gazetteer:
    """The places, found by name in three scripts, by id and by position."""

    def __init__(self, named: Iterable[NamedPlace], words: PlaceWords) -> None:
        self._places: dict[str, Place] = {}
        self._positioned: list[Place] = []
        self._names = NameIndex(words)
        self._words = words
        for entry in named:
            place = entry.place
            self._places[place.id] = place
            for name in (*entry.names, *entry.by_names):
                self._names.add(
                    name,
                    place.id,
                    own=name in entry.names,
                    needs_context=name_key(name) in entry.with_context,
                )
            # A district has its chief town's position, and the town is a place of its own.
            if entry.has_position and place.level != "district":
                self._positioned.append(place)
        self._names.close()

    @classmethod
    def load(cls, csv_path: Path, lookups: Path | None = None) -> "Gazetteer":
        """Read places.csv and, from the lookups beside it, the words that stand with places."""
        folder = lookups or csv_path.parent / "lookups"
        return cls(cls.read(csv_path), PlaceWords.load(folder))

    @staticmethod
    def read(csv_path: Path) -> list[NamedPlace]:
        """Read the places of places.csv with their names."""
        with csv_path.open(encoding="utf-8", newline="") as lines:
            return list(read_places(list(csv.DictReader(lines))))

    def get(self, place_id: str) -> Place | None:
        """Give the place of this id."""
        return self._places.get(place_id)

    def find(self, text: str) -> list[Mention]:
        """Give the places the text may name, likeliest first."""
        found = self._names.find(text)
        groups = [(named, self._meant(named)) for named in found]
        sure = [places for named, places in groups if not named.needs_context]
        mentions: dict[str, Mention] = {}
        for named, places in groups:
            others = [p for n, g in groups if n is not named for p in g]
            if named.needs_context and not (
                named.in_context or _share_district(places, [p for group in sure for p in group])
            ):
                continue
            for place in _narrowed(places, others):
                score = named.quality * _rank(place, places, others)
                if place.id not in mentions or mentions[place.id].score < score:
                    mentions[place.id] = Mention(place, named.words, round(score, 3))
        return sorted(mentions.values(), key=lambda mention: -mention.score)

    def _meant(self, named: Named) -> list[Place]:
        """Give for each district the one place of it that the name means."""
        meant: dict[str, Place] = {}
        own_first = sorted(named.places, key=lambda place_id: not named.places[place_id])
        for place in (self._places[place_id] for place_id in own_first):
            here = meant.get(place.district)
            equal = here and named.places[here.id] == named.places[place.id]
            if here is None or _fits(place, here, named.level, equal=bool(equal)):
                meant[place.district] = place
        chosen = list(meant.values())
        if named.level and (fitting := [place for place in chosen if place.level == named.level]):
            return fitting
        return chosen

    def search(self, query: str, limit: int) -> list[Place]:
        """Give places whose name is, begins with or resembles the query, best first."""
        ids = self._names.search(query)
        places = [self._places[place_id] for place_id in ids]
        return sorted(
            places, key=lambda place: (ids[place.id], LEVELS.index(place.level), place.name)
        )[:limit]

    def nearest(self, lat: float, lon: float) -> tuple[Place, float]:
        """Give the nearest place that has a position of its own, and how far it is in km.

        A district stands where its town stands: of places at one spot the smallest is meant.
        """
        return min(
            ((place, _km(lat, lon, place)) for place in self._positioned),
            key=lambda found: (found[1], -LEVELS.index(found[0].level)),
        )


def _fits(place: Place, other: Place, level: str | None, *, equal: bool) -> bool:
    """Tell whether the place is rather meant than another of its name in its district."""
    if level in {place.level, other.level}:
        return place.level == level and other.level != level
    return equal and LEVELS.index(place.level) < LEVELS.index(other.level)


def _share_district(places: list[Place], others: list[Place]) -> bool:
    return any(place.district == other.district for place in places for other in others)


def _narrowed(places: list[Place], others: list[Place]) -> list[Place]:
    """Give those of homonyms that lie in a district (or tehsil) the text names too."""
    if len(places) == 1:
        return places
    districts = {other.district for other in others if other.level in {"district", "tehsil"}}
    return [place for place in places if place.district in districts] or places


def _rank(place: Place, homonyms: list[Place], others: list[Place]) -> float:
    """Give the part of its score that a place keeps beside homonyms and the others named."""
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


def _km(lat: float, lon: float, place: Place) -> float:
    """Give the great-circle distance by the haversine formula."""
    assert place.lat is not None and place.lon is not None  # noqa: S101, PT018 - only positioned places come here
    one, other = math.radians(lat), math.radians(place.lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(place.lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))


def slug(name: str) -> str:
    """Give the name as it stands in an id: lower-case words joined by dashes."""
    return "-".join(tokens(name))


def read_places(records: list[dict[str, str]]) -> Iterator[NamedPlace]:
    """Give each record as a place; one without a position takes its tehsil's."""
    tehsils = {
        (row["district"], row["tehsil"]): (row["lat"], row["lon"])
        for row in records
        if row["level"] == "tehsil"
    }
    subdivisions = {
        (row["district"], row["tehsil"]): row["name_en"]
        for row in records
        if row["level"] == "subdivision"
    }
    seen: Counter[str] = Counter()
    for row in records:
        where = (row["district"], row["tehsil"])
        lat, lon = (row["lat"], row["lon"]) if row["lat"] else tehsils.get(where, ("", ""))
        place_id = ".".join(filter(None, map(slug, (*where, row["name_en"]))))
        seen[place_id := f"{row['level']}.{place_id}"] += 1
        place = Place(
            id=place_id if seen[place_id] == 1 else f"{place_id}-{seen[place_id]}",
            name=row["name_en"],
            level=row["level"],
            district=row["district"],
            tehsil=row["tehsil"] or None,
            subdivision=subdivisions.get(where) if row["tehsil"] else None,
            lat=float(lat) if lat else None,
            lon=float(lon) if lon else None,
        )
        yield NamedPlace(
            place,
            names=frozenset(filter(None, (row["name_en"], row["name_ur"], row["name_ps"]))),
            by_names=frozenset(filter(None, row["aliases"].split("|"))),
            with_context=frozenset(map(name_key, row["needs_context"].split("|"))),
            has_position=bool(row["lat"]),
        )

"""The places of a table such as places.csv, with their names in three scripts."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from language.normalise import tokens
from language.place_name import Borne, name_key
from language.place_words import FAIR, LEVEL, NONE, STRONG

# The widest first: what a bare name means within one district.
LEVELS = ("district", "tehsil", "town", "village", "subdivision")
COLUMNS = (
    "level",
    "name_en",
    "name_ur",
    "name_ps",
    "aliases",
    "needs_context",
    "district",
    "tehsil",
    "lat",
    "lon",
    "position",
)


@dataclass(frozen=True)
class Place:
    """A place of the gazetteer; `lat` and `lon` (degrees) are its own, else its tehsil's.

    `imported` is a place that an operator brought in and nobody reviewed.
    """

    id: str
    name: str
    level: str
    district: str
    tehsil: str | None
    subdivision: str | None
    lat: float | None
    lon: float | None
    imported: bool = False


@dataclass(frozen=True)
class NamedPlace:
    """A place with its own names in three scripts, its by-names, and those that need context."""

    place: Place
    names: frozenset[str]
    by_names: frozenset[str]
    with_context: frozenset[str]
    has_position: bool

    def bears(self, name: str) -> Borne:
        """Tell how the place bears one of its names.

        An imported name counts only where a place stands; one that needs context, because it is a
        common word or a person's name besides, only beside a word of level ("gaon Gul Khan").
        """
        needs = name_key(name) in self.with_context
        if self.place.imported:
            return Borne(own=name in self.names, need=LEVEL if needs else STRONG, exact=True)
        return Borne(
            own=name in self.names,
            need=FAIR if needs else NONE,
            well_known=self.place.level == "district",
        )


@lru_cache(maxsize=1000)  # districts and tehsils come again with each of their places
def slug(name: str) -> str:
    """Give the name as it stands in an id: lower-case words joined by dashes."""
    return "-".join(tokens(name))


def records_of(csv_path: Path) -> list[dict[str, str]]:
    """Give the rows of a table of places as column -> text."""
    with csv_path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_places(
    records: list[dict[str, str]], within: list[dict[str, str]], *, imported: bool = False
) -> Iterator[NamedPlace]:
    """Give each record as a place; one without a position takes its tehsil's.

    The tehsils and sub-divisions are those of the records `within`.
    """
    tehsils = {
        (row["district"], row["tehsil"]): (row["lat"], row["lon"])
        for row in within
        if row["level"] == "tehsil"
    }
    subdivisions = {
        (row["district"], row["tehsil"]): row["name_en"]
        for row in within
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
            imported=imported,
        )
        yield NamedPlace(
            place,
            names=frozenset(filter(None, (row["name_en"], row["name_ur"], row["name_ps"]))),
            by_names=frozenset(filter(None, row["aliases"].split("|"))),
            with_context=frozenset(map(name_key, filter(None, row["needs_context"].split("|")))),
            has_position=bool(row["lat"]),
        )

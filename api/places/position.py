"""A position a reporter sent: the place it stands for, and no more than 1 km of exactness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.places.routing import FARTHEST_KM, rounded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.places.areas import Areas
    from language.places import Gazetteer, Place

BORDER_KM = 3.0  # nearer to a district's border than this, the reporter knows better than a phone
OUTSIDE_KM = 1.0  # polygons are drawn coarsely: so far out of them is still in
# Without polygons a position lies with the nearest place of ours. Tried on 6,000 villages: that is
# the right district for 90 %. Where one of another district is less than 1.5 times as far, one in
# three is wrong; asking there asks one in five, as polygons would, and makes 95 % right.
NEARLY_AS_NEAR = 1.5
MOST_CHOICES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Degrees with two decimals, and what is known of the exact position.

    `nearest` is the id of the place it stands for, `km` away; None outside Khyber Pakhtunkhwa.
    `choices` are the ids of the districts it may lie in, the likeliest first; empty where it is
    clear.
    """

    lat: float
    lon: float
    nearest: str | None
    km: float
    choices: tuple[str, ...] = ()


def locate(lat: float, lon: float, gazetteer: Gazetteer, areas: Areas | None = None) -> Position:
    """Find where an exact position lies, which is then forgotten."""
    found = list(
        _by_areas(lat, lon, gazetteer, areas) if areas else _by_places(lat, lon, gazetteer)
    )
    districts = dict.fromkeys(place.district for place, _ in found[:MOST_CHOICES])
    nearest, km = found[0] if found else (None, 0.0)
    return Position(
        lat=rounded(lat),
        lon=rounded(lon),
        nearest=nearest.id if nearest else None,
        km=km,
        choices=tuple(map(gazetteer.district_id, districts)) if len(districts) > 1 else (),
    )


def _by_areas(
    lat: float, lon: float, gazetteer: Gazetteer, areas: Areas
) -> Iterator[tuple[Place, float]]:
    """Give for each polygon around or near the position the nearest of its places."""
    inside = areas.at(lat, lon) or next(iter(areas.within(lat, lon, OUTSIDE_KM)), None)
    if inside is None:
        return
    beside = (area for area in areas.within(lat, lon, BORDER_KM) if area != inside)
    for area in (inside, *beside):
        if found := gazetteer.nearest(lat, lon, area.has):
            yield found


def _by_places(lat: float, lon: float, gazetteer: Gazetteer) -> Iterator[tuple[Place, float]]:
    """Give the nearest place, and that of each other district that is nearly as near."""
    seen: set[str] = set()
    reach = FARTHEST_KM
    while found := gazetteer.nearest(lat, lon, lambda place: place.district not in seen):
        place, km = found
        if km > reach:
            return
        yield place, km
        reach = min(reach, NEARLY_AS_NEAR * km) if not seen else reach
        seen.add(place.district)

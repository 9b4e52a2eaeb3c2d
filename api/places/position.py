"""A position a reporter sent: the place it stands for, and no more than 1 km of exactness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.places.routing import FARTHEST_KM, rounded
from language.nearest import distance_km

if TYPE_CHECKING:
    from collections.abc import Iterator

    from api.places.areas import Areas
    from language.places import Gazetteer, Place

BORDER_KM = 3.0  # nearer to a district's border than this, the reporter knows better than a phone
OUTSIDE_KM = 1.0  # polygons are drawn coarsely: so far out of them is still in
# Without polygons a position lies with the nearest place of ours, and the border runs half way to
# one of another district. Tried on 3,000 villages: the nearest is right for 90 %. Asking where the
# border is near by that guess, or the other place less than 1.5 times as far, asks one in four, as
# polygons would, and makes 96 % right.
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
    """Give the nearest place, and those of other districts whose border with it may be near."""
    seen: set[str] = set()
    nearest: tuple[Place, float] | None = None
    while found := gazetteer.nearest(lat, lon, lambda place: place.district not in seen):
        place, km = found
        nearest = nearest or found
        # No border is nearer than half of what a place is farther away.
        if km > min(FARTHEST_KM, max(NEARLY_AS_NEAR * nearest[1], nearest[1] + 2 * BORDER_KM)):
            return
        seen.add(place.district)
        if (
            found == nearest
            or km < NEARLY_AS_NEAR * nearest[1]
            or _border(nearest, found) < BORDER_KM
        ):
            yield found


def _border(nearest: tuple[Place, float], other: tuple[Place, float]) -> float:
    """How far off, in km, the line half way between two places is, each given with its distance."""
    (near, km), (far, other_km) = nearest, other
    if near.lat is None or near.lon is None or far.lat is None or far.lon is None:
        return FARTHEST_KM
    apart = distance_km(near.lat, near.lon, far.lat, far.lon)
    return (other_km**2 - km**2) / (2 * apart) if apart else 0.0

"""A position a reporter sent: the nearest known place, and no more than 1 km of exactness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.places.routing import rounded

if TYPE_CHECKING:
    from language.places import Gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Degrees with two decimals, and what lies nearest to the exact position."""

    lat: float
    lon: float
    nearest: str  # a place's id
    km: float


def locate(lat: float, lon: float, gazetteer: Gazetteer) -> Position:
    """Find the nearest place by the exact position, which is then forgotten."""
    found = gazetteer.nearest(lat, lon)
    assert found is not None  # noqa: S101  the reviewed places have positions
    place, km = found
    return Position(lat=rounded(lat), lon=rounded(lon), nearest=place.id, km=km)

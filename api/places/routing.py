"""Which unit an alert goes to, and why: pure functions of a place and the table of units."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from api.places.units import COMMISSION, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

FARTHEST_KM = 60.0  # KP and its neighbours: beyond it a nearest place says nothing


class Area(Protocol):
    """What routing asks of a place."""

    @property
    def name(self) -> str:
        """The English name."""

    @property
    def district(self) -> str:
        """The English name of the district."""

    @property
    def subdivision(self) -> str | None:
        """The sub-division (a former frontier region) it lies in, if any."""


@dataclass(frozen=True, slots=True)
class Route:
    """A unit's code (or `commission`) and the reason in words."""

    unit: str
    reason: str


NOT_KNOWN = Route(COMMISSION, "place not known yet")


def route(place: Area, units: Sequence[Unit]) -> Route:
    """Return the unit of a place: its sub-division's, else its district's, else the commission.

    A unit's own areas go before those that only fall to it.
    """
    for area in filter(None, (place.subdivision, place.district)):
        for unit in units:
            if area in unit.serves:
                return Route(unit.code, f"{unit.name} serves {area}")
        for unit in units:
            if area in unit.also_serves:
                return Route(unit.code, f"{area} has no unit of its own; {unit.name} serves it")
    return Route(COMMISSION, f"no unit serves {place.district}")


OUTSIDE = Route(COMMISSION, "a position outside Khyber Pakhtunkhwa")


def route_elsewhere(province: str) -> Route:
    """Return the desk for a place in another province: the commission speaks with the others."""
    reason = f"outside KP ({province}): for the commission's inter-provincial desk"
    return Route(COMMISSION, reason)


def route_nearest(place: Area | None, km: float, units: Sequence[Unit]) -> Route:
    """Return the unit of the known place a position stands for; None is outside KP."""
    if place is None:
        return OUTSIDE
    routed = route(place, units)
    return Route(routed.unit, f"nearest known place: {place.name}, {km:.0f} km; {routed.reason}")


def rounded(degrees: float) -> float:
    """Return a position's part with two decimals: about 1 km, so that it points at no house."""
    return round(degrees, 2)

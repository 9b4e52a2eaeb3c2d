"""The place nearest to a position, without looking at all of them."""

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator

from language.place_table import Place

EARTH_RADIUS_KM = 6371.0
KM_A_DEGREE = math.pi * EARTH_RADIUS_KM / 180


class Positions:
    """Places ordered by latitude, so that a search ends where all others lie too far north or south."""

    def __init__(self, places: Iterable[Place]) -> None:
        placed = ((place.lat, place.lon, place) for place in places)
        self._placed = sorted(
            (
                (lat, lon, place)
                for lat, lon, place in placed
                if lat is not None and lon is not None
            ),
            key=lambda one: one[0],
        )
        self._latitudes = [lat for lat, _, _ in self._placed]

    def nearest(
        self,
        lat: float,
        lon: float,
        *,
        rank: Callable[[Place], int],
        among: Callable[[Place], bool] = lambda _: True,
    ) -> tuple[Place, float] | None:
        """Give the nearest place among those asked for and its distance in km.

        At the same distance the one of the highest rank. None when there is no such place.
        """
        best: tuple[float, int, Place] | None = None
        for other_lat, other_lon, place in self._from(lat):
            if best and abs(other_lat - lat) * KM_A_DEGREE > best[0]:
                break
            if among(place):
                found = (distance_km(lat, lon, other_lat, other_lon), -rank(place), place)
                best = found if best is None or found[:2] < best[:2] else best
        return (best[2], best[0]) if best else None

    def _from(self, lat: float) -> Iterator[tuple[float, float, Place]]:
        """Give the places, those at the nearest latitude first."""
        middle = bisect_left(self._latitudes, lat)
        below, above = middle - 1, middle
        while below >= 0 or above < len(self._placed):
            south = lat - self._latitudes[below] if below >= 0 else math.inf
            north = self._latitudes[above] - lat if above < len(self._placed) else math.inf
            if south < north:
                yield self._placed[below]
                below -= 1
            else:
                yield self._placed[above]
                above += 1


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance of two positions (degrees) by the haversine formula."""
    one, other = math.radians(lat), math.radians(other_lat)
    half = math.sin((other - one) / 2) ** 2
    half += math.cos(one) * math.cos(other) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))

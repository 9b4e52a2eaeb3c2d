"""The districts' polygons that an operator imported: where a position lies, and what is near."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.geometry import Point, shape

from language.nearest import KM_A_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from language.places import Place

POLYGONS = "districts.geojson"  # in the folder of the import


@dataclass(frozen=True, slots=True)
class Area:
    """What a polygon stands for: a district, several that it does not part, or a sub-division."""

    districts: tuple[str, ...]
    subdivision: str | None

    def has(self, place: Place) -> bool:
        """Whether a place lies in it by name."""
        if self.subdivision is not None and place.subdivision != self.subdivision:
            return False
        return place.district in self.districts


class Areas:
    """The polygons, each with the area it stands for; positions are in degrees."""

    def __init__(self, areas: Sequence[Area], polygons: Sequence[BaseGeometry]) -> None:
        self._areas = areas
        self._polygons = polygons
        self._tree = shapely.STRtree(polygons)

    @classmethod
    def load(cls, folder: Path | None) -> Areas | None:
        """Read the polygons of an import's folder; None when it has none."""
        file = folder / POLYGONS if folder else None
        if file is None or not file.exists():
            return None
        features = json.loads(file.read_text(encoding="utf-8"))["features"]
        areas = [
            Area(tuple(f["properties"]["districts"]), f["properties"]["subdivision"])
            for f in features
        ]
        return cls(areas, [shape(feature["geometry"]) for feature in features])

    def at(self, lat: float, lon: float) -> Area | None:
        """Return the area a position lies in; None outside all."""
        found = self._tree.query(Point(lon, lat), predicate="intersects")
        return self._areas[min(found)] if len(found) else None

    def within(self, lat: float, lon: float, km: float) -> list[Area]:
        """Return the areas that lie in or within a distance of a position, the nearest first."""
        scale = np.array([KM_A_DEGREE * math.cos(math.radians(lat)), KM_A_DEGREE])
        reach = km / scale
        box = shapely.box(lon - reach[0], lat - reach[1], lon + reach[0], lat + reach[1])
        here = Point(0, 0)
        distances = []
        for index in self._tree.query(box):
            # In km from here: over so short a way the earth is flat.
            flat = shapely.transform(self._polygons[index], lambda xy: (xy - (lon, lat)) * scale)
            distances.append((flat.distance(here), int(index)))
        return [self._areas[index] for distance, index in sorted(distances) if distance <= km]

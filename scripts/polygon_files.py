"""The districts of a GeoJSON, under our names: OCHA's COD-AB and files like it."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from api.places.areas import Area
from language.place_name import name_key
from language.places import NamedPlace
from scripts.home import Refused

# What the name of a district is called in COD-AB of several years, and in files like it.
NAMES = ("adm2_en", "adm2_name", "adm2_name_en", "district", "unit", "name")
PROVINCES = ("adm1_en", "adm1_name", "adm1_name_en", "province")
OUR_PROVINCE = {
    "khyberpakhtunkhwa",
    "kp",
    "kpk",
    "nwfp",
    "fata",
    "federallyadministeredtribalareas",
}
# Districts that were divided since many maps were drawn.
UNDIVIDED = {
    "Chitral": ("Lower Chitral", "Upper Chitral"),
    "Kohistan": ("Lower Kohistan", "Upper Kohistan", "Kolai-Palas"),
    "South Waziristan": ("Lower South Waziristan", "Upper South Waziristan"),
    "Dir": ("Lower Dir", "Upper Dir"),
}
FRONTIER_REGION = re.compile(r"^(?:fr|frontier region|tribal area adj\w*)\b", re.IGNORECASE)
IN_BRACKETS = re.compile(r"\(.*?\)")
PAKISTAN = (60.0, 23.0, 78.5, 38.0)  # west, south, east, north, in degrees


@dataclass(frozen=True)
class District:
    """A polygon and the area it stands for."""

    area: Area
    polygon: BaseGeometry


def read_districts(file: Path, places: Iterable[NamedPlace]) -> tuple[list[District], list[str]]:
    """Give the districts of KP in a GeoJSON, and the names in it that are none. Raises Refused."""
    names = _names(places)
    districts, unknown = [], []
    for number, feature in enumerate(_features(file), start=1):
        properties = {key.lower(): value for key, value in feature["properties"].items()}
        written = next((str(properties[key]) for key in NAMES if properties.get(key)), None)
        if written is None:
            raise Refused(
                f"{file}, feature {number}: no district's name. One of the properties "
                f"{', '.join(NAMES)} has to hold it: give the file of districts (level 2)."
            )
        known = names.get(_plain(written)) if _is_ours(properties) else None
        if known is None:
            unknown.append(written)
            continue
        districts.append(District(known, _polygon(file, number, feature)))
    if not districts:
        raise Refused(
            f"{file}: none of its {len(unknown)} names is a district of KP: "
            f"{', '.join(unknown[:5])}. Give the file of Pakistan's districts (level 2)."
        )
    return districts, unknown


def _features(file: Path) -> list[dict[str, Any]]:
    try:
        read = json.loads(file.read_text(encoding="utf-8"))
        features: list[dict[str, Any]] = read["features"]
        if all(isinstance(one["properties"], dict) and one["geometry"] for one in features):
            return features
    except FileNotFoundError:
        raise Refused(f"{file} is not there: give POLYGONS= the path of a file.") from None
    except json.JSONDecodeError as error:
        raise Refused(
            f"{file}, line {error.lineno}: not JSON. Give a GeoJSON, not a shapefile or an archive."
        ) from error
    except (OSError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise Refused(
            f"{file} is no GeoJSON with features ({type(error).__name__}): give the districts as "
            "one FeatureCollection."
        ) from error
    raise Refused(f"{file} has a feature without properties or geometry: mend or leave it out.")


def _names(places: Iterable[NamedPlace]) -> dict[str, Area]:
    """Give what each name of a district or a sub-division stands for, by key."""
    names: dict[str, Area] = {}
    for named in places:
        place = named.place
        if place.level not in {"district", "subdivision"}:
            continue
        area = Area((place.district,), place.name if place.level == "subdivision" else None)
        for name in (*named.by_names, *named.names):
            names[name_key(name)] = area
    return names | {name_key(name): Area(parts, None) for name, parts in UNDIVIDED.items()}


def _plain(written: str) -> str:
    """Give the key of a name without what maps add to it: "FR Bannu", "Tank District"."""
    name = IN_BRACKETS.sub("", written)
    name = re.sub(r"\b(district|agency|protected area)\b", "", name, flags=re.IGNORECASE)
    return name_key(FRONTIER_REGION.sub("Sub-division", name.strip()))


def _is_ours(properties: dict[str, Any]) -> bool:
    """Tell whether a feature lies in KP, as far as it says."""
    province = next((properties[key] for key in PROVINCES if properties.get(key)), None)
    return province is None or re.sub(r"[^a-z]", "", str(province).lower()) in OUR_PROVINCE


def _polygon(file: Path, number: int, feature: dict[str, Any]) -> BaseGeometry:
    try:
        polygon = shapely.make_valid(shape(feature["geometry"]))
    except (ShapelyError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise Refused(f"{file}, feature {number}: no polygon. Mend it or leave it out.") from error
    west, south, east, north = polygon.bounds or (0, 0, 0, 0)
    if not (PAKISTAN[0] <= west <= east <= PAKISTAN[2]) or not (
        PAKISTAN[1] <= south <= north <= PAKISTAN[3]
    ):
        raise Refused(
            f"{file}, feature {number}: it does not lie in Pakistan. Positions have to be degrees "
            "of longitude and latitude (EPSG:4326): convert the file."
        )
    return polygon

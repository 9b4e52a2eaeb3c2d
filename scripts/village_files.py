"""Villages out of the files that an operator has: GeoNames' country file, or a table of our columns."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from scripts.home import Refused

GEONAMES_COLUMNS = 19
POPULATED = "P"  # GeoNames' feature class of cities and villages
OF_KP = {"01", "03"}  # GeoNames' codes of the tribal areas that were, and of the province
NEEDED = {"name_en", "lat", "lon"}
LONGEST_FIELD = 10_000_000  # characters; a line of alternate names is long


@dataclass(frozen=True)
class Village:
    """A populated place as a file tells of it; `lat` and `lon` in degrees.

    `district` is what the file says, "" where it says none; `in_kp` whether the file places it in
    the province, None when it does not say.
    """

    name: str
    other_names: tuple[str, ...]
    lat: float
    lon: float
    district: str
    in_kp: bool | None
    source: str


def read_villages(file: Path) -> Iterator[Village]:
    """Give the populated places of a file, whichever of the two kinds it is. Raises Refused."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise Refused(f"{file} is not there: give VILLAGES= the path of a file.") from None
    except (UnicodeDecodeError, OSError) as error:
        raise Refused(
            f"{file} cannot be read as a text in UTF-8 ({type(error).__name__}): "
            "unpack an archive first, and give the file within."
        ) from error
    lines = text.splitlines()
    if not lines:
        raise Refused(f"{file} is empty: download it again.")
    if "\t" in lines[0]:
        return _geonames(file, lines)
    return _table(file, lines)


def _geonames(file: Path, lines: list[str]) -> Iterator[Village]:
    """Read GeoNames' country file: tab-separated, 19 columns, no header."""
    for number, line in enumerate(lines, start=1):
        cells = line.split("\t")
        if len(cells) != GEONAMES_COLUMNS:
            raise Refused(
                f"{file}, line {number}: {len(cells)} columns, GeoNames' country file has "
                f"{GEONAMES_COLUMNS}. Give the file PK.txt out of PK.zip as it is."
            )
        geoname_id, name, ascii_name, others, lat, lon, feature = cells[:7]
        if feature != POPULATED:
            continue
        yield Village(
            name=ascii_name or name,
            other_names=tuple(filter(None, (name, *others.split(",")))),
            lat=_degrees(file, number, lat, 90),
            lon=_degrees(file, number, lon, 180),
            district="",
            in_kp=cells[10] in OF_KP,
            source=f"GeoNames {geoname_id}",
        )


def _table(file: Path, lines: list[str]) -> Iterator[Village]:
    """Read a comma-separated table with a header of our columns."""
    csv.field_size_limit(LONGEST_FIELD)
    rows = csv.DictReader(lines)
    if missing := NEEDED - set(rows.fieldnames or ()):
        raise Refused(
            f"{file}, line 1: no column {', '.join(sorted(missing))}. It is neither GeoNames' country "
            "file (tab-separated) nor a table with a header such as that of nlu_data/places.csv."
        )
    for row in rows:
        number = rows.line_num
        if None in row or None in row.values():
            raise Refused(f"{file}, line {number}: not as many columns as line 1. Mend the line.")
        others = (
            *row.get("aliases", "").split("|"),
            row.get("name_ur", ""),
            row.get("name_ps", ""),
        )
        yield Village(
            name=row["name_en"],
            other_names=tuple(filter(None, others)),
            lat=_degrees(file, number, row["lat"], 90),
            lon=_degrees(file, number, row["lon"], 180),
            district=row.get("district", ""),
            in_kp=None,
            source=row.get("source", "") or file.name,
        )


def _degrees(file: Path, number: int, cell: str, most: int) -> float:
    try:
        degrees = float(cell)
    except ValueError:
        degrees = most + 1.0
    if not -most <= degrees <= most:  # also what is no number at all
        raise Refused(f"{file}, line {number}: '{cell}' is no position in degrees. Mend the line.")
    return degrees

"""`make places`: more villages, and the districts' polygons, into the data of this installation.

The places of `nlu_data/places.csv` are reviewed and go with the project. What an operator brings in
lies in `$AMAAN_HOME/places`, is read at the next start, and needs no training: its names count only
where a place stands, and never before a reviewed one.
"""

import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from shapely.geometry import mapping

from api.places.areas import POLYGONS, Areas
from language.place_table import COLUMNS
from language.places import VILLAGES, Gazetteer
from scripts.home import Refused
from scripts.polygon_files import District, read_districts
from scripts.up import ROOT, read_settings
from scripts.village_files import read_villages
from scripts.villages import Import, common_words

NLU_DATA = ROOT / "nlu_data"


def target(settings: Mapping[str, str]) -> Path:
    """Where imported places lie: AMAAN_PLACES, else `places` in the home."""
    home = Path(settings.get("AMAAN_HOME") or ".amaan")
    return Path(settings.get("AMAAN_PLACES") or home / "places").resolve()


def as_csv(records: Iterable[Mapping[str, str]]) -> str:
    """The records as a table of places.csv's columns."""
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(records)
    return written.getvalue()


def as_geojson(districts: Iterable[District]) -> str:
    """The polygons under our names."""
    features = [
        {
            "type": "Feature",
            "properties": asdict(one.area),
            "geometry": mapping(one.polygon),
        }
        for one in districts
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def bring_in(villages: Path | None, polygons: Path | None, folder: Path) -> list[str]:
    """Read the files, then write both tables; what was done, in sentences. Raises Refused."""
    said = []
    written: dict[str, str] = {}
    reviewed = Gazetteer.read(NLU_DATA / "places.csv")
    areas = Areas.load(folder)
    if polygons:
        districts, unknown = read_districts(polygons, reviewed)
        areas = Areas([one.area for one in districts], [one.polygon for one in districts])
        written[POLYGONS] = as_geojson(districts)
        said.append(f"{len(districts)} polygons taken")
        if unknown:
            said.append(f"{len(unknown)} polygons left out, such as {', '.join(unknown[:3])}")
    if villages:
        coming = Import(reviewed, areas, common_words(NLU_DATA))
        for village in read_villages(villages):
            coming.take(village)
        if not coming.records:
            raise Refused(f"{villages}: no village of KP in it that is not known already.")
        written[VILLAGES] = as_csv(coming.records)
        said.append(f"{len(coming.records)} villages taken, {coming.by_polygon} places by polygon")
        said += [f"{count} refused: {reason}" for reason, count in coming.refused.most_common()]
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)  # it may be a home yet to be made
    folder.mkdir(exist_ok=True)
    for name, text in written.items():
        draft = folder / f"{name}.new"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / name)  # a process that starts meanwhile reads the one or the other
    return [*said, f"written to {folder}; used from the next start"]


def main() -> int:
    """Bring in what the options name. 1 with a sentence when a file is refused, and nothing written."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--villages", type=Path, help="GeoNames' PK.txt, or a table")
    options.add_argument("--polygons", type=Path, help="a GeoJSON of districts, such as COD-AB's")
    options.add_argument("--print-folder", action="store_true", help="only print where they lie")
    asked = options.parse_args()
    folder = target(read_settings(os.environ))
    if asked.print_folder:
        print(folder)
        return 0
    if not (asked.villages or asked.polygons):
        options.error("give --villages, --polygons or both")
    try:
        for sentence in bring_in(asked.villages, asked.polygons, folder):
            print(f"places: {sentence}.")
    except Refused as refusal:
        print(f"places: {refusal} Nothing was written.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

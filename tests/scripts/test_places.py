"""`make places`: files as operators have them, and files that are none. All places are made up."""

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from api.places.areas import Areas
from language.places import Gazetteer
from scripts.home import Refused
from scripts.places import bring_in, main

ROOT = Path(__file__).parents[2]
PLACES_CSV = ROOT / "nlu_data/places.csv"
# West of Mardan town, where the fixture's polygon of Mardan lies, and of Charsadda beside it.
MARDAN = [[72.0, 34.1], [72.2, 34.1], [72.2, 34.3], [72.0, 34.3], [72.0, 34.1]]
CHARSADDA = [[71.7, 34.1], [72.0, 34.1], [72.0, 34.3], [71.7, 34.3], [71.7, 34.1]]
CHITRAL = [[71.5, 35.5], [72.5, 35.5], [72.5, 36.5], [71.5, 36.5], [71.5, 35.5]]
HASSAN_KHEL = [[71.5, 33.6], [71.8, 33.6], [71.8, 33.8], [71.5, 33.8], [71.5, 33.6]]


def geoname(name: str, lat: float, lon: float, *, feature: str = "P", admin1: str = "03") -> str:
    """A line of GeoNames' country file."""
    cells = ["1", name, name, f"{name} Kalay,{name} Khurd"[: 40 * (feature == "P")]]
    cells += [str(lat), str(lon), feature, "PPL", "PK", "", admin1, "", "", "", "0", "", "300"]
    return "\t".join([*cells, "Asia/Karachi", "2026-01-01"])


def feature(name: str, ring: list[list[float]], **properties: Any) -> dict[str, Any]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {
        "type": "Feature",
        "properties": {"ADM2_EN": name, "ADM1_EN": "Khyber Pakhtunkhwa"} | properties,
        "geometry": geometry,
    }


@pytest.fixture
def polygons(tmp_path: Path) -> Path:
    features = [
        feature("Mardan", MARDAN),
        feature("Charsadda", CHARSADDA),
        feature("Chitral", CHITRAL),
        feature("FR Peshawar", HASSAN_KHEL),
        feature("Lahore", CHITRAL, ADM1_EN="Punjab"),
    ]
    file = tmp_path / "districts.json"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return file


@pytest.fixture
def villages(tmp_path: Path) -> Path:
    file = tmp_path / "PK.txt"
    lines = [
        geoname("Zarbostan", 34.2, 72.1),
        geoname("Zarbostan", 34.2, 71.8),
        geoname("Zarbostan", 34.21, 72.11),  # again in the same district
        geoname("Shamkhela", 35.85, 71.8),
        geoname("Bachi", 34.15, 72.15),  # a common word
        geoname("Mardan", 34.2, 72.1),  # known
        geoname("Qo", 34.2, 72.1),
        geoname("Zarbostan River", 34.2, 72.1, feature="H"),
        geoname("Nowhereabad", 31.5, 74.3, admin1="04"),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "places"


@pytest.fixture
def gazetteer(villages: Path, polygons: Path, folder: Path) -> Gazetteer:
    bring_in(villages, polygons, folder)
    return Gazetteer.load(PLACES_CSV, folder)


def test_what_is_taken_and_what_is_not(villages: Path, polygons: Path, folder: Path) -> None:
    assert bring_in(villages, polygons, folder) == [
        "4 polygons taken",
        "1 polygons left out, such as Lahore",
        "4 villages taken, 7 places by polygon",
        "2 refused: known in its district already",
        "1 refused: a name of fewer than three letters",
        "1 refused: not in Khyber Pakhtunkhwa",
        f"written to {folder}; used from the next start",
    ]


def test_a_village_lies_in_the_district_of_its_polygon(gazetteer: Gazetteer) -> None:
    found = {place.district: place for place in gazetteer.search("Zarbostan", 5)}
    assert set(found) == {"Mardan", "Charsadda"}
    assert found["Charsadda"].tehsil == "Charsadda"


def test_one_that_a_polygon_does_not_part_lies_by_the_nearest_tehsil(gazetteer: Gazetteer) -> None:
    assert gazetteer.search("Shamkhela", 1)[0].district == "Lower Chitral"


def test_without_polygons_a_village_lies_with_the_nearest_tehsil(
    villages: Path, folder: Path
) -> None:
    bring_in(villages, None, folder)
    gazetteer = Gazetteer.load(PLACES_CSV, folder)
    assert {p.district for p in gazetteer.search("Zarbostan", 5)} == {"Mardan", "Charsadda"}


@pytest.mark.parametrize(
    ("text", "districts"),
    [
        pytest.param("Zarbostan mein bachi hai", {"Mardan", "Charsadda"}, id="two: a choice"),
        pytest.param("Zarbostan", {"Mardan", "Charsadda"}, id="an answer"),
        pytest.param("Zarbostan zila Mardan", {"Mardan"}, id="a district chooses"),
        pytest.param("Shamkhela mein", {"Lower Chitral"}, id="one"),
        pytest.param("Zarbostan ne mara", set(), id="not where a place stands"),
        pytest.param("bachi mein himmat hai", set(), id="a common word"),
        pytest.param("Shamkhel mein", set(), id="never misspelt"),
    ],
)
def test_imported_names_count_where_a_place_stands(
    gazetteer: Gazetteer, text: str, districts: set[str]
) -> None:
    mentions = gazetteer.find(text)
    best = {m.place.district for m in mentions if m.score == mentions[0].score}
    assert best == districts


def test_an_imported_place_never_comes_before_a_reviewed_one(gazetteer: Gazetteer) -> None:
    mentions = gazetteer.find("Shamkhela mein, Swabi ke paas")
    assert [mention.place.name for mention in mentions] == ["Swabi", "Shamkhela"]


def test_the_polygons_are_kept_under_our_names(polygons: Path, folder: Path) -> None:
    bring_in(None, polygons, folder)
    areas = Areas.load(folder)
    assert areas is not None
    chitral, frontier = areas.at(36.0, 72.0), areas.at(33.7, 71.6)
    assert chitral is not None
    assert chitral.districts == ("Lower Chitral", "Upper Chitral")
    assert frontier is not None
    assert (frontier.districts, frontier.subdivision) == (("Peshawar",), "Sub-division Peshawar")


def test_villages_alone_use_the_polygons_that_were_imported_before(
    villages: Path, polygons: Path, folder: Path
) -> None:
    bring_in(None, polygons, folder)
    assert "4 villages taken, 7 places by polygon" in bring_in(villages, None, folder)


def test_a_table_of_our_columns_is_read_too(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "villages.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(
            ["level", "name_en", "aliases", "district", "tehsil", "lat", "lon", "source"]
        )
        table.writerow(["village", "Zarbostan", "Zarbost", "Swat", "Kabal", "34.80", "72.28", "us"])
    bring_in(file, None, folder)
    [place] = Gazetteer.load(PLACES_CSV, folder).search("Zarbostan", 5)
    assert (place.district, place.tehsil, place.imported) == ("Swat", "Kabal", True)


WRONG_VILLAGES = [
    pytest.param(b"", "is empty", id="empty"),
    pytest.param(b"PK\x03\x04\xff\xfe", "unpack an archive", id="an archive"),
    pytest.param(b"a\tb\tc\n", "line 1: 3 columns", id="another table"),
    pytest.param(b"name,lat\nx,1\n", "line 1: no column lon, name_en", id="no names"),
    pytest.param(b"name_en,lat,lon\nx,1,2\ny,north,2\n", "line 3: 'north'", id="no position"),
    pytest.param(b"name_en,lat,lon\nx,1\n", "line 2: not as many columns", id="a torn line"),
    pytest.param(b"name_en,lat,lon\nParis,48.85,2.35\n", "no village of KP", id="elsewhere"),
]


@pytest.mark.parametrize(("content", "said"), WRONG_VILLAGES)
def test_a_wrong_file_of_villages_is_refused_whole(
    polygons: Path, folder: Path, tmp_path: Path, content: bytes, said: str
) -> None:
    file = tmp_path / "wrong"
    file.write_bytes(content)
    with pytest.raises(Refused, match=said):
        bring_in(file, polygons, folder)
    assert not folder.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param("PK", "line 1: not JSON", id="no JSON"),
        pytest.param("[]", "no GeoJSON", id="no features"),
        pytest.param(
            json.dumps({"features": [feature("Lahore", MARDAN)]}),
            "none of its 1 names is a district of KP: Lahore",
            id="other districts",
        ),
        pytest.param(
            json.dumps({"features": [feature("", MARDAN)]}),
            "feature 1: no district's name",
            id="no names",
        ),
        pytest.param(
            json.dumps(
                {"features": [feature("Mardan", [[9e5, 3e6], [9e5, 4e6], [8e5, 3e6], [9e5, 3e6]])]}
            ),
            "positions have to be degrees|Positions have to be degrees",
            id="metres",
        ),
        pytest.param(
            json.dumps({"features": [feature("Mardan", [[72.0, 34.1]])]}),
            "feature 1: no polygon",
            id="no ring",
        ),
    ],
)
def test_a_wrong_file_of_polygons_is_refused(
    folder: Path, tmp_path: Path, content: str, said: str
) -> None:
    file = tmp_path / "wrong.geojson"
    file.write_text(content)
    with pytest.raises(Refused, match=said):
        bring_in(None, file, folder)
    assert not folder.exists()


def test_a_wrong_file_leaves_an_earlier_import_as_it_was(
    villages: Path, polygons: Path, folder: Path, tmp_path: Path
) -> None:
    bring_in(villages, polygons, folder)
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    (tmp_path / "wrong").write_text("")
    with pytest.raises(Refused):
        bring_in(tmp_path / "wrong", polygons, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_the_command_writes_into_the_home_and_says_so(villages: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.places", "--villages", str(villages)],
        cwd=ROOT,
        env={"AMAAN_HOME": str(tmp_path / "home"), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "villages taken" in done.stdout
    assert (tmp_path / "home/places/villages.csv").exists()
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0  # the rest of a home is private


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AMAAN_PLACES", str(tmp_path / "places"))
    monkeypatch.setattr(sys, "argv", ["places", "--villages", str(tmp_path / "none.txt")])
    assert main() == 1
    assert "is not there" in capsys.readouterr().err

"""Where a position lies: by polygons where there are some, else by the nearest place."""

from dataclasses import replace

import pytest
from shapely.geometry import box

from api.app import create_app
from api.places.areas import Area, Areas
from api.places.position import BORDER_KM, locate

KM = 1 / 111.2  # degrees of latitude
# Made up: Mardan east and Charsadda west of 71.9, Peshawar's sub-division in the south of both.
WEST, EAST, SOUTH, NORTH, MIDDLE, LINE = 71.6, 72.4, 33.8, 34.6, 71.9, 34.0
AREAS = Areas(
    [
        Area(("Charsadda",), None),
        Area(("Mardan",), None),
        Area(("Peshawar",), "Sub-division Peshawar"),
        Area(("Lower Chitral", "Upper Chitral"), None),
    ],
    [
        box(WEST, LINE, MIDDLE, NORTH),
        box(MIDDLE, LINE, EAST, NORTH),
        box(WEST, SOUTH, EAST, LINE),
        box(71.2, 35.2, 73.5, 36.9),
    ],
)
PASS = {"concerns": [], "place": None, "place_words": None, "children": []}


def found(position, reference):
    place = reference.gazetteer.get(position.nearest)
    return place.district, place.subdivision


@pytest.mark.parametrize(
    ("lat", "lon", "district", "subdivision"),
    [
        pytest.param(34.2, 72.1, "Mardan", None, id="in a polygon"),
        pytest.param(34.2, 71.89, "Charsadda", None, id="in it, though Mardan is near"),
        pytest.param(33.9, 71.7, "Peshawar", "Sub-division Peshawar", id="in a sub-division"),
        pytest.param(35.85, 71.8, "Lower Chitral", None, id="undivided: by the nearest place"),
        pytest.param(36.3, 72.5, "Upper Chitral", None, id="undivided: the other part"),
        pytest.param(34.2, EAST + 0.5 * KM, "Mardan", None, id="out by less than the drawing"),
    ],
)
def test_a_position_lies_in_its_polygon(reference, lat, lon, district, subdivision):
    position = locate(lat, lon, reference.gazetteer, AREAS)
    assert found(position, reference) == (district, subdivision)


@pytest.mark.parametrize(
    ("lat", "lon", "choices"),
    [
        pytest.param(34.3, MIDDLE + 1 * KM, ["mardan", "charsadda"], id="beside a border"),
        pytest.param(34.3, MIDDLE - 1 * KM, ["charsadda", "mardan"], id="on its other side"),
        pytest.param(34.3, MIDDLE + (BORDER_KM + 1) * KM * 1.21, [], id="farther from it"),
        pytest.param(
            LINE + 1 * KM,
            MIDDLE + 1.5 * KM,
            ["mardan", "peshawar", "charsadda"],
            id="where three meet",
        ),
        pytest.param(34.3, EAST - 1 * KM, [], id="at the border of the province"),
    ],
)
def test_near_a_border_there_are_choices(reference, lat, lon, choices):
    position = locate(lat, lon, reference.gazetteer, AREAS)
    assert position.choices == tuple(f"district.{name}.{name}" for name in choices)


def test_outside_the_polygons_is_outside(reference):
    position = locate(33.6, 73.05, reference.gazetteer, AREAS)
    assert (position.nearest, position.choices) == (None, ())


@pytest.mark.parametrize(
    ("lat", "lon", "district", "choices"),
    [
        pytest.param(34.20, 72.04, "Mardan", [], id="in a town"),
        pytest.param(34.175, 71.893, "Charsadda", ["charsadda", "mardan"], id="between two"),
        pytest.param(33.985, 71.395, "Khyber", ["khyber", "peshawar"], id="at a border's bazaar"),
        pytest.param(33.9, 70.1, "Kurram", [], id="far from any other"),
    ],
)
def test_without_polygons_the_nearest_place_tells(reference, lat, lon, district, choices):
    position = locate(lat, lon, reference.gazetteer)
    assert reference.gazetteer.get(position.nearest).district == district
    assert position.choices == tuple(f"district.{name}.{name}" for name in choices)


@pytest.fixture
def reference_with_polygons(reference):
    return replace(reference, areas=AREAS)


@pytest.fixture
async def app(settings, reference_with_polygons):
    app = create_app(settings, reference_with_polygons)
    yield app
    await app.state.engine.dispose()


async def test_a_pin_near_a_border_is_routed_at_once_and_gives_choices(make_alert):
    pin = {"lat": 34.3, "lon": MIDDLE + KM}
    answer = await make_alert(intent="provide_location", location=pin, **PASS)
    assert answer["unit"] == "mardan"
    assert [choice["id"] for choice in answer["choices"]] == [
        "district.mardan.mardan",
        "district.charsadda.charsadda",
    ]
    assert [choice["dcpu"] for choice in answer["choices"]] == ["mardan", "charsadda"]


async def test_the_answer_to_the_choice_routes_it(make_alert):
    pin = {"lat": 34.3, "lon": MIDDLE + KM}
    await make_alert(intent="provide_location", location=pin, **PASS)
    told = PASS | {"place": "district.charsadda.charsadda"}
    answer = await make_alert("2", intent="provide_location", **told)
    assert (answer["unit"], answer["choices"]) == ("charsadda", [])


async def test_the_pins_own_district_as_answer_keeps_the_nearer_place(make_alert):
    pin = {"lat": 34.3, "lon": MIDDLE + KM}
    first = await make_alert(intent="provide_location", location=pin, **PASS)
    told = PASS | {"place": "district.mardan.mardan"}
    answer = await make_alert("2", intent="provide_location", **told)
    assert (answer["unit"], answer["place"]) == ("mardan", first["place"])


async def test_a_pin_beside_a_named_place_gives_no_choices(make_alert):
    pin = {"lat": 34.3, "lon": MIDDLE + KM}
    answer = await make_alert(location=pin)
    assert (answer["unit"], answer["choices"]) == ("khyber", [])


async def test_a_pin_outside_kp_lies_with_the_commission(make_alert):
    pin = {"lat": 33.6, "lon": 73.05}
    answer = await make_alert(intent="provide_location", location=pin, **PASS)
    assert (answer["unit"], answer["place"], answer["choices"]) == ("commission", None, [])


async def test_a_place_elsewhere_lies_with_the_inter_provincial_desk(make_alert, sign_in_as):
    answer = await make_alert(
        place=None, place_words="Lahore", elsewhere={"name": "Lahore", "province": "Punjab"}
    )
    assert (answer["unit"], answer["place"]) == ("commission", None)
    commission = await sign_in_as("commission")
    alert = (await commission.get(f"/api/v1/alerts/{answer['alert']}")).json()
    reason = "outside KP (Punjab): for the commission's inter-provincial desk"
    assert alert["routing_reason"] == reason


@pytest.mark.parametrize(
    ("first", "second", "unit"),
    [
        pytest.param(
            {"place": None, "elsewhere": {"name": "Lahore", "province": "Punjab"}},
            {"place": "town.khyber.bara.bara"},
            "khyber",
            id="told later as the place",
        ),
        pytest.param(
            {"place": None, "elsewhere": {"name": "Lahore", "province": "Punjab"}},
            {"place": None},
            "commission",
            id="nothing told later",
        ),
        pytest.param(
            {"place": "town.khyber.bara.bara"},
            {"place": None, "elsewhere": {"name": "Lahore", "province": "Punjab"}},
            "khyber",
            id="a known place in KP stays",
        ),
    ],
)
async def test_a_place_in_kp_counts_before_one_elsewhere(make_alert, first, second, unit):
    await make_alert(**first)
    answer = await make_alert("2", intent="provide_location", concerns=[], **second)
    assert answer["unit"] == unit

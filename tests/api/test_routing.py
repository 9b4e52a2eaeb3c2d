import pytest

from api.places.position import locate
from api.places.routing import NOT_KNOWN, rounded, route, route_nearest
from api.places.units import has_desk


def place_named(reference, district, name=None):
    """Find a place of the gazetteer by its district and its own name."""
    found = [
        place
        for place in reference.gazetteer.search(name or district, 200)
        if place.district == district and place.name == (name or district)
    ]
    assert found, (district, name)
    return found[0]


@pytest.mark.parametrize(
    ("district", "name", "unit", "reason"),
    [
        pytest.param("Khyber", "Bara", "khyber", "DCPU Khyber serves Khyber", id="its own"),
        pytest.param(
            "Hangu", None, "kohat", "Hangu has no unit of its own; DCPU Kohat serves it", id="Hangu"
        ),
        pytest.param(
            "Upper Dir",
            None,
            "lower_dir",
            "Upper Dir has no unit of its own; DCPU Lower Dir (Balambat) serves it",
            id="Upper Dir",
        ),
        pytest.param(
            "Haripur",
            None,
            "abbottabad",
            "Haripur has no unit of its own; DCPU Abbottabad serves it",
            id="Haripur",
        ),
        pytest.param(
            "Tank",
            None,
            "south_waziristan",
            "Tank has no unit of its own; DCPU South Waziristan serves it",
            id="Tank",
        ),
        pytest.param(
            "Tank",
            "Jandola",
            "sd_lakki",
            "Sub-division Tank has no unit of its own; CPU Sub-division Lakki serves it",
            id="a sub-division goes before its district",
        ),
        pytest.param(
            "Kohat",
            "Darra Adam Khel",
            "kohat",
            "Sub-division Kohat has no unit of its own; DCPU Kohat serves it",
            id="Darra Adam Khel",
        ),
        pytest.param(
            "Mansehra",
            None,
            "abbottabad",
            "Mansehra has no unit of its own; DCPU Abbottabad serves it",
            id="a planned unit serves nobody yet",
        ),
    ],
)
def test_the_unit_of_a_place(reference, district, name, unit, reason):
    routed = route(place_named(reference, district, name), reference.units)
    assert (routed.unit, routed.reason) == (unit, reason)


def test_every_place_of_the_gazetteer_has_a_unit(reference):
    districts = {place.district for place in reference.gazetteer.search("a", 1000)}
    districts |= {area for unit in reference.units for area in unit.serves | unit.also_serves}
    for district in sorted(area for area in districts if not area.startswith("Sub-division")):
        for place in reference.gazetteer.search(district, 50):
            assert route(place, reference.units) != NOT_KNOWN
            assert route(place, reference.units).unit != "commission"


def test_a_position_near_wana(reference):
    position = locate(32.3051, 69.5712, reference.gazetteer)
    nearest = reference.gazetteer.get(position.nearest)
    routed = route_nearest(nearest, position.km, reference.units)
    assert routed.unit == "south_waziristan"
    assert routed.reason.startswith(f"nearest known place: {nearest.name}, 1 km; DCPU South Wazir")


def test_a_position_far_from_all_places_lies_with_the_commission(reference):
    position = locate(24.86, 67.0, reference.gazetteer)
    assert position.nearest is None
    routed = route_nearest(None, position.km, reference.units)
    assert (routed.unit, routed.reason) == ("commission", "a position outside Khyber Pakhtunkhwa")


def test_a_position_keeps_about_one_kilometre():
    assert rounded(32.30514) == 32.31
    assert rounded(69.57129) == 69.57


def test_alerts_lie_with_operating_units_and_the_commission_only(reference):
    assert has_desk("khyber", reference.units)
    assert has_desk("commission", reference.units)
    assert not has_desk("mansehra", reference.units)

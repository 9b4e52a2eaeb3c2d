"""The nearest of many places, by distance on the ground and not by degrees."""

import random

import pytest

from language.nearest import Positions, distance_km
from language.place_table import Place


def place(name: str, lat: float, lon: float, level: str = "village") -> Place:
    return Place(name, name, level, "Khyber", None, None, lat, lon)


def rank(found: Place) -> int:
    return {"tehsil": 1, "village": 2}[found.level]


def test_it_is_the_one_that_looking_at_all_of_them_finds() -> None:
    chance = random.Random(7)  # noqa: S311  # places, no secrets
    places = [
        place(str(number), chance.uniform(31, 37), chance.uniform(69, 75)) for number in range(500)
    ]
    positions = Positions(places)
    for _ in range(200):
        lat, lon = chance.uniform(30, 38), chance.uniform(68, 76)
        found = positions.nearest(lat, lon, rank=rank)
        assert found is not None
        assert found[1] == min(distance_km(lat, lon, p.lat or 0, p.lon or 0) for p in places)


def test_a_degree_of_longitude_is_shorter_than_one_of_latitude() -> None:
    positions = Positions([place("north", 35.1, 72.0), place("east", 35.0, 72.11)])
    found = positions.nearest(35.0, 72.0, rank=rank)
    assert found is not None
    assert found[0].name == "east"


def test_at_one_spot_the_highest_rank_is_meant() -> None:
    positions = Positions([place("tehsil", 34, 71, "tehsil"), place("village", 34, 71)])
    found = positions.nearest(34, 71, rank=rank)
    assert found is not None
    assert found[0].name == "village"


def test_only_those_asked_for_count() -> None:
    positions = Positions([place("near", 34, 71), place("far", 35, 72)])
    found = positions.nearest(34, 71, rank=rank, among=lambda one: one.name == "far")
    assert found is not None
    assert found[0].name == "far"
    assert positions.nearest(34, 71, rank=rank, among=lambda _: False) is None


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        pytest.param((34.0, 71.0), (34.0, 71.0), 0, id="no way"),
        pytest.param((34.0, 71.0), (35.0, 71.0), 111.19, id="a degree north"),
        pytest.param((34.008, 71.5785), (35.2, 72.0), 138.0, id="Peshawar to the north of Swat"),
    ],
)
def test_distances(one: tuple[float, float], other: tuple[float, float], km: float) -> None:
    assert distance_km(*one, *other) == pytest.approx(km, abs=0.5)

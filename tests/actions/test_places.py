"""A place outside KP, and a position near a border: told once, asked once."""

from __future__ import annotations

import pytest

from tests.actions.phone import BARA, BEATEN

LAHORE = {"name": "Lahore", "province": "Punjab", "words": "lahore"}
DISTRICTS = [
    {"id": f"district.{name.lower()}", "name": name, "level": "district", "district": name}
    for name in ("Mardan", "Malakand")
]
PIN = {"lat": 34.4, "lon": 71.9}


async def told(phone, **more):
    return await phone.text("ek bachi", "report_concern", concerns=[BEATEN], **more)


async def test_a_place_outside_kp_is_passed_on_and_not_asked_for_again(phone, api):
    assert await told(phone, elsewhere=LAHORE) == ["utter_elsewhere", "utter_ask_happening_now"]
    assert api.alerts[0]["elsewhere"] == {"name": "Lahore", "province": "Punjab"}
    assert (api.alerts[0]["place"], api.alerts[0]["place_words"]) == (None, "lahore")
    assert phone.sent[0]["case_code"] == "482 177 306"
    assert await phone.text("2", "deny") == ["utter_ask_age"]


async def test_it_answers_where_and_is_said_once(phone):
    await told(phone)
    assert await phone.text("lahore", "provide_location", elsewhere=LAHORE) == [
        "utter_elsewhere",
        "utter_ask_happening_now",
    ]
    assert await phone.text("lahore mein", "provide_location", elsewhere=LAHORE) == [
        "utter_ask_age"
    ]


async def test_in_danger_it_comes_after_the_lifeline(phone):
    replies = await told(phone, elsewhere=LAHORE, danger=True)
    assert replies == ["utter_lifeline_general", "utter_elsewhere"]


async def test_a_city_named_beside_a_known_place_moves_nothing(phone, api):
    await told(phone, places=[BARA])
    await phone.text("walid lahore mein hain", "report_concern", elsewhere=LAHORE)
    assert api.alerts[-1]["elsewhere"] is None
    assert phone.slots["place"]["id"] == BARA["id"]


@pytest.fixture
def near_a_border(api):
    api.choices = DISTRICTS
    return api


async def pinned(phone):
    await told(phone, channel="telegram")
    return await phone.text("", "provide_location", location=PIN, channel="telegram")


async def test_a_pin_near_a_border_is_asked_once(phone, near_a_border):
    assert await pinned(phone) == ["utter_which_place"]
    assert phone.sent[-1]["choices"] == "1 Mardan 2 Malakand"
    near_a_border.choices = []
    assert await phone.text("2", "deny") == ["utter_ask_happening_now"]
    assert near_a_border.alerts[-1]["place"] == "district.malakand"


@pytest.mark.parametrize("text", ["0", "pata nahi"])
async def test_without_a_choice_the_nearest_stays(phone, near_a_border, text):
    await pinned(phone)
    near_a_border.choices = []
    assert await phone.text(text, "dont_know") == ["utter_ask_happening_now"]
    assert near_a_border.alerts[-1]["place"] is None
    assert phone.slots["place"] == PIN


async def test_a_choice_by_the_name_of_its_district(phone, api):
    namesakes = [
        BARA | {"id": f"town.{name}", "name": "Nawagai", "district": name}
        for name in ("Dir", "Swat")
    ]
    await told(phone, places=namesakes)
    swat = BARA | {"id": "district.swat", "name": "Swat", "district": "Swat"}
    await phone.text("swat wala", "provide_location", places=[swat])
    assert api.alerts[-1]["place"] == "town.Swat"


async def test_an_age_in_answer_to_where_is_no_place(phone, api):
    await told(phone)
    replies = await phone.text("umar 9", "provide_age", children=[{"age": 9, "gender": None}])
    assert replies == ["utter_ask_nearest_town"]
    assert api.alerts[-1]["place_words"] is None


async def test_who_goes_on_telling_in_answer_to_where_has_named_no_place(phone, api):
    await told(phone)
    story = "us ka baap raat ko aa kar phir marta hai"
    replies = await phone.text(story, "report_concern", concerns=[BEATEN])
    assert replies == ["utter_ask_nearest_town"]
    assert api.alerts[-1]["place_words"] is None

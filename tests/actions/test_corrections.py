"""What a text sets right of what was told: the alert follows, and the open question stays open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.phone import BARA, BEATEN

SWAT = BARA | {"id": "district.swat", "name": "Swat", "district": "Swat", "words": "swat"}
MATTA = BARA | {"id": "town.matta", "name": "Matta", "district": "Swat", "words": "matta"}
DIR = BARA | {"id": "town.dir", "name": "Chakdara", "district": "Lower Dir", "words": "chakdara"}
ADDS: dict[str, Any] = {"remark": "adds"}
NONE_WRONG = {"age": None, "gender": None, "place": None}


def child(age=None, gender=None):
    return {"age": age, "gender": gender}


async def told(phone, *children, place=None):
    """A report of these children, with the question "Now?" open."""
    await phone.text(
        "ek bachi",
        "report_concern",
        concerns=[BEATEN],
        children=list(children),
        places=[place or SWAT],
    )
    assert phone.slots["requested_slot"] == "happening_now"


async def corrects(phone, text, intent="provide_age", **understanding):
    return await phone.text(text, intent, **({"remark": "corrects"} | understanding))


@pytest.mark.parametrize(
    ("known", "said", "age"),
    [
        pytest.param(12, {"ages": [13, 12], "refused": [13]}, 13, id="nahi 13 nahi 12"),
        pytest.param(16, {"ages": [16, 17], "refused": [16]}, 17, id="16 nahi 17"),
        pytest.param(10, {"ages": [12, 10], "refused": [10]}, 12, id="12 not 10"),
        pytest.param(10, {"ages": [12]}, 12, id="sorry 12"),
    ],
)
async def test_an_age_is_set_right_and_the_open_question_asked_again(phone, api, known, said, age):
    await told(phone, child(known, "girl"))
    assert await corrects(phone, "...", **said) == ["utter_ask_happening_now"]
    assert api.alerts[-1]["corrects"] == NONE_WRONG | {"age": known}
    assert api.alerts[-1]["children"] == [child(age)]
    assert phone.slots["age"] == age
    assert phone.slots["happening_now"] is None


async def test_an_age_that_was_never_told_is_the_one_that_is_not_refused(phone, api):
    await told(phone, child(None, "girl"))
    await phone.text("2", "deny")
    assert phone.slots["requested_slot"] == "age"
    said = {"ages": [16, 17], "refused": [16], "children": [child(16), child(17)]}
    assert await corrects(phone, "16 nahi 17", **said) == ["utter_ask_safe_contact"]
    assert api.alerts[-1]["children"] == [child(17)]
    assert api.alerts[-1]["corrects"] == NONE_WRONG


async def test_a_gender_is_set_right(phone, api):
    await told(phone, child(11, "girl"))
    said = {"children": [child(None, "girl"), child(None, "boy")]}
    await corrects(phone, "bachi nahi larka hai", "report_concern", **said)
    assert api.alerts[-1]["corrects"] == NONE_WRONG | {"gender": "girl"}
    assert api.alerts[-1]["children"] == [child(None, "boy")]
    assert phone.slots["gender"] == "boy"


@pytest.mark.parametrize(
    ("known", "places", "instead"),
    [
        pytest.param(SWAT, [SWAT, DIR], DIR, id="another district"),
        pytest.param(MATTA, [SWAT, DIR], DIR, id="the district named with the wrong town"),
        pytest.param(SWAT, [DIR], DIR, id="the right one alone"),
        pytest.param(SWAT, [SWAT, MATTA], MATTA, id="a town of it"),
    ],
)
async def test_a_place_is_set_right(phone, api, known, places, instead):
    await told(phone, child(9, "girl"), place=known)
    replies = await corrects(phone, "Swat nahi, Chakdara", "provide_location", places=places)
    assert replies == ["utter_ask_happening_now"]
    assert api.alerts[-1]["corrects"] == NONE_WRONG | {"place": known["id"]}
    assert api.alerts[-1]["place"] == instead["id"]
    assert phone.slots["place"]["id"] == instead["id"]


async def test_a_no_to_the_open_question_that_sets_nothing_right_answers_it(phone, api):
    await told(phone, child(12, "boy"))
    replies = await corrects(phone, "nahi, 12 saal ka", "deny", children=[child(12, "boy")])
    assert replies == ["utter_ask_safe_contact"]
    assert not api.alerts[-1]["corrects"] or api.alerts[-1]["corrects"] == NONE_WRONG
    assert api.alerts[-1]["facts"][0]["value"] is False


async def test_the_age_of_one_child_told_again_in_other_figures_sets_it_right(phone, api):
    await told(phone, child(9, "girl"))
    await phone.text("umar 13", "provide_age", children=[child(13)])
    assert api.alerts[-1]["corrects"] == NONE_WRONG | {"age": 9}


@pytest.mark.parametrize("remark", ["adds", None])
async def test_one_more_child_sets_nothing_right(phone, api, remark):
    await told(phone, child(13, "girl"))
    sister = {"children": [child(11, "girl")], "remark": remark}
    await phone.text("us ki behan bhi", "report_concern", **sister)
    assert api.alerts[-1]["corrects"] in (None, NONE_WRONG)
    assert api.alerts[-1]["continues"]


async def test_another_report_says_so(phone, api):
    await told(phone, child(13, "girl"))
    await phone.text("ek aur report", "report_concern", concerns=[BEATEN], remark="another")
    assert api.alerts[-1]["another"]


async def test_which_of_two_children_is_meant_is_told_by_the_wrong_age(phone, api):
    await told(phone, child(7, "boy"), child(12, "girl"))
    await corrects(phone, "12 nahi 13", ages=[12, 13], refused=[12])
    assert api.alerts[-1]["corrects"] == NONE_WRONG | {"age": 12}
    assert api.alerts[-1]["children"] == [child(13)]


async def test_one_more_child_of_nearly_the_same_age_is_one_more(phone, api):
    await told(phone, child(8, "boy"))
    await phone.text("ek aur bacha bhi hai, 7 saal", "report_concern", **ADDS, children=[child(7)])
    assert api.alerts[-1]["children"] == [child(8, "boy"), child(7)]


@pytest.mark.parametrize("again", [child(8), child(None, "boy")])
async def test_also_said_of_the_known_child_adds_none(phone, api, again):
    await told(phone, child(8, "boy"))
    await phone.text("wo rota bhi hai", "report_concern", **ADDS, children=[again])
    assert api.alerts[-1]["children"] == [again]

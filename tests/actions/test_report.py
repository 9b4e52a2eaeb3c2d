"""Dialogues of a report as people have them, through the real action and an api that stands in."""

from __future__ import annotations

import pytest

from tests.actions.phone import AWAY, BARA, BEATEN, GIRL_OF_9, NEGLECTED, OTHER_CODE

RECEIPT = "utter_receipt"


async def told(phone, **more):
    """The first text of a report that tells what, and nothing else."""
    return await phone.text("ek bachi", "report_concern", concerns=[BEATEN], **more)


async def test_step_by_step_each_thing_is_asked_once_and_in_order(phone, api):
    assert await told(phone) == [RECEIPT, "utter_ask_place"]
    assert await phone.text("Bara", "provide_location", places=[BARA]) == [
        "utter_ask_happening_now"
    ]
    assert await phone.text("nahi", "deny") == ["utter_ask_age"]
    assert await phone.text("barah saal", "provide_age", numbers=[12]) == ["utter_ask_gender"]
    assert await phone.text("1", "provide_age") == ["utter_ask_safe_contact"]
    assert await phone.text("haan", "affirm") == ["utter_ask_confirm"]
    assert await phone.text("1", "affirm") == ["utter_close"]
    assert phone.slots["requested_slot"] is None

    assert [alert["complete"] for alert in api.alerts] == [False] * 5 + [True] * 2
    assert api.alerts[0]["concerns"] == [BEATEN]
    assert api.alerts[1]["place"] == BARA["id"]
    assert api.alerts[2]["facts"] == [{"fact": "happening_now", "value": False, "words": "nahi"}]
    assert api.alerts[4]["children"] == [{"age": 12, "gender": "girl"}]
    assert api.alerts[5]["safe_contact"]["allowed"] is True
    assert api.alerts[5]["unanswered"] == []
    assert phone.sent[0]["case_code"] == "482 177 306"


async def test_one_text_with_everything_is_asked_only_for_the_contact(phone, api):
    facts = [{"fact": "happening_now", "value": True, "words": "abhi"}]
    replies = await told(phone, places=[BARA], children=[GIRL_OF_9], facts=facts)
    assert replies == [RECEIPT, "utter_ask_safe_contact"]
    assert api.alerts[0]["children"] == [GIRL_OF_9]


async def test_answers_out_of_order_fill_what_they_tell(phone):
    await told(phone)
    await phone.text("umar 9, larki hai", "provide_age", children=[GIRL_OF_9])
    replies = await phone.text("Bara", "provide_location", places=[BARA])
    assert replies == ["utter_ask_happening_now"]
    assert await phone.text("2", "nlu_fallback") == ["utter_ask_safe_contact"]


async def test_facts_before_the_concern_wait_for_it(phone, api):
    replies = await phone.text("Bara se", "provide_location", places=[BARA])
    assert replies == ["utter_ask_concern"]
    assert api.alerts == []
    replies = await phone.text("larki ko mara", "report_concern", concerns=[BEATEN])
    assert replies == [RECEIPT, "utter_ask_happening_now"]
    assert (api.alerts[0]["place"], api.alerts[0]["concerns"]) == (BARA["id"], [BEATEN])


@pytest.mark.parametrize("word", ["0", "۰", "skip", "maloom nahi"])
async def test_every_question_can_be_skipped(phone, api, word):
    await told(phone)
    asked = []
    while phone.slots["requested_slot"]:
        asked.append(phone.slots["requested_slot"])
        await phone.text(word, "dont_know" if word == "maloom nahi" else "nlu_fallback")
    assert asked == ["place", "happening_now", "age", "gender", "safe_contact"]
    assert api.alerts[-1]["unanswered"] == asked
    assert api.alerts[-1]["complete"]


async def test_two_children_are_kept_as_two_and_neither_is_asked_about(phone, api):
    children = [GIRL_OF_9, {"age": 6, "gender": None}]
    await told(phone, children=children, places=[BARA])
    assert api.alerts[0]["children"] == children
    assert await phone.text("1", "affirm") == ["utter_ask_safe_contact"]


async def test_another_time_that_was_told_needs_no_now(phone):
    assert await told(phone, places=[BARA], when="kal") == [RECEIPT, "utter_ask_age"]


async def test_an_unknown_place_is_asked_once_in_another_way_then_its_words_are_kept(phone, api):
    await told(phone)
    assert await phone.text("Xyzabad", "nlu_fallback") == ["utter_ask_nearest_town"]
    assert await phone.text("Qurbad", "nlu_fallback") == ["utter_ask_happening_now"]
    assert [alert["place_words"] for alert in api.alerts[1:]] == ["Xyzabad", "Xyzabad, Qurbad"]
    assert api.alerts[-1]["place"] is None


async def test_a_number_is_no_place(phone, api):
    await told(phone)
    assert await phone.text("1", "affirm") == ["utter_ask_nearest_town"]
    assert api.alerts[-1]["place_words"] is None


async def test_the_nearest_town_is_a_place_like_any_other(phone, api):
    await told(phone)
    await phone.text("Xyzabad", "nlu_fallback")
    assert await phone.text("Bara", "provide_location", places=[BARA]) == [
        "utter_ask_happening_now"
    ]
    assert api.alerts[-1]["place"] == BARA["id"]


SHABQADAR = [
    BARA | {"id": f"{number}", "name": "Shabqadar", "district": district, "words": "shabqadar"}
    for number, district in enumerate(("Charsadda", "Mohmand", "Peshawar", "Swat"))
]


async def test_a_name_of_several_districts_becomes_a_choice_by_number(phone, api):
    assert await told(phone, places=SHABQADAR) == [RECEIPT, "utter_which_place"]
    assert phone.sent[-1]["choices"] == (
        "1 Shabqadar, Charsadda 2 Shabqadar, Mohmand 3 Shabqadar, Peshawar"
    )
    assert api.alerts[0]["place"] is None
    assert await phone.text("2", "nlu_fallback") == ["utter_ask_happening_now"]
    assert api.alerts[-1]["place"] == "1"


async def test_no_more_names_are_offered_than_fit_into_an_sms(phone):
    places = [place | {"name": "Shabqadar Bazar Kalan"} for place in SHABQADAR]
    await told(phone, places=places)
    assert len(phone.sent[-1]["choices"]) <= 66
    assert len(phone.slots["choices"]) == 1 + phone.sent[-1]["choices"].count(" 2 ")


async def test_none_of_the_choices_asks_for_the_nearest_town(phone):
    await told(phone, places=SHABQADAR)
    assert await phone.text("0", "nlu_fallback") == ["utter_ask_nearest_town"]


async def test_none_of_the_choices_near_the_place_asks_no_third_time(phone):
    await told(phone)
    await phone.text("Xyzabad", "nlu_fallback")
    assert await phone.text("Shabqadar", "provide_location", places=SHABQADAR) == [
        "utter_which_place"
    ]
    assert await phone.text("0", "nlu_fallback") == ["utter_ask_happening_now"]


async def test_a_no_with_a_time_in_it_is_a_no(phone, api):
    await told(phone, places=[BARA])
    await phone.text("abhi nahi", "deny", when="abhi")
    assert api.alerts[-1]["facts"] == [
        {"fact": "happening_now", "value": False, "words": "abhi nahi"}
    ]


async def test_a_choice_has_buttons_on_telegram(phone):
    await told(phone, places=SHABQADAR[:2], channel="telegram")
    assert phone.sent[-1]["buttons"] == [
        {"title": "Shabqadar, Charsadda", "payload": "1"},
        {"title": "Shabqadar, Mohmand", "payload": "2"},
        {"title": "0", "payload": "0"},
    ]


async def test_two_places_of_one_district_are_no_choice(phone):
    places = [SHABQADAR[0], SHABQADAR[0] | {"id": "9"}]
    assert await told(phone, places=places) == [RECEIPT, "utter_ask_happening_now"]


async def test_a_pin_answers_where(phone, api):
    await told(phone)
    pin = {"lat": 32.3, "lon": 69.57}
    assert await phone.text("", "provide_location", location=pin) == ["utter_ask_happening_now"]
    assert api.alerts[-1]["location"] == pin


async def test_a_pin_alone_is_somebody_who_wants_to_be_found(phone, api):
    pin = {"lat": 32.3, "lon": 69.57}
    replies = await phone.text("", "provide_location", location=pin, channel="telegram")
    assert replies == [RECEIPT, "utter_ask_concern"]
    assert api.alerts[0]["concerns"] == [{"code": "other_unsure", "p": 0.1}]


async def test_a_child_is_first_asked_how_to_answer_safely_and_comforted_on_telegram(phone):
    replies = await phone.text(
        "mujhe marta hai",
        "self_report",
        concerns=[BEATEN],
        reporter_is_child=True,
        channel="telegram",
    )
    assert replies == [RECEIPT, "utter_comfort", "utter_ask_safe_contact"]
    assert await phone.text("2", "deny") == ["utter_ask_place"]


async def test_an_sms_brings_a_child_no_comfort_that_others_could_read(phone):
    replies = await phone.text("mujhe marta hai", "self_report", concerns=[BEATEN])
    assert replies == [RECEIPT, "utter_ask_safe_contact"]


async def test_more_after_the_end_joins_and_gets_a_short_receipt(phone, api):
    await told(phone, places=[BARA], children=[GIRL_OF_9], when="kal")
    assert await phone.text("0", "dont_know") == ["utter_ask_confirm"]
    assert await phone.text("0", "dont_know") == ["utter_close"]
    replies = await phone.text("khana bhi nahi dete", "report_concern", concerns=[NEGLECTED])
    assert replies == ["utter_added"]
    assert api.alerts[-1]["concerns"] == [NEGLECTED]
    assert await phone.text("theek hai", "affirm") == ["utter_thanks"]
    assert len(api.alerts) == 4


async def test_another_child_is_a_new_report_with_its_own_questions(phone, api):
    await told(phone, places=[BARA], children=[GIRL_OF_9], when="kal")
    api.case_code = OTHER_CODE
    boy = {"age": 12, "gender": "boy"}
    replies = await phone.text("ek larka", "report_concern", concerns=[NEGLECTED], children=[boy])
    assert replies == [RECEIPT, "utter_ask_place"]
    assert phone.slots["case_code"] == OTHER_CODE
    assert (phone.slots["age"], phone.slots["gender"]) == (12, "boy")


async def test_what_joins_an_alert_made_without_us_fills_it(phone, api):
    told_before = {"joined": True, "places": [BARA], "children": [GIRL_OF_9]}
    replies = await phone.text("Bara mein, umar 9", "provide_age", **told_before)
    assert replies == [RECEIPT, "utter_ask_happening_now"]
    assert api.alerts[0]["place"] == BARA["id"]


async def test_what_is_only_kept_is_told_and_asks_nothing(phone, api):
    await told(phone)
    assert await phone.text("umar 9", "provide_age", children=[GIRL_OF_9], kept_only=True) == []
    assert api.alerts[-1]["children"] == [GIRL_OF_9]
    assert await phone.text("Bara", "provide_location", places=[BARA]) == [
        "utter_ask_happening_now"
    ]


async def test_what_is_only_kept_and_cannot_be_told_is_no_silence(phone, api):
    api.answers = [*AWAY]
    assert await phone.text("bachi", "report_concern", kept_only=True) == ["utter_not_read"]


async def test_an_sms_turn_has_at_most_two_replies(phone):
    for text in (
        await told(phone),
        await phone.text("madad", "ask_help_info"),
        await phone.text("urdu", "switch_language"),
        await phone.text("insaan se baat", "talk_to_human"),
        await phone.text("jaldi", "imminent_danger", danger=True),
    ):
        assert len(text) <= 2


async def test_every_day_is_not_now_and_is_told_as_repeated(phone, api):
    await told(phone, places=[BARA])
    assert await phone.text("har roz", "affirm") == ["utter_ask_age"]
    assert api.alerts[-1]["facts"] == [{"fact": "repeated", "value": True, "words": "har roz"}]


async def test_every_day_and_now_too_is_now(phone, api):
    await told(phone, places=[BARA])
    await phone.text("haan abhi bhi, roz marta hai", "affirm")
    assert [fact["fact"] for fact in api.alerts[-1]["facts"]] == ["repeated", "happening_now"]


async def test_an_age_that_comes_after_its_question_is_the_age(phone, api):
    await told(phone, places=[BARA], when="kal")
    await phone.text("ruko", "nlu_fallback")
    assert await phone.text("14", "provide_age") == ["utter_ask_safe_contact"]
    assert api.alerts[-1]["children"] == [{"age": 14, "gender": None}]
    assert "age" not in api.alerts[-1]["unanswered"]


async def test_a_number_of_the_keypad_after_the_last_question_is_no_age(phone, api):
    await told(phone, places=[BARA], children=[GIRL_OF_9], when="kal")
    while phone.slots["requested_slot"]:
        await phone.text("0", "dont_know")
    calls = api.calls
    assert await phone.text("1", "affirm", ages=[1], numbers=[1]) == ["utter_thanks"]
    assert api.calls == calls


async def test_the_child_in_answer_to_now_is_no_yes(phone, api):
    await told(phone, places=[BARA])
    girl = {"age": None, "gender": "girl"}
    assert await phone.text("jinai yam", "affirm", children=[girl]) == ["utter_ask_age"]
    assert api.alerts[-1]["facts"] == []
    assert "happening_now" in api.alerts[-1]["unanswered"]

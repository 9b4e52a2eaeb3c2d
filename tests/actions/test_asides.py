"""Texts that tell nothing: interruptions, small talk, confusion, a wish for a person, stop."""

from __future__ import annotations

import pytest

from tests.actions.phone import BARA, BEATEN, CODE

UNSURE = [{"code": "other_unsure", "p": 0.1}]


async def told(phone):
    return await phone.text("ek bachi", "report_concern", concerns=[BEATEN])


@pytest.mark.parametrize(
    ("intent", "replies"),
    [
        ("ask_help_info", ["utter_info", "utter_ask_place"]),
        ("switch_language", ["utter_language", "utter_ask_place"]),
        ("check_status", ["utter_status_received", "utter_ask_place"]),
        ("talk_to_human", ["utter_human", "utter_ask_place"]),
        ("greet", ["utter_ask_place"]),
        ("thanks", ["utter_ask_place"]),
    ],
)
async def test_an_interruption_is_answered_and_the_open_question_asked_again(
    phone, intent, replies
):
    await told(phone)
    assert await phone.text("...", intent) == replies


async def test_an_answer_that_is_hardly_taken_for_a_greeting_stays_an_answer(phone):
    await told(phone)
    assert await phone.text("Hallabad", "greet", confidence=0.4) == ["utter_ask_nearest_town"]


async def test_after_an_interruption_the_answer_is_an_answer(phone, api):
    await told(phone)
    await phone.text("kaun ho", "ask_help_info")
    assert await phone.text("Bara", "provide_location", places=[BARA]) == [
        "utter_ask_happening_now"
    ]
    assert api.calls == 2


async def test_a_question_is_asked_again_once_and_then_has_its_answer(phone):
    await told(phone)
    assert await phone.text("kaun ho", "ask_help_info") == ["utter_info", "utter_ask_place"]
    replies = await phone.text("kisi ko na batana", "ask_help_info")
    assert "utter_ask_place" not in replies


async def test_a_greeting_that_tells_something_is_no_small_talk(phone):
    await told(phone)
    assert await phone.text("salam, Bara se hun", "greet", places=[BARA]) == [
        "utter_ask_happening_now"
    ]


async def test_the_choice_of_places_is_repeated_after_an_interruption(phone):
    places = [BARA, BARA | {"id": "b", "district": "Swat"}]
    await phone.text("ek bachi", "report_concern", concerns=[BEATEN], places=places)
    assert await phone.text("kaun ho", "ask_help_info") == ["utter_info", "utter_which_place"]


async def test_whom_we_twice_fail_to_read_a_person_reads(phone, api):
    assert await phone.text("hmpf", "nlu_fallback") == ["utter_ask_other_words"]
    assert api.alerts == []
    assert await phone.text("hmpf grmbl", "nlu_fallback") == ["utter_receipt", "utter_ask_place"]
    assert api.alerts[0]["concerns"] == UNSURE


async def test_a_bad_guess_is_no_understanding(phone, api):
    assert await phone.text("hmpf", "affirm", confidence=0.4) == ["utter_ask_other_words"]
    await phone.text("grmbl", "greet", confidence=0.4)
    assert api.alerts[0]["concerns"] == UNSURE


async def test_confusion_counts_also_with_small_talk_between(phone, api):
    await phone.text("hmpf", "nlu_fallback")
    assert await phone.text("shukria", "thanks") == ["utter_thanks"]
    await phone.text("grmbl", "nlu_fallback")
    assert api.alerts[0]["concerns"] == UNSURE


async def test_other_words_that_tell_a_concern_are_a_report(phone, api):
    await phone.text("hmpf", "nlu_fallback")
    assert await told(phone) == ["utter_receipt", "utter_ask_place"]
    assert api.alerts[0]["concerns"] == [BEATEN]


async def test_a_wish_for_a_person_is_an_alert_that_says_so(phone, api):
    assert await phone.text("insaan se baat", "talk_to_human") == [
        "utter_human",
        "utter_ask_concern",
    ]
    assert (api.alerts[0]["intent"], api.alerts[0]["concerns"]) == ("talk_to_human", UNSURE)
    assert phone.sent[0]["case_code"] == "482 177 306"
    assert await phone.text("hmpf", "nlu_fallback") == ["utter_ask_place"]


@pytest.mark.parametrize(
    ("intent", "replies"),
    [
        ("affirm", ["utter_ask_concern"]),
        ("provide_age", ["utter_ask_concern"]),
        ("deny", ["utter_thanks"]),
        ("dont_know", ["utter_thanks"]),
        ("out_of_scope", ["utter_out_of_scope"]),
        ("abuse_spam", ["utter_out_of_scope"]),
    ],
)
async def test_small_talk_without_a_report_makes_no_alert(phone, api, intent, replies):
    assert await phone.text("...", intent) == replies
    assert api.alerts == []


async def test_how_and_when_to_call_is_an_answer_and_no_wish_for_a_person(phone, api):
    await phone.text("ek bachi", "report_concern", concerns=[BEATEN], places=[BARA], when="kal")
    while phone.slots["requested_slot"] != "safe_contact":
        await phone.text("0", "dont_know")
    assert await phone.text("shaam ko call karein", "talk_to_human") == ["utter_ask_confirm"]
    assert api.alerts[-1]["safe_contact"]["allowed"] is True


async def test_a_prank_taken_back_stays_for_a_person_to_judge_and_is_asked_nothing_more(phone, api):
    await told(phone)
    assert await phone.text("mazaq tha", "report_concern", taken_back=True) == ["utter_thanks"]
    assert api.alerts[-1]["taken_back"]
    assert api.alerts[-1]["intent"] != "report_concern"
    assert not api.alerts[-1]["complete"]
    assert phone.slots["case_code"] == CODE
    assert await phone.text("theek hai", "affirm") == ["utter_thanks"]
    assert phone.slots["requested_slot"] == "nothing"


async def test_who_took_it_back_and_tells_again_is_heard_and_asked_again(phone, api):
    await told(phone)
    await phone.text("mazaq tha", "out_of_scope", taken_back=True)
    replies = await phone.text("wo phir mara", "report_concern", concerns=[BEATEN])
    assert replies == ["utter_ask_place"]
    assert not api.alerts[-1]["taken_back"]


async def test_a_joke_before_any_report_makes_no_alert(phone, api):
    assert await phone.text("mazaq tha", "out_of_scope", taken_back=True) == ["utter_thanks"]
    assert api.alerts == []


async def test_a_text_hardly_taken_for_a_stop_is_no_stop(phone):
    replies = await phone.text("yo hmpf", "stop_unsafe", confidence=0.4)
    assert replies == ["utter_ask_other_words"]


async def test_stop_ends_the_questions_with_one_neutral_line_and_forgets_nothing(phone, api):
    await told(phone)
    assert await phone.text("bas", "stop_unsafe", kept_only=True) == []
    assert await phone.text("chup", "stop_unsafe") == ["utter_stopped"]
    assert phone.slots["requested_slot"] is None
    assert len(api.alerts) == 1
    replies = await phone.text("Bara mein", "provide_location", places=[BARA])
    assert replies == ["utter_ask_happening_now"]


async def test_who_asks_what_this_is_hears_it_and_may_tell(phone, api):
    assert await phone.text("kaun ho", "ask_help_info") == ["utter_info", "utter_ask_concern"]
    assert await phone.text("nahi", "deny") == ["utter_thanks"]
    assert api.alerts == []


async def test_who_told_of_a_child_and_says_no_more_is_read_by_a_person(phone, api):
    girl = {"age": 9, "gender": None}
    assert await phone.text("9 saal", "provide_age", children=[girl]) == ["utter_ask_concern"]
    assert await phone.text("0", "dont_know") == ["utter_receipt", "utter_ask_place"]
    assert (api.alerts[0]["children"], api.alerts[0]["concerns"]) == ([girl], UNSURE)


async def test_what_two_texts_tell_of_one_child_is_one_child(phone, api):
    age, boy = {"age": 12, "gender": None}, {"age": None, "gender": "boy"}
    await phone.text("12 kala", "provide_age", children=[age])
    await phone.text("halak de", "nlu_fallback", children=[boy])
    assert api.alerts[0]["children"] == [{"age": 12, "gender": "boy"}]


async def test_who_has_told_nothing_yet_may_ask_again_and_again(phone, api):
    for _ in range(3):
        replies = await phone.text("is it free?", "ask_help_info")
        assert replies == ["utter_info", "utter_ask_concern"]
    assert api.alerts == []


@pytest.mark.parametrize("intent", ["out_of_scope", "abuse_spam"])
async def test_a_match_tomorrow_tells_of_no_child(phone, api, intent):
    facts = [{"fact": "within_72h", "value": True, "words": "kal"}]
    replies = await phone.text("kal match hai?", intent, when="kal", facts=facts)
    assert replies == ["utter_out_of_scope"]
    assert await phone.text("balance bhejo", "abuse_spam") == ["utter_out_of_scope"]
    assert api.alerts == []


async def test_who_says_only_that_there_is_something_to_tell_is_asked_what(phone, api):
    unsure = [{"code": "other_unsure", "p": 0.2}]
    replies = await phone.text("ek bachay ka masla hai", "report_concern", concerns=unsure)
    assert replies == ["utter_receipt", "utter_ask_concern"]
    assert api.alerts[0]["concerns"] == unsure
    assert await phone.text("mushkil hai", "report_concern", concerns=unsure) == ["utter_ask_place"]


async def test_it_is_so_in_other_words_too_and_later_texts_ask_it_no_more(phone):
    await phone.text("hmpf", "nlu_fallback")
    replies = await phone.text("bacha hai", "report_concern", concerns=[])
    assert replies == ["utter_receipt", "utter_ask_concern"]
    await phone.text("us ko marte hain", "report_concern", concerns=[BEATEN], places=[BARA])
    assert await phone.text("wo phir aya", "report_concern", concerns=[]) == ["utter_ask_age"]


async def test_who_sets_right_wants_no_person(phone):
    await told(phone)
    assert await phone.text("sorry, not tomorrow", "talk_to_human", remark="corrects") == [
        "utter_ask_place"
    ]


async def test_a_chained_child_is_a_report_whatever_the_text_was_taken_for(phone, api):
    facts = [{"fact": "locked_or_chained", "value": True, "words": "zanjeer"}]
    replies = await phone.text("zanjeer mein dekha", "out_of_scope", facts=facts)
    assert replies == ["utter_receipt", "utter_ask_concern"]
    assert (api.alerts[0]["facts"], api.alerts[0]["concerns"]) == (facts, UNSURE)

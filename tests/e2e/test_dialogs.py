"""Dialogues as people have them, through all processes: corrected, added to, taken back, resumed."""

import pytest

from tests.e2e.installation import CASE_CODE, Installation
from tests.e2e.reporter import Reporter, read

NO_MORE = {"safe_contact": "2", "happening_now": "2", "age": "0", "gender": "0"}


def names(replies):
    """What each reply is called in the table; one of its names where several share the words."""
    return [min(read(text).responses) for text in replies]


def told_alert(amaan: Installation, unit: str, code: str):
    """The unit's alert with this case code."""
    found = [one for one in amaan.queue(unit) if one["case_code"] == code]
    assert len(found) == 1
    return found[0]


def code_in(replies):
    """The case code that was told."""
    return next(
        CASE_CODE.search(text).group() for text in replies if CASE_CODE.search(text)
    ).replace(" ", "")


@pytest.mark.parametrize("channel", ["sms", "telegram"])
def test_an_age_and_a_place_are_set_right_in_the_middle(amaan: Installation, channel: str) -> None:
    reporter = Reporter(amaan, channel)
    opening = "Karak mein 9 saal ka larka dukan par kaam karta hai school nahi jata"
    code = code_in(reporter.tell(opening))
    assert "utter_ask_happening_now" in names(reporter.tell("galti ho gayi, 9 nahi 11 saal ka hai"))
    assert "utter_ask_happening_now" in names(reporter.tell("Karak nahi, Kohat mein"))
    alert = told_alert(amaan, "kohat", code)
    assert alert["children"] == [{"age": 11, "gender": "boy"}]
    assert alert["reports"][0]["text"] == opening
    assert {"corrected", "routed"} <= {event["kind"] for event in alert["timeline"]}


def test_the_read_back_on_telegram_can_be_changed(amaan: Installation) -> None:
    reporter = Reporter(amaan, "telegram")
    opening = "Mingora mein 10 saal ki larki ghar mein kaam karti hai, school nahi jati"
    answers = NO_MORE | {"confirm": "2", "change": "umar 12 saal"}
    asked = reporter.report(opening, answers)
    assert asked[-2:] == ["confirm", "change"]
    assert any("👧 10" in text for text in reporter.heard)
    assert amaan.alert("swat", opening)["children"] == [{"age": 12, "gender": "girl"}]


def test_an_sms_reads_nothing_back(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    opening = "Daggar mein 10 saal ki larki ghar mein kaam karti hai, school nahi jati"
    assert reporter.report(opening, NO_MORE)[-1] == "confirm"
    assert not any(
        "10" in text.replace("1122", "") or "aggar" in text for text in reporter.heard[1:]
    )


def test_a_joke_stays_for_a_person_and_ends_the_questions(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    code = code_in(reporter.tell("Timergara mein aik larka hotel par bartan dhota hai"))
    assert names(reporter.tell("mazaq kar raha tha")) == ["utter_stopped"]  # the same "thank you"
    assert names(reporter.tell("theek hai")) == ["utter_stopped"]
    alert = told_alert(amaan, "lower_dir", code)
    assert alert["status"] == "new"
    assert "taken_back" in {event["kind"] for event in alert["timeline"]}


def test_another_child_after_the_end_is_an_alert_of_its_own(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    first = "Topi mein 12 saal ka larka workshop mein kaam karta hai, school nahi jata"
    second = "aik aur report: Topi mein 7 saal ki larki ghar mein kaam karti hai, school nahi jati"
    reporter.report(first, NO_MORE)
    reporter.report(second, NO_MORE)
    alerts = [amaan.alert("swabi", text) for text in (first, second)]
    assert alerts[0]["case_code"] != alerts[1]["case_code"]
    assert [alert["children"][0]["age"] for alert in alerts] == [12, 7]

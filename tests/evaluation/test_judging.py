"""The judge of dialogues itself: what it lets pass and what it does not."""

from __future__ import annotations

import pytest

from tests.evaluation.dialogues import judge, load, table
from tests.evaluation.playing import Played, Turn, each

ALERT = {
    "case_code": "482177306",
    "unit": "khyber",
    "risk": "medium",
    "status": "new",
    "children": [{"age": 7, "gender": "boy"}, {"age": 12, "gender": "girl"}],
    "reports": [{"text": "made-up opening"}],
}
EXPECT = {
    "unit": "khyber",
    "risk": ["medium", "high"],
    "children": [{"age": 12, "gender": "girl"}, {"age": 7, "gender": "boy"}],
    "alerts": 1,
}
DIALOGUE = {"id": "d", "covers": "made up", "form": "en", "expect": EXPECT}
PLACE, AGE = {"utter_ask_place"}, {"utter_ask_age"}


def played(*turns: tuple[str, list[set[str]]], **more) -> Played:
    return Played(DIALOGUE | more, [Turn(kind, heard) for kind, heard in turns])


@pytest.mark.parametrize(
    ("alerts", "wrong"),
    [
        ([ALERT], set()),
        ([ALERT | {"risk": "high"}], set()),
        ([ALERT | {"risk": "low"}], {"risk"}),
        ([ALERT | {"unit": "swat"}], {"unit"}),
        ([ALERT | {"children": ALERT["children"][:1]}], {"children"}),
        ([ALERT, ALERT], {"alerts"}),
        ([], {"alerts", "unit", "risk", "children"}),
    ],
)
def test_an_alert_is_compared_with_what_is_expected(alerts, wrong):
    result = judge(played(("opening", [PLACE])), alerts)
    assert {name for name, right in result.right.items() if not right} == wrong


@pytest.mark.parametrize(
    ("turns", "twice"),
    [
        ([("opening", [PLACE]), ("answer", [AGE])], False),
        ([("opening", [PLACE]), ("help", [{"utter_info"}, PLACE]), ("answer", [AGE])], False),
        ([("opening", [PLACE]), ("answer", [PLACE])], True),
        ([("opening", [PLACE]), ("answer", [AGE]), ("answer", [PLACE])], True),
        ([("opening", [PLACE]), ("later", [PLACE])], False),
        ([("opening", [PLACE]), ("later", [PLACE]), ("answer", [PLACE])], True),
    ],
)
def test_a_question_asked_again_is_found_but_for_one_that_was_interrupted(turns, twice):
    assert judge(played(*turns), [ALERT]).right["once"] is not twice


def test_what_has_to_be_said_is_looked_for_in_the_replies():
    silent = judge(played(("opening", [PLACE]), told=["outside_kp"]), [ALERT])
    said = judge(played(("opening", [{"utter_elsewhere"}]), told=["outside_kp"]), [ALERT])
    assert (silent.right["told"], said.right["told"]) == (False, True)


def test_the_table_has_a_row_each_and_counts_what_is_right():
    results = [judge(played(("opening", [PLACE])), alerts) for alerts in ([ALERT], [])]
    lines = table(results).splitlines()
    assert len(lines) == 5
    assert "all right: 1/2" in lines[-1]


def test_every_dialogue_of_the_set_can_be_played_and_judged():
    for dialogue in load():
        answers = {name: each(answer) for name, answer in dialogue["answers"].items()}
        assert next(answers["any_other"])
        assert judge(Played(dialogue, [Turn("opening", [])]), []).right

"""Which intent wins: what is certain, then reviewed words, then what is likely."""

from __future__ import annotations

import pytest

from bot.nlu.settle import Evidence, settle

REPORT = [("report_concern", 0.7), ("out_of_scope", 0.3)]
CHAT = [("out_of_scope", 0.9), ("report_concern", 0.06), ("self_report", 0.04)]
UNSURE = [("greet", 0.3), ("thanks", 0.28), ("affirm", 0.22), ("report_concern", 0.2)]


@pytest.mark.parametrize(
    ("told", "intent"),
    [
        pytest.param({"words": ["1"]}, "affirm", id="a lone 1"),
        pytest.param({"words": ["2"]}, "deny", id="a lone 2"),
        pytest.param({"words": ["0"]}, "dont_know", id="a lone 0 skips"),
        pytest.param({"words": ["12"]}, "provide_age", id="a lone age"),
        pytest.param({"code": True, "words": ["482177306"]}, "check_status", id="a case code"),
        pytest.param({"pin": True, "words": []}, "provide_location", id="a pin without words"),
        pytest.param({"stop": True, "words": ["bas"]}, "stop_unsafe", id="a stop word"),
        pytest.param(
            {"stop": True, "danger": True, "guesses": CHAT},
            "imminent_danger",
            id="danger is heard after a stop word",
        ),
        pytest.param({"guesses": REPORT}, "report_concern", id="a likely report"),
        pytest.param({"guesses": CHAT}, "out_of_scope", id="likely small talk"),
        pytest.param(
            {"guesses": CHAT, "danger": True}, "imminent_danger", id="danger words in small talk"
        ),
        pytest.param(
            {"guesses": [("self_harm", 0.6)], "danger": True}, "self_harm", id="self-harm stays"
        ),
        pytest.param(
            {"guesses": UNSURE, "concern": True}, "report_concern", id="unsure, but a concern"
        ),
        pytest.param({"guesses": UNSURE}, "nlu_fallback", id="unsure"),
        pytest.param({}, "nlu_fallback", id="nothing"),
        pytest.param(
            {"guesses": REPORT, "writer_is_child": True}, "self_report", id="a child writes"
        ),
        pytest.param(
            {"guesses": [("report_concern", 0.3), ("self_report", 0.25), ("greet", 0.45)]},
            "report_concern",
            id="two kinds of report are one likely report",
        ),
    ],
)
def test_the_intent_is_settled(told, intent):
    assert settle(Evidence(**{"words": ["made", "up"], "guesses": []} | told))[0] == intent


def test_the_confidence_of_a_report_is_that_of_all_kinds_together():
    told = Evidence(words=["x"], guesses=[("report_concern", 0.5), ("self_report", 0.25)])
    assert settle(told) == ("report_concern", 0.75)

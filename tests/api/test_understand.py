"""`python -m api.understand`: triage and routing on top of what the bot understood."""

import json
import subprocess
import sys

import pytest

from api.understand import answer

KEYS = [
    "text",
    "language",
    "intent",
    "confidence",
    "danger",
    "risk",
    "risk_reasons",
    "concerns",
    "place",
    "child",
    "when",
]


@pytest.fixture
def line():
    def line(text, intent="report_concern", **understood):
        understanding = {
            "language": "roman_ur",
            "reply_language": "roman_ur",
            "danger": False,
            "danger_words": [],
            "concerns": [],
            "facts": [],
            "places": [],
            "children": [],
            "when": None,
            "numbers": [],
            "code": None,
            "reporter_is_child": False,
        }
        told = {"text": text, "intent": intent, "confidence": 0.9}
        return told | {"understanding": understanding | understood}

    return line


def test_a_report_has_everything(line, reference):
    told = line(
        "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar",
        concerns=[{"code": "physical_abuse", "p": 0.93}],
        facts=[{"fact": "happening_now", "value": True, "words": "abhi"}],
        places=[{"id": "town.khyber.bara.bara", "name": "Bara", "score": 1.0, "words": "Bara"}],
        children=[{"age": 9, "gender": "girl"}],
        when="abhi",
    )
    found = answer(told, reference)
    assert list(found) == KEYS
    assert (found["danger"], found["risk"]) == (True, "immediate")
    assert "R0" in {reason["rule"] for reason in found["risk_reasons"]}
    assert found["concerns"] == ["physical_abuse"]
    assert found["place"] == {
        "id": "town.khyber.bara.bara",
        "name": "Bara",
        "level": "town",
        "district": "Khyber",
        "dcpu": "khyber",
    }
    assert (found["child"], found["when"]) == ({"age": 9, "gender": "girl"}, "abhi")


@pytest.fixture
def judge(line, reference):
    def judge(*told, **understood):
        return answer(line(*told, **understood), reference)

    return judge


LABOUR = [{"code": "neglect", "p": 0.4}, {"code": "child_labour", "p": 0.6}]
CASES = [
    pytest.param("greet", {}, "none", [], id="small talk"),
    pytest.param(
        "report_concern", {}, "medium", ["other_unsure"], id="a report of nothing we know"
    ),
    pytest.param("self_harm", {}, "high", ["self_harm"], id="self-harm, by its intent alone"),
    pytest.param("greet", {"danger": True}, "high", ["other_unsure"], id="the model's danger"),
    pytest.param(
        "report_concern",
        {"concerns": LABOUR},
        "medium",
        ["child_labour", "neglect"],
        id="likeliest",
    ),
    pytest.param("self_report", {}, "medium", ["other_unsure"], id="a child writes"),
    pytest.param(
        "report_concern",
        {"concerns": LABOUR[1:], "children": [{"age": 4, "gender": None}]},
        "high",
        ["child_labour"],
        id="the age counts",
    ),
]


@pytest.mark.parametrize(("intent", "understood", "risk", "concerns"), CASES)
def test_risk_and_concerns(intent, understood, risk, concerns, judge):
    found = judge("salam", intent, **understood)
    assert (found["risk"], found["concerns"]) == (risk, concerns)
    assert bool(found["risk_reasons"]) is (risk != "none")


def test_the_command_answers_a_line_for_a_line_and_nothing_else(line):
    told = [line("بچی کو مار رہا ہے"), line("salam", "greet")]
    done = subprocess.run(
        [sys.executable, "-m", "api.understand"],
        input="\n".join(json.dumps(one) for one in told) + "\n\n",
        capture_output=True,
        text=True,
        check=True,
    )
    answers = [json.loads(one) for one in done.stdout.splitlines()]
    assert [one["text"] for one in answers] == ["بچی کو مار رہا ہے", "salam"]
    assert done.stderr == ""

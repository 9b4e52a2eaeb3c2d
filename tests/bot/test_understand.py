"""`python -m bot.understand` with the trained model: a line for a line, and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

FIRST = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
LINES = [
    json.dumps({"text": FIRST, "channel": "sms"}),
    "this is no JSON",
    json.dumps({"text": ""}),
    "",
    json.dumps({"text": "/report_concern"}),
    json.dumps({"text": "482 177 306"}),
    json.dumps({"text": "exam ne mar diya yaar"}),
]


@pytest.fixture(scope="module")
def run():
    return subprocess.run(
        [sys.executable, "-m", "bot.understand"],
        input="\n".join(LINES) + "\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.fixture(scope="module")
def answers(run):
    return [json.loads(line) for line in run.stdout.splitlines()]


def test_every_line_but_a_blank_one_is_answered_in_order(answers):
    texts = [FIRST, "", "", "/report_concern", "482 177 306", "exam ne mar diya yaar"]
    assert [told["text"] for told in answers] == texts


def test_an_answer_has_four_keys(answers):
    assert {tuple(told) for told in answers} == {("text", "intent", "confidence", "understanding")}


def test_a_line_that_cannot_be_read_is_named_and_ends_in_failure(run):
    assert run.stderr == 'Line 2 is not JSON with a "text": answered as an empty text.\n'
    assert run.returncode == 1


def test_danger_is_understood(answers):
    told = answers[0]["understanding"]
    assert told["danger"] is True
    assert told["language"] == "roman_ur"
    assert told["children"] == [{"age": 9, "gender": "girl"}]
    assert told["concerns"][0]["code"] == "physical_abuse"
    assert told["places"][0]["district"] == "Khyber"


def test_a_typed_slash_is_no_shortcut_past_the_understanding(answers):
    assert "children" in answers[3]["understanding"]


def test_a_case_code_asks_how_it_goes(answers):
    assert answers[4]["intent"] == "check_status"
    assert answers[4]["understanding"]["code"] == "482177306"


def test_an_idiom_is_no_danger(answers):
    assert answers[5]["understanding"]["danger"] is False

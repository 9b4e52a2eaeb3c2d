"""The training data: nothing twice, nothing missing, only codes that the taxonomy knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from language.form import FORMS
from language.normalise import tokens

NLU_DATA = Path("nlu_data")
TOPICS = ("shared", "danger", "report", "follow_up", "stop")
REPORTS = {"report_concern", "self_report", "imminent_danger", "self_harm"}
RISKS = {"immediate", "high", "medium", "low"}
MARKS = {"hard_negative", "dialogue", "template"}


def load(name):
    with (NLU_DATA / f"{name}.yml").open(encoding="utf-8") as file:
        return yaml.load(file, Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def examples():
    return [
        {"intent": block["intent"], "text": example["text"].strip(), **example["metadata"]}
        for topic in TOPICS
        for block in load(topic)["nlu"]
        for example in block["examples"]
    ]


@pytest.fixture(scope="module")
def taxonomy():
    return load("concerns")


def test_no_text_stands_twice(examples):
    texts = Counter(" ".join(tokens(told["text"])) or told["text"] for told in examples)
    assert [text for text, times in texts.items() if times > 1] == []


def test_every_intent_speaks_every_form(examples):
    forms = defaultdict(set)
    for told in examples:
        forms[told["intent"]].add(told["form"])
    assert {intent for intent, spoken in forms.items() if not set(FORMS) <= spoken} == set()


def test_every_concern_is_told_in_every_form(examples, taxonomy):
    forms = defaultdict(set)
    for told in examples:
        for code in told.get("concerns", ()):
            forms[code].add(told["form"])
    codes = [concern["code"] for concern in taxonomy["concerns"]]
    assert [code for code in codes if not set(FORMS) <= forms[code]] == []


def test_only_known_codes_stand_in_the_metadata(examples, taxonomy):
    codes = {concern["code"] for concern in taxonomy["concerns"]}
    unknown = [
        told
        for told in examples
        if not set(told.get("concerns", ())) <= codes
        or not set(told.get("facts", ())) <= set(taxonomy["facts"])
        or told.get("risk", "low") not in RISKS
        or told.get("mark", "template") not in MARKS
        or told["form"] not in {*FORMS, "mixed"}
    ]
    assert unknown == []


def test_reports_and_only_reports_have_a_concern_and_a_risk(examples):
    odd = [
        told
        for told in examples
        if (told["intent"] in REPORTS) != bool(told.get("concerns"))
        or (told["intent"] in REPORTS) != ("risk" in told)
    ]
    assert odd == []


def test_there_is_enough_of_it(examples):
    marks = Counter(told.get("mark") for told in examples)
    assert len(examples) >= 5000
    assert marks["hard_negative"] >= 900
    assert marks["dialogue"] >= 600

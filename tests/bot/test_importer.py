"""The importer: every example with what the file says of it, and copies that nobody else feels."""

from __future__ import annotations

import copy

import pytest

from bot.nlu.importer import Examples

FILE = """version: "3.1"
nlu:
  - intent: greet
    examples:
      - text: |
          salam
        metadata: {form: roman_ur, risk: none}
      - text: |
          سلام
        metadata: {form: ur, risk: none}
  - intent: deny
    examples:
      - text: |
          na
        metadata: {form: roman_ps, risk: none}
"""


@pytest.fixture
def examples(tmp_path):
    file = tmp_path / "made_up.yml"
    file.write_text(FILE, encoding="utf-8")
    return Examples(training_data_paths=[str(file)]).get_nlu_data().training_examples


def test_each_example_is_read_with_its_intent_and_metadata(examples):
    told = [
        (example.get("text"), example.get("intent"), example.get("metadata")["example"]["form"])
        for example in examples
    ]
    assert told == [
        ("salam", "greet", "roman_ur"),
        ("سلام", "greet", "ur"),
        ("na", "deny", "roman_ps"),
    ]


def test_what_is_read_of_a_copy_is_not_told_of_the_example(examples):
    twin = copy.deepcopy(examples[0])
    assert twin == examples[0]
    twin.set("words", ["salam"])
    assert examples[0].get("words") is None
    assert twin != examples[0]

"""The arithmetic of the evaluation."""

from __future__ import annotations

import pytest

from tests.evaluation.figures import Share, f1


def test_a_share_tells_how_sure_it_is() -> None:
    low, high = Share(90, 100).interval
    assert (round(low, 3), round(high, 3)) == (0.826, 0.945)  # Wilson's, by the published formula
    assert str(Share(90, 100)) == "0.900 (0.83-0.94)"


def test_a_share_of_nothing_says_nothing() -> None:
    assert str(Share(0, 0)) == ""
    assert Share(0, 0).interval == (0.0, 1.0)


def test_f1_weighs_what_is_missed_and_what_is_invented() -> None:
    scores = f1([({"a"}, {"a"}), ({"a"}, {"b"}), ({"b"}, {"b"}), ({"c"}, set())])
    assert scores["a"] == pytest.approx(2 / 3)  # two wanted, one given, one of them right
    assert scores["b"] == pytest.approx(2 / 3)
    assert scores["c"] == 0.0
    assert scores["macro"] == pytest.approx(4 / 9)
    assert scores["micro"] == pytest.approx(4 / 7)

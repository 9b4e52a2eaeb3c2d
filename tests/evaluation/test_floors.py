"""What was reached once is not lost again: every figure of `make evaluate` against its floor."""

from __future__ import annotations

import pytest

from tests.evaluation import floors
from tests.evaluation.judged import judge


@pytest.fixture(scope="module")
def reached() -> dict[str, float]:
    return floors.reached(judge())


@pytest.mark.parametrize("name", floors.load())
def test_no_figure_is_below_its_floor(reached: dict[str, float], name: str) -> None:
    assert reached[name] >= floors.load()[name]

"""What was reached once is not lost again: every figure of `make evaluate` against its floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.evaluation import floors
from tests.evaluation.judged import judge

if TYPE_CHECKING:
    from tests.evaluation.figures import Share


@pytest.fixture(scope="module")
def reached() -> dict[str, Share]:
    return floors.reached(judge())


@pytest.mark.parametrize("name", floors.load())
def test_no_figure_is_below_its_floor(reached: dict[str, Share], name: str) -> None:
    assert reached[name].value >= floors.load()[name]

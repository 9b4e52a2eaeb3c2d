"""What was measured, beside its limit: one row a figure, and how a table of them reads."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

DIGITS = 3  # that count; more would claim what no machine repeats


@dataclass(frozen=True, slots=True)
class Limit:
    """A goal in the row's own unit; below the floor (above it, for at most) the work is not done."""

    words: str  # "at most" or "at least"
    goal: float
    floor: float | None = None

    def __str__(self) -> str:
        """As docs/performance.md shows it: at least 5 (floor 3)."""
        floor = "" if self.floor is None else f" (floor {figure(self.floor)})"
        return f"{self.words} {figure(self.goal)}{floor}"

    def judge(self, value: float) -> str:
        """Return met, floor or missed."""
        if self._holds(value, self.goal):
            return "met"
        return "floor" if self.floor is not None and self._holds(value, self.floor) else "missed"

    def _holds(self, value: float, bound: float) -> bool:
        return value <= bound if self.words == "at most" else value >= bound


def at_most(goal: float, floor: float | None = None) -> Limit:
    """For times and losses."""
    return Limit("at most", goal, floor)


def at_least(goal: float, floor: float | None = None) -> Limit:
    """For rates and ratios."""
    return Limit("at least", goal, floor)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, how much of which unit, and the limit it is held to, if any."""

    name: str
    value: float
    unit: str = ""
    limit: Limit | None = None

    def cells(self) -> tuple[str, str, str, str]:
        """Name, figure with its unit, limit, and whether it is met."""
        value = f"{figure(self.value)} {self.unit}".strip()
        if self.limit is None:
            return self.name, value, "", ""
        return self.name, value, str(self.limit), self.limit.judge(self.value)


def percentile(values: Sequence[float], percent: int) -> float:
    """The value that so many in a hundred do not exceed; of a single one, that one."""
    if len(values) == 1:
        return values[0]
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def figure(value: float) -> str:
    """A figure with the digits that count: 1,000,000, 12.3, 0.456; a whole number stays whole."""
    if value == int(value) or abs(value) >= 10**DIGITS:
        return f"{value:,.0f}"
    shown = f"{value:.{DIGITS}g}"
    return shown if "e" not in shown else f"{value:.4f}"


def markdown(rows: Iterable[Row]) -> str:
    """A table for docs/performance.md."""
    lines = ["| what | measured | limit | |", "|---|---|---|---|"]
    lines += [f"| {' | '.join(row.cells())} |" for row in rows]
    return "\n".join(lines)


def plain(rows: Iterable[Row]) -> str:
    """The same for a terminal."""
    cells = [row.cells() for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )

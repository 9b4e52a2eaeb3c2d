"""The units, and which districts each serves; read from `units.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

COMMISSION = "commission"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A child protection unit that works; planned ones are not read."""

    code: str
    name: str
    run_by: str
    serves: frozenset[str]  # districts and sub-divisions of its own
    also_serves: frozenset[str]  # those without a unit that fall to it


def load_units(file: Path) -> tuple[Unit, ...]:
    """Read the operating units in the file's order."""
    with file.open(encoding="utf-8", newline="") as rows:
        return tuple(
            Unit(
                code=row["code"],
                name=row["name"],
                run_by=row["run_by"],
                serves=areas(row["serves"]),
                also_serves=areas(row["also_serves"]),
            )
            for row in csv.DictReader(rows)
            if row["status"] == "operating"
        )


def areas(cell: str) -> frozenset[str]:
    """Split a cell such as `Hangu|Sub-division Kohat`."""
    return frozenset(area for area in cell.split("|") if area)


def has_desk(code: str, units: Sequence[Unit]) -> bool:
    """Whether alerts may lie with this code: an operating unit, or the commission."""
    return code == COMMISSION or any(unit.code == code for unit in units)

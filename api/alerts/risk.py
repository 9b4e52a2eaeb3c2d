"""The four bands of risk, in the order in which a unit works."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

RiskWord = Literal["immediate", "high", "medium", "low"]


class Risk(IntEnum):
    """How urgent an alert is; the greater, the sooner."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    IMMEDIATE = 4

    @property
    def word(self) -> RiskWord:
        """The band as the API writes it."""
        return WORDS[self]

    @classmethod
    def of(cls, word: str) -> Risk:
        """Read a band the API wrote; KeyError for any other word."""
        return cls[word.upper()]


WORDS: Mapping[Risk, RiskWord] = {
    Risk.LOW: "low",
    Risk.MEDIUM: "medium",
    Risk.HIGH: "high",
    Risk.IMMEDIATE: "immediate",
}

"""Which intent a text has, once tables and learner have spoken. Pure.

What is certain goes before what is likely: a code, a pin, a number, a stop word and words of
danger are read, not guessed. Where reviewed words name a concern, little more is needed for a
report: "my brother's wedding" and a child's share their words. An unsure guess is a fallback.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

REPORTS = frozenset({"report_concern", "imminent_danger", "self_report", "self_harm"})
FALLBACK = "nlu_fallback"
SURE = 1.0
# Chances from which a text is a report, and from which anything else is taken for what it seems.
# Reasons in docs/understanding.md: a missed report is worse than a false one.
REPORT = 0.55
WITH_WORDS = 0.2  # where reviewed words name a concern
KNOWN = 0.35
# Answers by number: every question offers 0 to skip, and yes or the first choice as 1.
BY_NUMBER = {"0": "dont_know", "1": "affirm", "2": "deny"}
AGES = range(3, 18)


@dataclass(frozen=True)
class Evidence:
    """What was read in a text, as far as it settles the intent."""

    words: Sequence[str]
    guesses: Sequence[tuple[str, float]]  # the learner's intents, likeliest first
    stop: bool = False
    code: bool = False
    pin: bool = False
    danger: bool = False  # reviewed words of danger
    concern: bool = False  # reviewed words of a concern
    writer_is_child: bool = False


def settle(told: Evidence) -> tuple[str, float]:
    """The intent and how sure it is (0 to 1)."""
    certain = None if told.danger else _certain(told)
    if certain:
        return certain, SURE
    chances = dict(told.guesses)
    report = sum(chances.get(intent, 0.0) for intent in REPORTS)
    if told.danger or report >= (WITH_WORDS if told.concern else REPORT):
        intent = _kind_of_report(told, chances)
        # Reviewed words are at least as sure as the least sure guess that is taken.
        return intent, max(report, REPORT)
    others = [(intent, chance) for intent, chance in told.guesses if intent not in REPORTS]
    if others and others[0][1] >= KNOWN:
        return others[0]
    return FALLBACK, 1 - max((chance for _, chance in told.guesses), default=0.0)


def _certain(told: Evidence) -> str | None:
    """The intent that nothing has to be guessed for."""
    if told.stop:
        return "stop_unsafe"
    if told.code:
        return "check_status"
    if not told.words:
        return "provide_location" if told.pin else None
    number = told.words[0]
    if len(told.words) == 1 and number.isdigit():
        return BY_NUMBER.get(number, "provide_age" if int(number) in AGES else None)
    return None


def _kind_of_report(told: Evidence, chances: dict[str, float]) -> str:
    """Reviewed words of danger decide where the learner saw no report at all."""
    likeliest = max(sorted(REPORTS), key=lambda intent: chances.get(intent, 0.0))
    if told.danger and told.guesses[:1] and told.guesses[0][0] not in REPORTS:
        return "imminent_danger"
    if likeliest == "report_concern" and told.writer_is_child:
        return "self_report"
    return likeliest

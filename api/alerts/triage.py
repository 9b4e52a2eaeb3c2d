"""How urgent an alert is: a pure function of what was told, with the reasons.

Knows no clock, database or setting. What is not told is unknown, and unknown never lowers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from api.alerts.risk import Risk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

# What was told: facts and `concern:<code>`, each with the words that told it, if known.
type Told = Mapping[str, str | None]

CONCERN = "concern:"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """One way in which a rule holds: all of `all_of`, and one of `any_of` if there are any.

    `implied_by`: the condition says nothing new when every concern told is one of these.
    """

    all_of: frozenset[str] = frozenset()
    any_of: frozenset[str] = frozenset()
    implied_by: frozenset[str] = frozenset()

    def basis(self, told: AbstractSet[str]) -> frozenset[str]:
        """Return what was told that makes this hold; empty when it does not."""
        some = self.any_of & told
        if not self.all_of <= told or (self.any_of and not some):
            return frozenset()
        if self.implied_by:
            concerns = {name for name in told if name.startswith(CONCERN)}
            if concerns and concerns <= self.implied_by:
                return frozenset()
        return self.all_of | some


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with its id: a least band, or one band more, or neither (a mark for staff)."""

    id: str
    at_least: Risk | None = None
    one_more: bool = False
    when: tuple[When, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """All rules, and the two that hold when no other gives a band."""

    rules: Sequence[Rule]
    low_concerns: frozenset[str]
    low_rule: str = "R11"
    other_rule: str = "R12"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A rule that holds, and the words that made it hold."""

    rule: str
    words: str | None
    basis: frozenset[str]
    at_least: Risk | None = None
    one_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The risk, why, and whether it is danger: what sends the lifeline."""

    risk: Risk
    reasons: tuple[Reason, ...]

    @property
    def danger(self) -> bool:
        """Whether R0, R2 or words of danger hold."""
        return any(r.at_least is Risk.IMMEDIATE or "danger" in r.basis for r in self.reasons)


def weigh(told: Told, rules: Rules) -> Verdict:
    """Return the highest band that any rule gives; one more is given once and stops at high."""
    found: dict[str, Reason] = {}
    for rule in rules.rules:  # the higher band of a rule comes first, and stays
        if reason := holds(rule, told):
            found.setdefault(rule.id, reason)
    reasons = tuple(found.values())
    if not any(reason.at_least for reason in reasons):
        reasons = (otherwise(told, rules), *reasons)
    return Verdict(risk=raised(Risk.LOW, reasons), reasons=reasons)


def weigh_after(floor: Risk, fresh: AbstractSet[str], told: Told, rules: Rules) -> Verdict:
    """Weigh an alert whose risk a person has set: only what was told since can raise it again.

    Facts the person knew no longer count; concerns stay, as what the later facts are about.
    """
    since = {name: told[name] for name in told if name in fresh or name.startswith(CONCERN)}
    later = [reason for reason in weigh(since, rules).reasons if reason.basis & fresh]
    return Verdict(risk=raised(floor, later), reasons=weigh(told, rules).reasons)


def raised(floor: Risk, reasons: Sequence[Reason]) -> Risk:
    """Return the floor, raised by the reasons."""
    risk = max([floor, *(reason.at_least for reason in reasons if reason.at_least)])
    if risk < Risk.HIGH and any(reason.one_more for reason in reasons):
        return Risk(risk + 1)
    return risk


def holds(rule: Rule, told: Told) -> Reason | None:
    """Return the reason a rule gives, or None when it does not hold."""
    bases = [when.basis(told.keys()) for when in rule.when]
    basis = frozenset().union(*bases)
    if not basis:
        return None
    return Reason(
        rule=rule.id,
        words=words_of(basis, told),
        basis=basis,
        at_least=rule.at_least,
        one_more=rule.one_more,
    )


def otherwise(told: Told, rules: Rules) -> Reason:
    """Return the reason when no rule gives a band: low only for concerns that are low, alone."""
    concerns = frozenset(name for name in told if name.startswith(CONCERN))
    low = bool(concerns) and concerns <= rules.low_concerns
    return Reason(
        rule=rules.low_rule if low else rules.other_rule,
        words=words_of(concerns, told),
        basis=concerns,
        at_least=Risk.LOW if low else Risk.MEDIUM,
    )


def words_of(basis: AbstractSet[str], told: Told) -> str | None:
    """Return the words behind a basis, each once, in the order they were told."""
    words = dict.fromkeys(told[name] for name in told if name in basis)
    return ", ".join(word for word in words if word) or None

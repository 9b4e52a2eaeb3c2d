"""Reads the rules of triage: those of every concern, and those that hold for all.

Every name is checked against the facts and concerns of the taxonomy, so that a slip in the data
stops the start and not a rule.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from api.alerts.risk import Risk
from api.alerts.triage import CONCERN, Rule, Rules, When

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ADDED = {
    "danger",
    "seems_high",
    "reporter_is_child",
    "several_reporters",
    "happening_now_unanswered",
    "voice_unheard",
    "picture_refused",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxonomy:
    """The concerns and facts we know, the concerns few may see, and the rules over them."""

    facts: frozenset[str]
    labels: Mapping[str, Mapping[str, str]]  # concern code -> language -> name
    restricted: frozenset[str]
    rules: Rules


def load_taxonomy(concerns_file: Path, rules_file: Path) -> Taxonomy:
    """Read both files; ValueError names what is in neither."""
    told = yaml.safe_load(concerns_file.read_text(encoding="utf-8"))
    general = yaml.safe_load(rules_file.read_text(encoding="utf-8"))
    concerns = {concern["code"]: concern for concern in told["concerns"]}
    known = ADDED | set(told["facts"]) | {CONCERN + code for code in concerns}
    rules = [*own_rules(concerns), *(general_rule(rule) for rule in general["rules"])]
    for rule in rules:
        for when in rule.when:
            if strange := (when.all_of | when.any_of | when.implied_by) - known:
                raise ValueError(f"Rule {rule.id} speaks of what no table holds: {sorted(strange)}")
    return Taxonomy(
        facts=frozenset(told["facts"]),
        labels={
            code: {language: concern[language] for language in ("en", "ur", "ps")}
            for code, concern in concerns.items()
        },
        restricted=frozenset(code for code, item in concerns.items() if item.get("restricted")),
        rules=Rules(
            rules=merged(rules),
            low_concerns=frozenset(CONCERN + code for code in general["low_concerns"]),
        ),
    )


def own_rules(concerns: Mapping[str, Mapping[str, Any]]) -> list[Rule]:
    """Return what each concern says of itself, as R1, R2, R5 and R12."""
    rules = []
    for code, concern in concerns.items():
        if concern["risk"] == "high":
            told = When(all_of=frozenset({CONCERN + code}))
            rules.append(Rule(id="R1", at_least=Risk.HIGH, when=(told,)))
        for band, names in concern["raise"].items():
            facts = frozenset(names) - {"always"}
            when = When(all_of=frozenset({CONCERN + code}), any_of=facts)
            rule = {"immediate": "R2", "high": "R5", "medium": "R12"}[band]
            rules.append(Rule(id=rule, at_least=Risk.of(band), when=(when,)))
    return rules


def general_rule(rule: Mapping[str, Any]) -> Rule:
    """Return a rule as it stands in the rules' file."""
    return Rule(
        id=rule["id"],
        at_least=Risk.of(rule["at_least"]) if "at_least" in rule else None,
        one_more=rule.get("one_more", False),
        when=tuple(
            When(
                all_of=frozenset(when.get("all", ())),
                any_of=frozenset(when.get("any", ())),
                implied_by=frozenset(CONCERN + code for code in when.get("implied_by", ())),
            )
            for when in rule["when"]
        ),
    )


def merged(rules: list[Rule]) -> tuple[Rule, ...]:
    """Join the rules of one id and effect, so that each gives one reason; in the order of ids."""
    together: dict[tuple[str, Risk | None, bool], list[When]] = defaultdict(list)
    for rule in rules:
        together[rule.id, rule.at_least, rule.one_more].extend(rule.when)
    order = sorted(together, key=lambda key: (int(key[0][1:]), -(key[1] or 0)))
    return tuple(
        Rule(id=rule, at_least=band, one_more=more, when=tuple(together[rule, band, more]))
        for rule, band, more in order
    )

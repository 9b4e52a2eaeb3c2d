import itertools
from pathlib import Path

import pytest

from api.alerts.risk import Risk
from api.alerts.rules import load_taxonomy
from api.alerts.triage import weigh, weigh_after

RULES_FILE = Path("api/alerts/rules.yml")


@pytest.fixture(scope="module")
def taxonomy():
    return load_taxonomy(Path("nlu_data/concerns.yml"), RULES_FILE)


@pytest.fixture(scope="module")
def rules(taxonomy):
    return taxonomy.rules


def names(text):
    """Read `child_marriage + within_72h` as a concern and facts; concerns are told by a `!`."""
    parts = [part.strip() for part in text.split("+") if part.strip()]
    return {f"concern:{part[1:]}" if part.startswith("!") else part: f"<{part}>" for part in parts}


CASES = [
    # R0
    pytest.param("!physical_abuse + happening_now", "immediate", "R0 R2 R6", id="a beating now"),
    pytest.param(
        "!corporal_punishment + happening_now", "immediate", "R0 R6", id="a teacher beats now"
    ),
    pytest.param("!other_unsure + happening_now + weapon", "immediate", "R0 R5", id="a weapon now"),
    pytest.param("!other_unsure + weapon", "high", "R5", id="a weapon, not now, is high"),
    pytest.param("!neglect + unconscious", "immediate", "R0", id="a child that does not wake"),
    pytest.param("!neglect + happening_now", "medium", "R12", id="neglect now is no violence"),
    # R1
    pytest.param("!sexual_abuse", "high", "R1", id="sexual abuse is high by itself"),
    pytest.param("!harmful_custom", "high", "R1", id="swara is high by itself"),
    # R2
    pytest.param("!sexual_abuse + within_72h", "immediate", "R1 R2", id="within 72 h"),
    pytest.param("!missing_child + under_12", "immediate", "R1 R2", id="a missing child under 12"),
    pytest.param("!explosive_hazard", "immediate", "R1 R2", id="any explosive"),
    pytest.param("!self_harm + suicide_attempt", "immediate", "R1 R2", id="an attempt"),
    pytest.param("!trafficking + in_transit", "immediate", "R1 R2", id="in transit"),
    pytest.param("!child_marriage + within_72h", "immediate", "R2 R6", id="married within 72 h"),
    pytest.param("!child_labour + within_72h", "medium", "R12", id="another concern's fact"),
    # R3
    pytest.param("!child_labour + under_5", "high", "R3 R12", id="under five: one more"),
    pytest.param("!access_to_services + disability", "medium", "R3 R11", id="low and one more"),
    # R4
    pytest.param(
        "!physical_abuse + harmer_has_access", "medium", "R12", id="a parent beating implies it"
    ),
    pytest.param("!street_begging + harmer_has_access", "high", "R4 R12", id="access not implied"),
    pytest.param(
        "!physical_abuse + harmer_has_power", "high", "R4 R12", id="a beating by the powerful"
    ),
    pytest.param("!child_labour + several_victims", "high", "R4 R12", id="several victims"),
    # R5
    pytest.param("!physical_abuse + burn", "high", "R5", id="a burn"),
    pytest.param("!child_marriage + within_14_days", "high", "R5 R6", id="a concern's own high"),
    pytest.param("!neglect + food_or_medicine_withheld", "high", "R5", id="no food"),
    # R6
    pytest.param("!bullying + happening_now", "high", "R6 R12", id="violence by children, now"),
    pytest.param("!physical_abuse + within_24h", "high", "R6 R12", id="violence today"),
    pytest.param(
        "!child_labour + happening_now", "medium", "R12", id="work is a standing situation"
    ),
    # R7
    pytest.param("!child_labour + several_reporters", "high", "R7 R12", id="two reporters"),
    # R8
    pytest.param(
        "!psychosocial_distress + reporter_is_child", "medium", "R8", id="the child writes"
    ),
    pytest.param("reporter_is_child + no_adult_tonight", "high", "R8", id="and is not safe now"),
    # R9
    pytest.param("!child_labour + happening_now_unanswered", "medium", "R9 R12", id="not answered"),
    pytest.param(
        "!access_to_services + happening_now_unanswered", "low", "R9 R11", id="only a mark"
    ),
    # R10
    pytest.param("danger", "high", "R10", id="words of danger alone"),
    pytest.param("!access_to_services + danger", "high", "R10", id="danger after a menu choice"),
    # R11
    pytest.param("!psychosocial_distress", "low", "R11", id="distress alone"),
    pytest.param("!access_to_services + !psychosocial_distress", "low", "R11", id="both low"),
    pytest.param(
        "!psychosocial_distress + two_weeks_not_functioning", "medium", "R12", id="low with a flag"
    ),
    pytest.param("!access_to_services + !neglect", "medium", "R12", id="low beside another"),
    # R13
    pytest.param("voice_unheard", "high", "R13", id="a voice nobody heard"),
    pytest.param("picture_refused", "medium", "R13", id="a picture that was refused"),
    pytest.param("!psychosocial_distress + picture_refused", "medium", "R13", id="raises low"),
    # R12
    pytest.param("", "medium", "R12", id="a text nobody understood"),
    pytest.param("!other_unsure", "medium", "R12", id="not sure"),
    # +1 once, and it stops at high
    pytest.param("!child_labour + under_5 + several_victims", "high", "R3 R4 R12", id="once only"),
    pytest.param(
        "!sexual_abuse + under_5 + several_victims", "high", "R1 R3 R4", id="stops at high"
    ),
    pytest.param(
        "!access_to_services + under_5 + several_reporters", "medium", "R3 R7 R11", id="low: once"
    ),
]


@pytest.mark.parametrize(("told", "risk", "expected"), CASES)
def test_the_rules(rules, told, risk, expected):
    verdict = weigh(names(told), rules)
    assert verdict.risk.word == risk
    assert sorted(reason.rule for reason in verdict.reasons) == sorted(expected.split())


def test_every_reason_names_the_words_that_made_it_hold(rules):
    verdict = weigh({"concern:physical_abuse": "mar raha", "happening_now": "abhi"}, rules)
    assert {reason.words for reason in verdict.reasons} == {"mar raha, abhi"}
    assert weigh({"danger": None}, rules).reasons[0].words is None


@pytest.mark.parametrize(
    ("told", "danger"),
    [
        pytest.param("!physical_abuse + happening_now", True, id="R0"),
        pytest.param("!sexual_abuse + within_72h", True, id="R2"),
        pytest.param("danger", True, id="words of danger"),
        pytest.param("!sexual_abuse + under_5", False, id="high risk as such is no danger"),
    ],
)
def test_what_sends_the_lifeline(rules, told, danger):
    assert weigh(names(told), rules).danger is danger


def test_only_r0_and_r2_make_it_immediate(rules):
    immediate = {rule.id for rule in rules.rules if rule.at_least is Risk.IMMEDIATE}
    assert immediate == {"R0", "R2"}


def test_telling_more_never_lowers(rules, taxonomy):
    """For every concern: each fact added keeps the risk or raises it."""
    for code, fact in itertools.product(sorted(taxonomy.labels), sorted(taxonomy.facts)):
        alone = weigh({f"concern:{code}": None}, rules).risk
        assert weigh({f"concern:{code}": None, fact: None}, rules).risk >= alone


def test_every_concern_has_a_risk_of_its_own_and_every_rule_an_id(rules, taxonomy):
    assert len(taxonomy.labels) == 28
    expected = {"R0", "R1", "R2", "R3", "R4", "R5", "R6", "R7", "R8", "R9", "R10", "R12", "R13"}
    assert {rule.id for rule in rules.rules} == expected


LOWERED = [
    pytest.param("", "low", id="nothing new"),
    pytest.param("weapon", "high", id="a fact that came later"),
    pytest.param("happening_now", "immediate", id="told again later, with the concern of before"),
    pytest.param("several_victims", "medium", id="one more, from where the person set it"),
]


@pytest.mark.parametrize(("fresh", "risk"), LOWERED)
def test_after_a_person_lowered_only_later_facts_raise(rules, fresh, risk):
    told = names("!physical_abuse + !street_begging + happening_now + weapon + several_victims")
    assert weigh_after(Risk.LOW, {fresh} - {""}, told, rules).risk.word == risk


def test_a_rule_that_speaks_of_an_unknown_fact_stops_the_start(tmp_path):
    slip = tmp_path / "rules.yml"
    slip.write_text(RULES_FILE.read_text().replace("unconscious, poison", "unconscius, poison"))
    with pytest.raises(ValueError, match="unconscius"):
        load_taxonomy(Path("nlu_data/concerns.yml"), slip)

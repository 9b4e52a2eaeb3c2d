"""How reviewed words and learned chances become one judgement."""

from __future__ import annotations

import pytest

from bot.nlu.join import children, concerns, danger, facts, form, places
from bot.nlu.learner import Fact, Learned
from bot.nlu.readers import ChildFacts, Heard
from bot.nlu.when import When
from language.children import Child
from language.form import Form
from language.lexicon import Hit
from language.places import Mention, Place

TEXT = "bachi ko jala diya kal raat"
BURN = Hit(words="jala diya", danger=False, facts=("burn",), concerns=("physical_abuse",))
RAPE = Hit(words="ziadti", danger=True, facts=(), concerns=("sexual_abuse",))
HELP = Hit(words="bachao", danger=True, facts=("happening_now",), concerns=())


def learned(*, high=0.0, immediate=0.0, **told):
    nothing = {"form": "", "intents": [], "concerns": [], "facts": []}
    seems = {
        "high": Fact("seems_high", high, (0,)),
        "immediate": Fact("seems_immediate", immediate, ()),
    }
    return Learned(**(nothing | seems | told))


def found(hits=(), **told):
    nothing = {
        "heard": Heard(list(hits), []),
        "when": None,
        "text": TEXT,
        "child_facts": ChildFacts([], [], writer=False),
    }
    return nothing | told


@pytest.mark.parametrize(
    ("hits", "chances", "is_report", "told"),
    [
        pytest.param([HELP], {}, False, (True, ["bachao"]), id="reviewed words, whatever else"),
        pytest.param([], {"immediate": 0.9}, True, (True, []), id="learned, in a report"),
        pytest.param([], {"immediate": 0.9}, False, (False, []), id="learned, in small talk"),
        pytest.param([BURN], {"high": 0.95}, True, (False, []), id="high alone is no danger"),
        pytest.param([BURN], {"immediate": 0.1}, True, (False, []), id="neither"),
    ],
)
def test_danger_is_the_union_of_words_and_chances(hits, chances, is_report, told):
    assert danger(hits, learned(**chances), is_report=is_report) == told


@pytest.mark.parametrize(
    ("hits", "chances", "is_report", "codes"),
    [
        pytest.param(
            [BURN], [("neglect", 0.7)], True, ["neglect", "physical_abuse"], id="words and chances"
        ),
        pytest.param([BURN], [], False, [], id="words of a concern count in a report"),
        pytest.param([RAPE], [], False, ["sexual_abuse"], id="words of danger in any text"),
        pytest.param([], [("neglect", 0.9)], False, [], id="chances only in a report"),
        pytest.param(
            [], [("neglect", 0.2), ("bullying", 0.15)], True, ["neglect"], id="one at least"
        ),
        pytest.param([], [("neglect", 0.01)], True, [], id="but none that is not likely at all"),
    ],
)
def test_concerns_are_joined_likeliest_first(hits, chances, is_report, codes):
    told = concerns(hits, learned(concerns=chances), is_report=is_report)
    assert [concern["code"] for concern in told] == codes


def test_facts_carry_their_words_as_typed():
    child_facts = ChildFacts([Child(4, "girl", "4 saal")], [("under_5", "4 saal")], writer=False)
    told = facts(
        found(hits=[BURN], child_facts=child_facts, when=When("kal raat", ("within_24h",))),
        learned(facts=[Fact("injury_needs_care", 0.7, (0, 3)), Fact("burn", 0.9, (1,))]),
        is_report=True,
    )
    assert told == [
        {"fact": "burn", "value": True, "words": "jala diya"},
        {"fact": "under_5", "value": True, "words": "4 saal"},
        {"fact": "within_24h", "value": True, "words": "kal raat"},
        {"fact": "injury_needs_care", "value": True, "words": "bachi diya"},
    ]


@pytest.mark.parametrize(
    ("high", "told"),
    [
        pytest.param(0.95, [{"fact": "seems_high", "value": True, "words": "bachi"}], id="grave"),
        pytest.param(0.45, [], id="less likely than not"),
    ],
)
def test_a_text_that_is_grave_as_a_whole_says_so(high, told):
    assert facts(found(), learned(high=high), is_report=True) == told


def test_a_child_who_writes_is_told_by_its_own_verbs():
    nobody = ChildFacts([], [], writer=False, own_gender="girl")
    assert children(nobody, is_writer=True) == [{"age": None, "gender": "girl"}]
    assert children(nobody, is_writer=False) == []
    of_another = ChildFacts([Child(None, "boy")], [], writer=True, own_gender="girl")
    assert children(of_another, is_writer=True) == [{"age": None, "gender": "girl"}]
    aged = ChildFacts([Child(14, None)], [], writer=True, own_gender="girl")
    assert children(aged, is_writer=True) == [{"age": 14, "gender": "girl"}]


def test_times_and_learned_facts_of_small_talk_are_none():
    told = facts(
        found(when=When("kal raat", ("within_24h",))),
        learned(facts=[Fact("burn", 0.9, (1,))]),
        is_report=False,
    )
    assert told == []


def test_places_are_told_without_their_positions():
    place = Place("town.khyber.bara.bara", "Bara", "town", "Khyber", "Bara", None, 33.9, 71.4)
    assert places([Mention(place, "Bara bazar", 0.9)]) == [
        {
            "id": "town.khyber.bara.bara",
            "name": "Bara",
            "level": "town",
            "district": "Khyber",
            "score": 0.9,
            "words": "Bara bazar",
        }
    ]


@pytest.mark.parametrize(
    ("read", "learnt", "told"),
    [
        pytest.param(
            Form("roman_ur", "roman_ur"), "roman_ps", ("roman_ps", "roman_ps"), id="learned"
        ),
        pytest.param(
            Form("roman_ur", "roman_ur"), "mixed", ("mixed", "roman_ur"), id="most words answer"
        ),
        pytest.param(Form("ps", None), "roman_ur", ("ps", None), id="one word: the conversation's"),
        pytest.param(Form("ur", "ur"), "roman_ur", ("ur", "ur"), id="never of another script"),
        pytest.param(Form("en", "en"), "", ("en", "en"), id="nothing learned"),
    ],
)
def test_the_form_is_learned_where_words_spoke_for_one(read, learnt, told):
    assert form(read, learned(form=learnt)) == told

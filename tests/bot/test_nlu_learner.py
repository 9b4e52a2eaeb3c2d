"""The learner on a handful of made-up texts: repeatable, stored whole, naming its words."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.grams import NO_WORD, Seen, grams
from bot.nlu.heads import Heads, left_out_of
from bot.nlu.learner import Example, Learner
from bot.nlu.sounds import sounds
from bot.nlu.vectors import Vectors
from language.normalise import normalise

BEATEN = "chacha bachi ko marta hai roz"
BURNT = "us ne bache ka hath jala diya"
HELLO = "salam aap kaise hain ji"


def seen(words, classes=()):
    return Seen(words, classes or [[] for _ in words], ["form roman_ur"])


def examples():
    told = []
    for number in range(14):
        extra = f"gaon{number}"
        for text, intent, concerns, facts, risk in (
            (BEATEN, "report_concern", {"physical_abuse"}, set(), "medium"),
            (BURNT, "report_concern", {"physical_abuse"}, {"burn", "under_5"}, "high"),
            (HELLO, "greet", set(), set(), ""),
        ):
            told.append(
                Example(
                    seen=seen([*text.split(), extra]),
                    form="mixed" if text == HELLO else "roman_ur",
                    intent=intent,
                    concerns=frozenset(concerns),
                    facts=frozenset(facts),
                    risk=risk,
                )
            )
    return told


@pytest.fixture(scope="module")
def learner() -> Learner:
    return Learner.fit(examples())


def test_it_tells_what_it_was_taught(learner):
    told = learner.judge(seen(["hath", "jala", "diya"]))
    assert told.form == "roman_ur"
    assert told.intents[0][0] == "report_concern"
    assert told.concerns[0] == ("physical_abuse", pytest.approx(1, abs=0.2))
    assert told.high.chance > 0.5 > learner.judge(seen(HELLO.split())).high.chance


def test_a_learned_fact_names_its_words(learner):
    words = ["kal", "hath", "jala", "diya"]
    (fact,) = learner.judge(seen(words)).facts
    assert fact.fact == "burn"
    assert {"jala", "hath", "diya"} >= {words[place] for place in fact.places} != set()


def test_ages_are_not_learned(learner):
    assert learner.heads["facts"].labels == ["burn"]


def test_the_same_examples_give_the_same_learner(learner):
    again = Learner.fit(examples())
    assert np.array_equal(again.weights, learner.weights)
    assert again.heads == learner.heads


def test_it_is_stored_whole(learner, tmp_path):
    learner.save(tmp_path)
    burnt = seen(BURNT.split())
    assert Learner.load(tmp_path).judge(burnt) == learner.judge(burnt)


def test_words_never_met_leave_it_without_a_guess_to_speak_of(learner):
    told = learner.judge(Seen(["xqz"], [[]], []))
    assert sum(chance for _, chance in told.intents) == pytest.approx(1, abs=1e-5)
    assert told.facts == []


def test_half_of_what_is_given_half_a_chance_is_right():
    """Labels drawn by a known chance: what is given 0.4 to 0.6 comes true about half the time."""
    draw = np.random.default_rng(4)
    texts, right = [], []
    for _ in range(1800):
        words = [f"word{number}" for number in draw.integers(0, 40, 6)]
        strength = sum(int(word[4:]) < 20 for word in words) - 3
        texts.append(grams(seen(words)))
        right.append([draw.random() < 1 / (1 + np.exp(-strength))])
    vectors = Vectors.fit(texts)
    left_out = left_out_of(["one form"] * len(texts))
    half, weights = Heads.fit(
        vectors.matrix(texts[:1200]),
        ["true"],
        np.array(right[:1200]),
        left_out[:1200],
        exclusive=False,
    )
    chances = half.chances(vectors.matrix(texts[1200:]) @ weights)[:, 0]
    near_half = (chances > 0.4) & (chances < 0.6)
    assert near_half.sum() > 60
    assert np.array(right[1200:])[near_half].mean() == pytest.approx(0.5, abs=0.12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("بچی", "bachi", id="girl"),
        pytest.param("نکاح", "nikah", id="marriage, its last h silent"),
        pytest.param("مدرسہ", "madrassa", id="madrassa"),
        pytest.param("ماشوم", "mashoom", id="child, Pashto"),
        pytest.param("ګاوند", "gawand", id="neighbour, Pashto"),
    ],
)
def test_both_scripts_sound_alike(one, other):
    assert sounds(normalise(one)) == sounds(normalise(other))


def test_each_feature_knows_its_word():
    told = grams(Seen(["umar", "نو"], [["@age_word"], ["@number"]], ["age"]))
    each = {(name, word) for names, word in told for name in names}
    assert {word for name, word in each if name.startswith("m")} == {NO_WORD}
    assert {word for name, word in each if name[0] in "nc"} == {0, 1}
    assert ("p@age_word @number", 0) in each
    assert ("n umar", 0) in each  # five signs with the word's beginning
    assert ("n umar ", 0) not in each  # and no more than five


def test_a_row_gives_each_kind_of_feature_the_same_weight():
    texts = [grams(seen(text.split())) for text in (BEATEN, BURNT, BEATEN, BURNT)]
    vectors = Vectors.fit(texts)
    row = vectors.row(texts[0])
    assert float((row.values**2).sum()) == pytest.approx(4, abs=1e-4)
    assert len(row.columns) == len(set(row.columns.tolist()))
    assert set(row.fillings.tolist()) == set(range(len(row.columns)))

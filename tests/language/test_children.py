"""Ages and genders as people write them, each child apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.child_words import ChildWords
from language.children import Child, age_facts, children_in, own_gender, tells_own_age

LOOKUPS = Path("nlu_data/lookups")


@pytest.fixture(scope="module")
def words() -> ChildWords:
    return ChildWords.load(LOOKUPS)


@pytest.mark.parametrize(
    ("text", "children"),
    [
        pytest.param("9 saal ki bachi", [(9, "girl")], id="Roman Urdu, age before the noun"),
        pytest.param("beti umar 9", [(9, "girl")], id="umar and a bare number"),
        pytest.param("9yr girl", [(9, "girl")], id="written together"),
        pytest.param("larka 13 saal ka hai", [(13, "boy")], id="noun before the age"),
        pytest.param("us ko marta hai, 9 saal ki hai", [(9, "girl")], id="ki alone tells a girl"),
        pytest.param("meri behan ki umar 9 saal", [(9, "girl")], id="ki of the age tells nothing"),
        pytest.param("بارہ سال کی بچی", [(12, "girl")], id="Urdu number words"),
        pytest.param("نهه کلنه جینۍ", [(9, "girl")], id="Pashto"),
        pytest.param("halak 10 kalan day", [(10, "boy")], id="Roman Pashto"),
        pytest.param("8-9 saal ki larki", [(8, "girl")], id="a range gives the younger"),
        pytest.param("6 mahine ki bachi", [(0, "girl")], id="months"),
        pytest.param("5 saal ki bachi aur 8 saal ka bacha", [(5, "girl"), (8, "boy")], id="two"),
        pytest.param("45 saal ka aadmi aur 12 saal ki larki", [(12, "girl")], id="harmer's age"),
        pytest.param("3 saal se bachi ko marta hai", [(None, "girl")], id="for three years"),
        pytest.param("2 saal pehle ki baat, larka", [(None, "boy")], id="two years ago"),
        pytest.param("larke ne larki ko mara", [(None, "girl")], id="the doer is not the child"),
        pytest.param("he's 8 and afraid", [(8, "boy")], id="English: he's"),
        pytest.param("stop it, she is just 13, Battal", [(13, "girl")], id="English: only"),
        pytest.param("she turned eleven in march", [(11, "girl")], id="English: turned"),
        pytest.param("their little one works, he's 10", [(10, "boy")], id="he whose age it is"),
        pytest.param("meri cousin 13 ki, driver dekhta hai", [(13, "girl")], id="a relation's age"),
        pytest.param("yawe 17 kalane jinai kojda", [(17, "girl")], id="Roman Pashto, kalane"),
        pytest.param("mera bhai 10 saal ka", [(10, "boy")], id="my brother"),
        pytest.param("mera bhai mujhe mar dega", [], id="my brother who does the harm"),
        pytest.param("bhai sahib madad karo", [], id="a man who is addressed"),
        pytest.param("umar 9 saal, Bara bazar", [(9, None)], id="a place that is also a number"),
        pytest.param("a boy of 7 sells tea", [(7, "boy")], id="English: of"),
        pytest.param("my niece is 10 and cries", [(10, "girl")], id="English: is"),
        pytest.param("im 16 they want my wedding", [(16, None)], id="English: im"),
        pytest.param("slow boy 12 tied to a tree", [(12, "boy")], id="English: a bare number"),
        pytest.param("9 girl, stepmother burns her", [(9, "girl")], id="English: number first"),
        pytest.param("7 boys beat my son", [(None, "boy")], id="English: a count is no age"),
        pytest.param("twenty five year old man", [], id="the five of twenty five"),
        pytest.param("larka meri tasveer mangta hai", [], id="a boy who does it to me"),
        pytest.param("لڑکا میرے پیچھے آتا ہے", [], id="Urdu: a boy who follows me"),
        pytest.param("wo larki meri behan hai", [(None, "girl")], id="a girl who is mine"),
        pytest.param("6 or 11 saal ke bachay", [(6, None), (11, None)], id="Roman or is and"),
        pytest.param("8 or 9 saal ki bachi", [(8, "girl")], id="a range all the same"),
        pytest.param("bache ko maar raha hai", [], id="nothing told"),
    ],
)
def test_children_are_read_apart(words, text, children):
    assert [(child.age, child.gender) for child in children_in(words.read(text))] == children


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        pytest.param("4 saal ka bacha", {"under_5", "under_8", "under_12", "under_15"}, id="four"),
        pytest.param("14 saal ki larki", {"under_15"}, id="fourteen"),
        pytest.param("15 saal ki larki", set(), id="fifteen is not under fifteen"),
        pytest.param("class 4 ki bachi", {"under_12", "under_15"}, id="a school class"),
        pytest.param("chhoti bachi ro rahi hai", {"under_12", "under_15"}, id="a small child"),
        pytest.param("bara aadmi", set(), id="nobody"),
    ],
)
def test_ages_make_facts_true(words, text, facts):
    told = words.read(text)
    assert {fact for fact, _ in age_facts(told, children_in(told))} == facts


def test_age_facts_name_their_words(words):
    told = words.read("us ki 4 saal ki beti")
    assert set(age_facts(told, children_in(told))) >= {("under_5", "4 saal")}
    assert children_in(told) == [Child(4, "girl", "4 saal")]


@pytest.mark.parametrize(
    ("text", "gender"),
    [
        pytest.param("main 9th mein parhta hu", "boy", id="Roman Urdu, a habit"),
        pytest.param("chat pe khari hun", "girl", id="Roman Urdu, a state"),
        pytest.param("sab khatam kood jaun gi", "girl", id="Roman Urdu, what will be"),
        pytest.param("bhaag jaunga", "boy", id="written together"),
        pytest.param("میں چھپ جاتی ہوں", "girl", id="Urdu"),
        pytest.param("kisi ko nahi bata sakti", "girl", id="what cannot be"),
        pytest.param("theek nahi hun", None, id="a word that does not agree"),
        pytest.param("woh marta hai", None, id="somebody else's verb"),
    ],
)
def test_a_writer_s_verbs_tell_the_gender(words, text, gender):
    assert own_gender(words.read(text)) == gender


@pytest.mark.parametrize(
    ("text", "own"),
    [
        pytest.param("main 14 saal ki hun", True, id="Roman Urdu"),
        pytest.param("my age is 14", True, id="English"),
        pytest.param("میں 14 سال کی ہوں", True, id="Urdu"),
        pytest.param("zama umar 13 kala", True, id="Roman Pashto"),
        pytest.param("meri beti 9 saal ki hai", False, id="somebody else's age"),
        pytest.param("Hangu mein 12 saal ki bachi", False, id="mein says where"),
        pytest.param("mere 9 saal ke bete ko", False, id="my child's age"),
        pytest.param("main 40 saal ka hun", False, id="an adult"),
    ],
)
def test_a_child_who_writes_is_known_by_her_own_age(words, text, own):
    assert tells_own_age(words.read(text)) is own

"""Ages and genders as people write them, each child apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from language.child_words import ChildWords
from language.children import Child, age_facts, children_in
from language.writer import own_gender, tells_own_age

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
        pytest.param("meri behan ka beta 3 din se nahi aya", [(None, "boy")], id="sister's son"),
        pytest.param("mere bhai ki beti 9 saal ki hai", [(9, "girl")], id="brother's daughter"),
        pytest.param("bhai ke bachon ko marte hain", [], id="a brother's children"),
        pytest.param("zama da khor zoy bhatta ke dey", [(None, "boy")], id="sister's, in Pashto"),
        pytest.param("my sister's son is beaten", [(None, "boy")], id="sister's, in English"),
        pytest.param("da khor da wror sara wahi", [(None, "girl")], id="a sister with a brother"),
        pytest.param("do bhatijiyan hain", [(None, "girl")], id="nieces"),
        pytest.param("6 or 11 saal ke bachay", [(6, None), (11, None)], id="Roman or is and"),
        pytest.param("8 or 9 saal ki bachi", [(8, "girl")], id="a range all the same"),
        pytest.param("bache ko maar raha hai", [], id="nothing told"),
        pytest.param("class 5 student beaten by sir", [], id="a class is no age"),
        pytest.param("since 2 years my aunt beats the boy", [(None, "boy")], id="since years"),
        pytest.param("2 saal ho gaye larka ghaib", [(None, "boy")], id="years that passed"),
        pytest.param("da 12 kalo kegi jinai", [(12, "girl")], id="turns twelve"),
        pytest.param("beta umar 11 kal se lapata", [(11, "boy")], id="kal is no year"),
        pytest.param("ek mahine se larki band hai", [(None, "girl")], id="since a month"),
        pytest.param("ek mahina bachi ko band rakha", [(None, "girl")], id="for a month"),
        pytest.param("2 mahine ki tankhwa nahi di", [], id="a wage of months"),
        pytest.param("6 mahine ki hai maa chor gayi", [(0, "girl")], id="months are a baby's age"),
        pytest.param("baby 3 weeks old", [(0, None)], id="weeks"),
        pytest.param("child missing three days age 15", [(15, None)], id="days missing, then age"),
        pytest.param("nawe zegedale mashoom", [(0, None)], id="newborn in two words"),
        pytest.param("زه دلته زېږېدلی یم", [], id="born here is not newborn"),
        pytest.param("my nephew who is ten", [(10, "boy")], id="English: who is"),
        pytest.param("when i was six we moved", [], id="an old memory"),
        pytest.param("5 sisters, the eldest 14", [(14, "girl")], id="English: the eldest"),
        pytest.param("larki hai 17 ki", [(17, "girl")], id="the verb before the age"),
        pytest.param("im 17 f please help", [(17, "girl")], id="a letter for the gender"),
        pytest.param("dhai saal ki bachi", [(2, "girl")], id="two and a half"),
        pytest.param("das gyarah saal ka larka", [(10, "boy")], id="ten or eleven in words"),
        pytest.param("da yawolaso kalo halak", [(11, "boy")], id="an oblique number"),
        pytest.param(
            "boy of 17 is bothering a girl of 12", [(12, "girl")], id="English: who does the harm"
        ),
        pytest.param(
            "17 saal ke larke ne 12 saal ki larki ko mara", [(12, "girl")], id="ne: who does it"
        ),
        pytest.param(
            "12 saal ki bachi ne behan ko bataya", [(12, "girl")], id="a child who only tells"
        ),
        pytest.param(
            "16 saal ka larka 9 saal ki bachi ko le gaya",
            [(9, "girl"), (16, "boy")],
            id="first to whom it is done",
        ),
        pytest.param("larka larki ko tang karta hai", [(None, "girl")], id="ko: the child"),
        pytest.param("larki 17 ki larka 35 ka", [(17, "girl")], id="no child of thirty five"),
        pytest.param("she beats her stepson of 6", [(6, "boy")], id="her says whose he is"),
        pytest.param("orphan 11 years, he makes him beg", [(11, "boy")], id="him"),
        pytest.param("im sixteen, my husband hits me", [(16, "girl")], id="who has a husband"),
        pytest.param("im 16 and the boy has my photos", [(16, None)], id="somebody else"),
        pytest.param("chota bhai, umar 14", [(14, "boy")], id="a small brother"),
        pytest.param("نهه میاشتنی ماشوم", [(0, None)], id="nine months is no 'not'"),
        pytest.param("umar 12, hotel par kaam karta hai", [(12, "boy")], id="the verb of work"),
        pytest.param("umar 9, kothi mein rehti hai", [(9, "girl")], id="the verb of living"),
        pytest.param("aathvin class 13 saal, larki", [(13, "girl")], id="an age behind a class"),
        pytest.param("17F, ex has my pics", [(17, "girl")], id="a letter written on to the age"),
        pytest.param("bhai 16 saal, dost le gaye", [(16, "boy")], id="a brother whose age is told"),
        pytest.param("wror me 12 kala", [(12, "boy")], id="my brother, in Roman Pashto"),
        pytest.param("bhai 2 din se bimar hun", [], id="a man addressed before a number of days"),
        pytest.param("wara de, 10 kala da", [(10, "girl")], id="Pashto's is tells a girl"),
        pytest.param("10 kala de, plar ye wahi", [(10, "boy")], id="Pashto's is tells a boy"),
        pytest.param("umar ye 9 kala da", [(9, None)], id="is agrees with the age"),
        pytest.param("9 kala da plar ye wahi", [(9, None)], id="da before a noun is of"),
        pytest.param("zoy me da 12 de", [(12, "boy")], id="a bare number before Pashto's is"),
        pytest.param("umar 14, plar ye wahale da", [(14, "girl")], id="is behind what was done"),
        pytest.param("umar 9, parun wraka shwa", [(9, "girl")], id="a girl who is lost"),
        pytest.param("yo mashom nah kalo", [(9, None)], id="one child, boy or girl"),
        pytest.param("da 2 kalo na jinai", [(None, "girl")], id="for two years, in Roman Pashto"),
        pytest.param("da 13 na tar 15 kalo jinai", [(13, "girl")], id="a range in Roman Pashto"),
        pytest.param("lur me 15 kala da, halak wahi", [(15, "girl")], id="behind a comma, another"),
        pytest.param("im fifteen, girl, Mansehra", [(15, "girl")], id="a noun between commas"),
        pytest.param("bhai 29 saal ka hai", [], id="a grown brother"),
        pytest.param("class 10 yo halak", [(None, "boy")], id="yo is one, and no year"),
        pytest.param("jinai 15 kala, wada dwa kala pas", [(15, "girl")], id="two years later"),
        pytest.param("meri aik student 12 saal", [(12, "girl")], id="meri tells a girl"),
        pytest.param("mera dost 15 saal, us ko marte", [(15, "boy")], id="mera tells a boy"),
        pytest.param("تیرہ سالہ طالب علم", [(13, "boy")], id="a pupil, as of a boy"),
        pytest.param("Karak na yo halak 13 kala", [(13, "boy")], id="from a place, one boy"),
        pytest.param("yo dre kala mashom", [(3, None)], id="one child of three, no range"),
        pytest.param("umar 9, roti kam dete hain", [(9, None)], id="bread is no weeping girl"),
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
        pytest.param("main class 9 ki hun", True, id="a pupil by the class"),
        pytest.param("main class 9 ko parhata hun", False, id="a teacher"),
    ],
)
def test_a_child_who_writes_is_known_by_her_own_age(words, text, own):
    assert tells_own_age(words.read(text)) is own

"""The reviewed tables hold what triage needs, in every form, and no line is dead or said twice."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from language.form import FORMS
from language.lexicon import TOPICS, Lexicon
from language.pattern import Index, Part
from language.phrases import ANY, Classes, Entry, read_classes, read_entries, read_idioms

ROOT = Path(__file__).parents[2]
LOOKUPS = ROOT / "nlu_data" / "lookups"
# Ages come from numbers, in every form, and not from phrases.
FACTS_OF_AGE = {"under_8", "under_12", "under_15"}


def taxonomy() -> dict[str, list[str]]:
    told = yaml.safe_load((ROOT / "nlu_data" / "concerns.yml").read_text(encoding="utf-8"))
    return {
        "facts": sorted(set(told["facts"]) - FACTS_OF_AGE),
        "concerns": [concern["code"] for concern in told["concerns"]],
    }


def entries() -> list[Entry]:
    return [entry for topic in TOPICS for entry in read_entries(LOOKUPS / f"{topic}.tsv")]


def forms_of(entry: Entry, classes: Classes) -> set[str]:
    """Give the forms in which the phrase can be said."""
    if entry.form != ANY:
        return {entry.form}
    sayable = set(FORMS)
    for part in entry.pattern.parts:
        sayable &= forms_of_part(part, classes)
    return sayable


def forms_of_part(part: Part, classes: Classes) -> set[str]:
    sayable: set[str] = set()
    for name in part.classes():
        for form, members in classes.members[name].items():
            if form == ANY:
                sayable.update(*(forms_of_part(member, classes) for member in members))
            else:
                sayable.add(form)
    return sayable


@pytest.fixture(scope="module")
def classes() -> Classes:
    return read_classes(LOOKUPS / "words.tsv")


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("fact", taxonomy()["facts"])
def test_every_fact_can_be_told_in_every_form(classes: Classes, fact: str, form: str) -> None:
    assert any(fact in entry.facts and form in forms_of(entry, classes) for entry in entries())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("concern", taxonomy()["concerns"])
def test_every_concern_can_be_told_in_every_form(classes: Classes, concern: str, form: str) -> None:
    assert any(
        concern in entry.concerns and form in forms_of(entry, classes) for entry in entries()
    )


def test_entries_speak_of_known_facts_and_concerns() -> None:
    known = set(taxonomy()["facts"]) | set(taxonomy()["concerns"])
    spoken = {code for entry in entries() for code in (*entry.facts, *entry.concerns)}
    assert spoken <= known


def test_every_entry_tells_something() -> None:
    silent = [e.written for e in entries() if not (e.danger or e.facts or e.concerns)]
    assert silent == []


def test_no_phrase_is_said_twice() -> None:
    for topic in TOPICS:
        said = Counter((e.form, e.written) for e in read_entries(LOOKUPS / f"{topic}.tsv"))
        assert [phrase for phrase, times in said.items() if times > 1] == []


def test_no_class_says_a_word_twice(classes: Classes) -> None:
    twice = {
        (name, form, keys)
        for name, forms in classes.members.items()
        for form, parts in forms.items()
        for keys, times in Counter(part.items for part in parts).items()
        if times > 1
    }
    assert twice == set()


def lines_with_words() -> Iterator[Part]:
    for entry in (*entries(), *read_idioms(LOOKUPS / "idioms.tsv")):
        for part in (*entry.pattern.parts, *entry.pattern.without):
            if not part.classes() and part.written[0] != "^":
                yield part
    yield from read_classes(LOOKUPS / "words.tsv").parts()


def said_plainly(part: Part) -> str:
    """Give one way of saying the phrase; classes in it are said by one of their words."""
    words = [word for word in part.written.split() if not word.startswith("~")]
    plain = [word.split("|")[0].strip("?*=") for word in words]
    spoken = {"@raha": {"roman_ur": "raha", "ur": "رہا"}.get(part.form, "")}
    return " ".join(spoken.get(word, word) for word in plain)


def test_every_phrase_is_found_where_it_stands(lexicon: Lexicon) -> None:
    dead = []
    for part in lines_with_words():
        text = said_plainly(part)
        if "@" in text:
            continue
        found = {found for found, _ in Index([part]).find(lexicon.read(text))}
        if part not in found:
            dead.append((part.form, part.written))
    assert dead == []


def test_every_class_is_spoken_of(classes: Classes) -> None:
    patterns = [e.pattern for e in entries()]
    patterns += [idiom.pattern for idiom in read_idioms(LOOKUPS / "idioms.tsv")]
    spoken = {
        name
        for pattern in patterns
        for part in (*pattern.parts, *pattern.without)
        for name in part.classes()
    }
    spoken |= {name for part in classes.parts() for name in part.classes()}
    assert classes.members.keys() - spoken == set()

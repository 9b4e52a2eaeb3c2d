"""The table of the console's words: whole in every language, all of it used, and nothing beside it."""

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
import yaml

from api.alerts.models import Status
from api.alerts.risk import Risk
from api.alerts.rules import ADDED
from api.alerts.schemas import Language
from api.console.words import FILE, all_words
from api.deliveries.schemas import ReplyKind, Unreached
from api.errors import ApiError
from api.schemas import Channel, Gender, Media
from api.staff.models import Role

CONSOLE = Path("api/console")
TEMPLATES = sorted((CONSOLE / "templates").glob("*.html"))
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in [*TEMPLATES, *CONSOLE.glob("*.py")])
TABLE = yaml.safe_load(FILE.read_text(encoding="utf-8"))
LANGUAGES = TABLE.pop("languages")
KEYS = [f"{group}.{name}" for group, entries in TABLE.items() for name in entries]

# Groups whose names are codes of the api: the table has exactly these.
RULES = {f"R{number}" for number in range(14)}
# Triage finds these itself; they are no fact that an alert keeps.
FOUND = {"several_reporters", "happening_now_unanswered"}
QUESTIONS = {"concern", "place", "happening_now", "age", "gender", "safe_contact"}
EVENTS = {"created", "raised", "routed", "report_moved", "acknowledged", "note"}
REMARKS = {"corrected", "taken_back", "person_wanted"}
CODES = {
    "risk": {risk.word for risk in Risk},
    "status": set(Status),
    "role": set(Role),
    "language": set(get_args(Language)),
    "channel": set(get_args(Channel)),
    "gender": {*get_args(Gender), "unknown"},
    "media": set(get_args(Media)),
    "month": set(range(1, 13)),
    "rule": RULES,
    "question": QUESTIONS,
    "event": EVENTS | REMARKS | {"assigned", "retriaged", "transferred", "closed"},
    "correction": {"age", "gender", "place"},
    "reply": set(get_args(ReplyKind)),
    "reach": set(get_args(Unreached)),
}
# Groups of which a page offers everything, or whose names stand in the source by themselves.
OFFERED = {"outcome"}
BY_NAME = {"column", "mark", "contact", "act", "accounts", "done", "problem", "message"}


def fields(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("key", KEYS)
def test_an_entry_has_words_in_every_language_with_the_same_places_to_fill(key):
    group, _, name = key.partition(".")
    entry = TABLE[group][int(name) if name.isdigit() else name]
    assert entry.keys() == LANGUAGES.keys()
    assert all(isinstance(words, str) and words.strip() for words in entry.values())
    assert len({frozenset(fields(words)) for words in entry.values()}) == 1


@pytest.mark.parametrize("group", CODES)
def test_a_group_of_codes_has_words_for_every_code_and_for_no_other(group):
    assert set(TABLE[group]) == CODES[group]


def test_facts_have_words_and_no_other(reference):
    assert set(TABLE["fact"]) == reference.taxonomy.facts | (ADDED - FOUND)


def test_the_rules_of_triage_are_the_rules_in_words(reference):
    rules = reference.taxonomy.rules
    assert {rule.id for rule in rules.rules} | {rules.low_rule, rules.other_rule} == RULES


def test_the_questions_in_words_are_those_that_reporters_are_asked():
    domain = yaml.safe_load(Path("bot/domain/report.yml").read_text(encoding="utf-8"))
    assert set(domain["forms"]["report_form"]["required_slots"]) == QUESTIONS


def test_the_events_in_words_are_those_that_the_services_write():
    services = "\n".join(
        Path(f"api/alerts/{name}.py").read_text(encoding="utf-8")
        for name in ("work", "service", "weighing", "placing")
    )
    assert set(re.findall(r'(?:kind=|Act\()"(\w+)"', services)) == CODES["event"]


def errors(kind=ApiError):
    """Yield the code of every error that has been declared."""
    for error in kind.__subclasses__():
        yield error.__new__(error).code
        yield from errors(error)


def test_errors_in_words_are_errors_of_the_api():
    assert set(TABLE["error"]) <= set(errors())


def unused(keys, source):
    """Return the keys that no page can show."""
    return [
        key
        for key in keys
        if (group := key.partition(".")[0]) not in CODES.keys() | OFFERED | {"fact", "error"}
        and f'"{key}"' not in source
        and not (group in BY_NAME and is_named(key.partition(".")[2], source))
    ]


def is_named(name, source):
    """Whether a name stands in the source as a string, or as the field of a form."""
    name = name.removesuffix("_lead")
    return f'"{name}"' in source or re.search(rf"^    {name}:", source, re.MULTILINE)


def test_no_words_are_left_over():
    forms = Path("api/alerts/schemas.py").read_text(encoding="utf-8")
    assert unused(KEYS, SOURCE + forms) == []


def test_words_that_no_page_shows_are_found():
    assert unused(["queue.title", "queue.forgotten", "mark.forgotten"], SOURCE) == [
        "queue.forgotten",
        "mark.forgotten",
    ]


def test_every_key_a_page_asks_for_is_in_the_table():
    asked = re.findall(r'say\(\s*"([a-z_]+\.\w+)"', SOURCE)
    assert set(asked) <= set(KEYS)
    assert len(asked) > 100


def sentences(template):
    """Return what a template says by itself: text and attributes that people read or hear."""
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", template, flags=re.DOTALL)
    heard = re.findall(r'(?:aria-label|title|alt|placeholder|data-label)="([^"]*)"', plain)
    return [text for text in [re.sub(r"<[^>]*>", " ", plain), *heard] if re.search(r"\w", text)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.stem)
def test_a_template_says_nothing_by_itself(template):
    assert sentences(template.read_text(encoding="utf-8")) == []


def test_a_sentence_in_a_template_is_found():
    assert sentences("<p>{{ words }} Hello</p>")
    assert sentences('<a aria-label="Hello">{{ words }}</a>')


def test_what_is_filled_in_cannot_turn_a_sentence_around():
    told = all_words()["ur"].say("error.already_acknowledged", who="officer.khyber")
    assert "\u2068officer.khyber\u2069" in told


def test_a_code_without_words_shows_itself():
    assert all_words()["ur"].name("event", "sent_to_cpims") == "sent to cpims"

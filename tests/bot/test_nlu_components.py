"""The components as Rasa runs them: from a message to its understanding, trained on made-up texts."""

from __future__ import annotations

import json

import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import readers
from bot.nlu.classifier import Classifier
from bot.nlu.remark_reader import RemarkReader
from bot.nlu.understanding import Understanding

READERS = (
    readers.Normaliser,
    readers.LanguageForm,
    readers.LexiconReader,
    readers.PlaceMentions,
    readers.ChildReader,
    readers.TimeReader,
    readers.FigureReader,
    readers.WishReader,
    RemarkReader,
)
KEYS = {
    "language", "reply_language", "danger", "danger_words", "concerns", "facts", "places",
    "elsewhere", "children", "when", "numbers", "code", "reporter_is_child",
    "remark", "ages", "refused", "taken_back",
}  # fmt: skip
TAUGHT = {
    "chacha bachi ko roz marta hai": ("report_concern", ["physical_abuse"], "medium"),
    "bachi ka nikah zabardasti kar rahe hain": ("report_concern", ["child_marriage"], "high"),
    "salam kya haal hai": ("greet", [], "none"),
    "cricket ka score kya hai": ("out_of_scope", [], "none"),
    "angrezi mein likho": ("switch_language", [], "none"),
    "بچوں کو روز مارتا ہے": ("report_concern", ["physical_abuse"], "medium"),
}


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """Every component in the order of config.yml, the classifier trained, stored and loaded."""
    storage = LocalModelStorage(tmp_path_factory.mktemp("model"))
    context = ExecutionContext(GraphSchema({}), "test")
    reading = [component.create({}, storage, Resource("none"), context) for component in READERS]
    examples = [
        Message.build(
            f"{text} {number}",
            intent,
            example_metadata={
                "form": "roman_ur" if text.isascii() else "ur",
                "concerns": concerns,
                "risk": risk,
            },
        )
        for text, (intent, concerns, risk) in TAUGHT.items()
        for number in range(6)
    ]
    taught = TrainingData(examples)
    for component in reading:
        taught = component.process_training_data(taught)
    resource = Classifier.create({}, storage, Resource("classifier"), context).train(taught)
    classifier = Classifier.load({}, storage, resource, context)
    return [*reading, classifier, Understanding.create({}, storage, Resource("none"), context)]


def parsed(pipeline, text, **metadata):
    """What Rasa hands on of a message: its output properties only."""
    messages = [Message({"text": text, "metadata": metadata or None})]
    for component in pipeline:
        messages = component.process(messages)
    return messages[0].as_dict(only_output_properties=True)


def test_a_report_is_understood_whole(pipeline):
    told = parsed(pipeline, "chacha 9 saal ki bachi ko marta hai, Mingora Swat")
    understanding = told["understanding"]
    assert told["intent"]["name"] == "report_concern"
    assert understanding["concerns"][0]["code"] == "physical_abuse"
    assert understanding["children"] == [{"age": 9, "gender": "girl"}]
    assert understanding["places"][0]["district"] == "Swat"
    assert understanding["numbers"] == [9]


def test_the_understanding_has_the_agreed_keys_and_is_json(pipeline):
    understanding = parsed(pipeline, "salam")["understanding"]
    assert set(understanding) == KEYS
    assert json.loads(json.dumps(understanding)) == understanding


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        pytest.param(
            "bachi Karachi mein hai",
            {"name": "Karachi", "province": "Sindh", "words": "Karachi"},
            id="outside KP",
        ),
        pytest.param(
            "rawalpindi sadiqabad mein bachi",
            {"name": "Rawalpindi", "province": "Punjab", "words": "rawalpindi"},
            id="a village of KP bears the name of a quarter",
        ),
        pytest.param("bachi Karachi mein nahi Swat mein hai", None, id="a place of KP is named"),
        pytest.param("walid Karachi mein kaam karta hai", None, id="not the child's"),
    ],
)
def test_a_place_outside_kp_is_told_where_none_within_is(pipeline, text, elsewhere):
    assert parsed(pipeline, text)["understanding"]["elsewhere"] == elsewhere


def test_imported_places_count_in_service_and_not_in_training(tmp_path, monkeypatch):
    row = "village,Zarbostan,,,,,Mardan,Mardan,34.2,72.1,made up"
    header = "level,name_en,name_ur,name_ps,aliases,needs_context,district,tehsil,lat,lon,position"
    (tmp_path / "villages.csv").write_text(f"{header}\n{row}\n")
    monkeypatch.setenv("AMAAN_PLACES", str(tmp_path))
    reader = readers.PlaceMentions({})
    assert [m.place.name for m in reader.read("Zarbostan mein", {})] == ["Zarbostan"]
    taught = TrainingData([Message.build("Zarbostan mein", "provide_location")])
    reader.process_training_data(taught)
    assert taught.training_examples[0].get("mentions") == []


def test_rasa_knows_examples_by_what_they_were_and_who_read_them():
    def read_by(component, text):
        taught = TrainingData([Message.build(text, "greet")])
        return component({}).process_training_data(taught).fingerprint()

    same = [read_by(readers.Normaliser, "salam") for _ in range(2)]
    assert same[0] == same[1]
    assert (
        len({same[0], read_by(readers.TimeReader, "salam"), read_by(readers.Normaliser, "ji")}) == 3
    )


def test_only_what_is_meant_to_leaves_the_pipeline(pipeline):
    told = parsed(pipeline, "salam kya haal hai")
    assert set(told) == {"text", "intent", "intent_ranking", "entities", "understanding"}


@pytest.mark.parametrize(
    ("text", "conversation", "language"),
    [
        pytest.param("بچی کو مار رہا ہے", "en", "ur", id="the text's own form wins"),
        pytest.param("Mingora", "ps", "ps", id="one word keeps the conversation's"),
        pytest.param("12", None, None, id="nothing tells"),
        pytest.param("angrezi mein likho", "roman_ur", "en", id="the language asked for"),
    ],
)
def test_the_language_is_an_entity(pipeline, text, conversation, language):
    entities = parsed(pipeline, text, language=conversation).get("entities", [])
    assert [entity["value"] for entity in entities] == ([language] if language else [])


def test_a_pin_gives_a_place_though_the_text_is_empty(pipeline):
    told = parsed(pipeline, "", location={"lat": 32.3, "lon": 69.6})
    assert told["intent"]["name"] == "provide_location"


def test_an_empty_text_is_a_fallback_not_an_error(pipeline):
    told = parsed(pipeline, "")
    assert told["intent"]["name"] == "nlu_fallback"
    assert told["understanding"]["concerns"] == []


def test_a_text_of_signs_is_a_fallback(pipeline):
    assert parsed(pipeline, "???")["understanding"]["language"] == "unknown"

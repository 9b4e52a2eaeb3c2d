"""The reviewed table: every sentence in five forms, short, bare and safe on a shared phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
FORMS = {"en", "ur", "ps", "roman_ur", "roman_ps"}
KINDS = {"receipt", "question", "choice", "lifeline", "info", "close"}
TOPICS = {"shared", "danger", "report", "follow_up", "stop"}
LIFELINES = {
    "general": ["15", "1122", "1121"],
    "police": ["1121", "1099"],
    "on_move": ["1121", "15"],
    "self_harm": ["1122", "1121"],
    "missing_child": ["15", "1099"],
    "explosive": ["1122", "15"],
    "online": ["1799", "1121"],
}
# What channels says by itself, by name.
CHANNELS_RELIES_ON = {f"utter_lifeline_{variant}" for variant in LIFELINES} | {
    "utter_not_read",
    "utter_stopped",
    "utter_late",
    "utter_opening",
    "utter_test_line",
    "utter_text_only",
}
CODE = "482 177 306"
CHOICES = "1 Shabqadar, Charsadda 2 Shabqadar, Mohmand 3 Landi Kotal, Khyber"
# The letters one GSM-7 septet holds; the second row takes two septets a letter.
GSM_7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_DOUBLE = set("^{}\\[~]|€")
# Words that tell a stranger what this phone is used for, in any of the forms.
TELLING = re.compile(
    r"child|\bbach|بچ|ماشوم|mashoom|report|رپورٹ|\bcase\b|\bکیس\b|abuse|violence|تشدد|protection"
    r"|complain|شکایت|شکایت|police|پولیس"
)


def responses() -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for file in sorted((ROOT / "bot/domain").glob("*.yml")):
        found |= yaml.safe_load(file.read_text(encoding="utf-8")).get("responses", {})
    return found


def form_of(variation: dict) -> str | None:
    conditions = variation.get("condition")
    return conditions[0]["value"] if conditions else None


def text_of(variation: dict) -> str:
    return variation["text"].replace("{case_code}", CODE).replace("{choices}", CHOICES)


def cases(*, channel: str | None = None) -> list:
    """Every variation that goes out on the channel (None: on any), with a name for the table."""
    return [
        pytest.param(
            variation | {"name": name},
            id=f"{name}-{variation.get('channel', 'any')}-{form_of(variation)}",
        )
        for name, variations in responses().items()
        for variation in variations
        if channel is None or variation.get("channel", channel) == channel
    ]


@pytest.mark.parametrize(("name", "variations"), responses().items())
def test_each_sentence_stands_in_all_forms_with_english_as_default(name, variations):
    for channel in {variation.get("channel") for variation in variations}:
        texts = {
            form_of(variation): variation["text"]
            for variation in variations
            if variation.get("channel") == channel
        }
        assert texts.keys() == FORMS | {None}, name
        assert texts["en"] == texts[None], name


def test_every_name_that_channels_relies_on_is_there():
    assert responses().keys() >= CHANNELS_RELIES_ON


@pytest.mark.parametrize("variation", cases())
def test_each_reply_has_a_kind_and_no_blank_line(variation):
    assert variation["metadata"]["kind"] in KINDS
    assert "\n\n" not in variation["text"], "a blank line makes two messages"
    assert variation["text"] == variation["text"].strip()


@pytest.mark.parametrize("variation", cases(channel="sms"))
def test_an_sms_is_short(variation):
    """Latin letters: one part of 160; Urdu and Pashto: two of 67 units, three for a lifeline."""
    text = text_of(variation)
    if set(text) <= GSM_7 | GSM_7_DOUBLE:
        assert sum(2 if letter in GSM_7_DOUBLE else 1 for letter in text) <= 160
    else:
        assert form_of(variation) in {"ur", "ps"}, "a letter outside GSM-7 in a Latin text"
        units = len(text.encode("utf-16-le")) // 2
        assert units <= (201 if variation["metadata"]["kind"] == "lifeline" else 134)


@pytest.mark.parametrize("variation", cases(channel="sms"))
def test_an_sms_tells_a_stranger_nothing(variation):
    if variation["name"] == "utter_info":
        return  # only who writes HELP gets it, and it says how to delete it
    assert TELLING.findall(text_of(variation).lower()) == []
    assert "{choices}" not in variation["text"] or variation["metadata"]["kind"] == "choice"


@pytest.mark.parametrize("variation", cases(channel="telegram"))
def test_a_child_can_read_a_telegram_message(variation):
    """At most twelve words a sentence."""
    for sentence in re.split(r"[.?!۔؟\n]", text_of(variation).replace(CODE, "code")):
        assert len(sentence.split()) <= 12, sentence


@pytest.mark.parametrize("variation", cases())
def test_every_number_is_a_known_helpline(variation):
    helplines = yaml.safe_load((ROOT / "nlu_data/helplines.yml").read_text(encoding="utf-8"))
    known = {line["number"] for line in helplines["helplines"]}
    assert set(re.findall(r"\d{2,}", variation["text"])) <= known


@pytest.mark.parametrize("variant", LIFELINES)
def test_a_lifeline_names_its_numbers_in_order_and_the_case_code(variant):
    for variation in responses()[f"utter_lifeline_{variant}"]:
        assert re.findall(r"\d{2,}", variation["text"]) == LIFELINES[variant]
        assert "{case_code}" in variation["text"]
        assert variation["metadata"]["kind"] == "lifeline"


@pytest.mark.parametrize("variation", cases())
def test_every_question_can_be_skipped(variation):
    name = variation["name"]
    if not name.startswith("utter_ask_") or name in {
        "utter_ask_concern",  # the open prompt: not writing is the skip
        "utter_ask_other_words",
        "utter_ask_code",
    }:
        return
    payloads = [button["payload"] for button in variation.get("buttons", [])]
    assert "0" in payloads if variation["channel"] == "telegram" else "0 " in variation["text"]


def test_a_topic_has_one_name_in_three_places():
    def names(folder: str) -> set[str]:
        return {file.stem for file in (ROOT / folder).glob("*.yml")}

    assert names("bot/domain") == names("bot/rules") == TOPICS
    assert names("nlu_data") >= TOPICS


def test_each_intent_has_one_rule_so_that_no_text_is_met_with_silence():
    intents, told = [], []
    for file in sorted((ROOT / "bot/domain").glob("*.yml")):
        intents += yaml.safe_load(file.read_text(encoding="utf-8")).get("intents", [])
    for file in sorted((ROOT / "bot/rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            told += [step["intent"] for step in rule["steps"] if "intent" in step]
    assert sorted(told) == sorted(intents)

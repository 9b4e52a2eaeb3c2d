"""The reviewed table as channels reads it."""

from pathlib import Path

import pytest

from channels.errors import ReplyMissing
from channels.replies import LIFELINES, OWN, Replies
from channels.stores import Tables

FORMS = ("en", "ur", "ps", "roman_ur", "roman_ps")
TABLE = """
responses:
  utter_x:
  - {text: "plain", metadata: {kind: receipt}}
  - text: "اردو {case_code}"
    metadata: {kind: receipt}
    condition: [{type: slot, name: language, value: ur}]
  - text: "a bot's"
    channel: telegram
    metadata: {kind: question}
    buttons: [{title: "Yes", payload: "1"}]
    condition: [{type: slot, name: language, value: en}]
"""


@pytest.fixture
def replies(tmp_path: Path) -> Replies:
    (tmp_path / "one.yml").write_text(TABLE)
    own = "\n".join(f"  {name}: [{{text: '{name}'}}]" for name in OWN)
    (tmp_path / "two.yml").write_text(f"responses:\n{own}")
    return Replies.load(tmp_path)


@pytest.mark.parametrize(
    ("language", "channel", "text"),
    [
        ("ur", "sms", "اردو 482 177 306"),
        ("ur", "telegram", "اردو 482 177 306"),
        ("en", "telegram", "a bot's"),
        ("en", "sms", "plain"),
        ("ps", "telegram", "plain"),
    ],
)
def test_the_wording_for_a_language_and_a_channel(replies, language, channel, text) -> None:
    assert replies.find("utter_x", language, channel, case_code="482177306").text == text


def test_kind_and_buttons_come_along(replies: Replies) -> None:
    reply = replies.find("utter_x", "en", "telegram")
    assert reply.kind == "question"
    assert [(one.title, one.payload) for one in reply.buttons] == [("Yes", "1")]


def test_a_reply_that_is_not_in_the_table(replies: Replies, tmp_path: Path) -> None:
    with pytest.raises(ReplyMissing, match="utter_y"):
        replies.find("utter_y", "en", "sms")
    (tmp_path / "two.yml").unlink()
    with pytest.raises(ReplyMissing, match="utter_not_read"):
        Replies.load(tmp_path)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", OWN)
def test_every_form_has_what_we_say_ourselves(name: str, form: str, tables: Tables) -> None:
    reply = tables.replies.find(name, form, "sms", case_code="482177306")
    kinds = {"utter_stopped": "close", "utter_late": "close", "utter_text_only": "info"}
    if name != "utter_opening":
        assert reply.kind == kinds.get(name, "lifeline")
    assert ("482 177 306" in reply.text) is (name in LIFELINES)
    assert "{" not in reply.text

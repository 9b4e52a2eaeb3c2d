"""No text, name, number or token in a log line, an error, a repr or the database's file."""

import json
import logging
from dataclasses import replace

import pytest

from api.alerts.telling import Understood, by_model, by_words
from api.log import PlaceOnly, configure
from api.sealing import SealBroken

TEXT = "Rahila ko chacha mar raha hai abhi, Bara bazar"
SECRETS = ["Rahila", "chacha"]


@pytest.fixture
def logged(capsys):
    """What the process wrote, with our own logging set up as the server sets it up."""
    before = logging.getLogger().handlers[:]
    configure()
    yield lambda: "".join(capsys.readouterr())
    logging.getLogger().handlers[:] = before


async def test_the_whole_way_of_a_text_logs_none_of_it(logged, make_alert, sign_in_as):
    answer = await make_alert(text=TEXT, facts=[{"fact": "burn", "value": True, "words": "chacha"}])
    officer = await sign_in_as("officer", "khyber")
    await officer.post(f"/api/v1/alerts/{answer['alert']}/note", {"text": "Rahila is safe"})
    out = logged()
    assert [secret for secret in SECRETS if secret in out] == []


async def test_what_breaks_is_logged_by_kind_and_place_and_answered(logged, app, channels, report):
    class Broken:
        def hits(self, text):
            raise ValueError(text)

    app.state.reference = replace(app.state.reference, lexicon=Broken())
    answer = await channels.post("/internal/v1/reports", report("1", TEXT))
    assert answer.status_code == 500
    assert answer.json()["error"] == "unexpected"
    out = logged()
    event = json.loads(out)
    assert (event["event"], event["kind"]) == ("unexpected", "ValueError")
    assert event["where"][-1].startswith("tests.api.test_secrecy:")
    assert "Rahila" not in out + answer.text


def test_a_librarys_warning_keeps_its_place_only():
    record = logging.LogRecord("lib", logging.ERROR, "f.py", 7, "broke on %s", (TEXT,), None)
    told = json.loads(PlaceOnly().format(record))
    assert told == {"event": "library", "level": "error", "logger": "lib", "line": 7, "kind": None}


def test_a_librarys_exception_keeps_its_kind_only():
    info = (SealBroken, SealBroken(TEXT), None)
    record = logging.LogRecord("lib", logging.ERROR, "f.py", 7, TEXT, (), info)
    assert json.loads(PlaceOnly().format(record))["kind"] == "SealBroken"
    assert "Rahila" not in PlaceOnly().format(record)


def test_a_telling_has_no_words_in_its_repr(reference):
    for telling in (
        by_words(TEXT, reference),
        by_model(TEXT, Understood(intent="report_concern"), reference),
    ):
        assert telling.facts
        assert [secret for secret in [*SECRETS, "Bara"] if secret in repr(telling)] == []


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
async def test_the_database_file_holds_no_words(tmp_path, make_alert):
    contact = {"allowed": True, "how": "Rahila calls", "when": None, "say": None, "never": None}
    await make_alert(text=TEXT, safe_contact=contact, when="chacha", place_words="Rahila")
    files = [file.read_bytes() for file in tmp_path.glob("amaan.db*")]
    assert any(b"khyber" in content for content in files)
    assert not any(secret.encode() in content for content in files for secret in SECRETS)

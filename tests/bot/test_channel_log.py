"""What Rasa logs, with words and tracebacks, comes out without them."""

import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest

from bot.log import record_without_words

ROOT = Path(__file__).resolve().parents[2]
SECRET = "made-up words"

# What a turn does that breaks inside Rasa: logging.yml is read, Rasa adds its own handler, and a
# traceback with the text in it is logged by Rasa, by a library and by us.
BROKEN_TURN = """
import logging, warnings
warnings.simplefilter("ignore")
from rasa.utils.common import configure_logging_and_warnings
from rasa.utils.io import configure_colored_logging
from rasa.utils.log_utils import configure_structlog
configure_logging_and_warnings(None, "bot/logging.yml")
configure_colored_logging(None)
configure_structlog(None)
import structlog
for name in ("rasa.core.processor", "sanic.error", "some.library"):
    try:
        raise ValueError("made-up words")
    except ValueError:
        logging.getLogger(name).exception("it said %s", "made-up words")
        structlog.get_logger(name).exception("said", text="made-up words")
logging.getLogger("bot.channel").error("turn_failed %(key)s", {"key": "sms:1"})
"""


@pytest.fixture(scope="module")
def output() -> str:
    done = subprocess.run(
        [sys.executable, "-c", BROKEN_TURN], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout + done.stderr


def test_no_words_come_out(output):
    assert SECRET not in output


def test_every_place_that_spoke_is_named(output):
    for name in ("rasa.core.processor", "sanic.error", "some.library"):
        assert f'"logger": "{name}"' in output
    assert '"error": "ValueError"' in output


def test_our_own_event_keeps_its_name_and_ids(output):
    ours = [json.loads(line) for line in output.splitlines() if '"bot.channel"' in line]
    assert [(line["event"], line["key"]) for line in ours] == [("turn_failed", "sms:1")]


def test_a_record_quotes_neither_message_nor_arguments():
    record = record_without_words(
        "rasa", logging.ERROR, __file__, 1, "%s", (SECRET,), (ValueError, ValueError(SECRET), None)
    )
    assert SECRET not in str(record.__dict__)

"""No text, number or token reaches a log line, whoever writes it."""

import io
import json
import logging
import sys

import pytest
import structlog

from channels import log
from channels.messages import Told

SECRET = "chacha-marta-hai"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch):
    """What is logged; afterwards all is as it was."""
    stream = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    log.configure(stream)
    yield stream
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def broken() -> None:
    raise ValueError(SECRET)


def test_an_exception_of_ours_is_its_type_and_place(written: io.StringIO) -> None:
    try:
        broken()
    except ValueError:
        structlog.get_logger().exception("work_broke", lane="inbox")
    line = json.loads(written.getvalue())
    assert (line["event"], line["lane"], line["error"]) == ("work_broke", "inbox", "ValueError")
    assert any("test_log.py" in place for place in line["raised_at"])
    assert SECRET not in written.getvalue()


def test_a_library_speaks_without_its_words(written: io.StringIO) -> None:
    try:
        broken()
    except ValueError:
        logging.getLogger("uvicorn.error").exception("in %s", SECRET)
    line = json.loads(written.getvalue())
    assert (line["logger"], line["level"], line["error"]) == (
        "uvicorn.error",
        "error",
        "ValueError",
    )
    assert SECRET not in written.getvalue()


@pytest.mark.parametrize("name", ["httpx", "telegram.Bot", "uvicorn.access", "httpcore.http11"])
def test_chatty_libraries_are_silent(name: str, written: io.StringIO) -> None:
    logging.getLogger(name).info("GET https://api.telegram.org/bot%s/getMe", SECRET)
    assert written.getvalue() == ""


def test_a_crash_is_told_without_its_message(written: io.StringIO) -> None:
    try:
        broken()
    except ValueError as error:
        sys.excepthook(ValueError, error, error.__traceback__)
    assert json.loads(written.getvalue())["event"] == "crashed"
    assert SECRET not in written.getvalue()


def test_what_cannot_be_read_is_not_quoted() -> None:
    with pytest.raises(ValueError, match="Told") as caught:
        Told.model_validate_json(json.dumps({"text": [SECRET]}))
    assert SECRET not in str(caught.value)

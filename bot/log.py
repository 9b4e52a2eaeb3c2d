"""Logs without words: Rasa writes what people said into messages and tracebacks, so both are cut.

Rasa puts a handler of its own on the root logger after it has read logging.yml, so the words are
taken out of each record itself, before any handler sees it.
"""

from __future__ import annotations

import json
import logging
from datetime import datetime, timezone
from typing import Any

OURS = "bot"


def lines_without_words() -> logging.Formatter:
    """For logging.yml: from here on every record is one JSON line that quotes nobody."""
    logging.setLogRecordFactory(record_without_words)
    return logging.Formatter("%(message)s")


def record_without_words(*args: Any, **kwargs: Any) -> logging.LogRecord:  # noqa: ANN401  as logging's
    """A record whose message says where it came from, and what kind of error it brings.

    Our own loggers (`bot.*`) keep the first word, a constant name, and named arguments, which are ids.
    """
    record = logging.LogRecord(*args, **kwargs)
    error = record.exc_info[0] if record.exc_info else None
    line: dict[str, Any] = {
        "event": "library_spoke",
        "level": record.levelname.lower(),
        "timestamp": datetime.fromtimestamp(record.created, timezone.utc).isoformat(),
        "logger": record.name,
        "line": record.lineno,
        "error": error.__name__ if error else None,
    }
    if record.name == OURS or record.name.startswith(f"{OURS}."):
        line["event"] = str(record.msg).split(" ", 1)[0]
        line |= record.args if isinstance(record.args, dict) else {}
    record.msg, record.args = json.dumps(line), ()
    record.exc_info = record.exc_text = record.stack_info = None
    return record

"""Logs as JSON lines on stdout: constant event names, and fields that are ids.

Rasa's server hands us whole conversations, so of a library's record only its place is written.
"""

from __future__ import annotations

import json
import logging
import sys

import structlog


class PlaceOnly(logging.Formatter):
    """Where a library spoke, without its message, which may quote a conversation."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON line: level, logger, line, and the kind of exception if there is one."""
        error = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        told = {"event": "library_spoke", "level": record.levelname.lower(), "logger": record.name}
        return json.dumps(told | {"line": record.lineno, "error": error})


def configure() -> None:
    """Send our events and the libraries' warnings to stdout, one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(PlaceOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

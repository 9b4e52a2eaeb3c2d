"""Logs as JSON lines on stdout: constant event names, and fields that are ids.

Nothing a person wrote and nothing that reaches a person may come here.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import cast

import structlog


class PlaceOnly(logging.Formatter):
    """Where a library warned, without its message, which may quote what it was given."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one JSON line with level, logger and line, and the kind of exception if any."""
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        told = {"event": "library", "level": record.levelname.lower(), "logger": record.name}
        return json.dumps(told | {"line": record.lineno, "kind": kind})


def get_log() -> structlog.stdlib.BoundLogger:
    """Return a logger that is configured when it is first used."""
    return cast("structlog.stdlib.BoundLogger", structlog.get_logger())


def configure() -> None:
    """Send our events and the libraries' warnings to stdout, one JSON object a line."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.PrintLoggerFactory(),
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(PlaceOnly())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)

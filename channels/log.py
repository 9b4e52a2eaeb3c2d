"""Logging: one JSON line an event, constant event names, ids only.

Libraries put texts, numbers and tokens into their messages and exceptions (a URL, a refused
number), so of a library's record only its logger, level and place are written, and of an
exception only its type and where it was raised.
"""

import logging
import sys
import traceback
from types import TracebackType
from typing import Any, TextIO

import structlog
from structlog.typing import EventDict

QUIET = ("httpx", "httpcore", "telegram", "urllib3", "uvicorn.access", "uvicorn.error", "asyncio")


def configure(stream: TextIO | None = None) -> None:
    """Write our events and the libraries' warnings as JSON lines to stdout."""
    out = stream or sys.stdout
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _bare_exception,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_BareFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = _report_crash


def bare(error: BaseException) -> dict[str, Any]:
    """The type of an exception and where it was raised; never its message."""
    frames = traceback.extract_tb(error.__traceback__)
    return {
        "error": type(error).__name__,
        "raised_at": [f"{frame.filename}:{frame.lineno}" for frame in frames[-6:]],
    }


def _bare_exception(_logger: object, _name: str, event: EventDict) -> EventDict:
    given = event.pop("exc_info", None)
    error = sys.exception() if given is True else given
    if isinstance(error, BaseException):
        event.update(bare(error))
    return event


class _BareFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        """A library's record without its message."""
        event: dict[str, Any] = {
            "event": "library_spoke",
            "logger": record.name,
            "level": record.levelname.lower(),
            "at": f"{record.module}:{record.lineno}",
        }
        if record.exc_info and record.exc_info[1]:
            event |= bare(record.exc_info[1])
        return str(structlog.processors.JSONRenderer()(None, "", event))


def _report_crash(
    _kind: type[BaseException],
    error: BaseException,
    _frames: TracebackType | None,
) -> None:
    structlog.get_logger().critical("crashed", **bare(error))

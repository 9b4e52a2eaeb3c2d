"""Stands in for the bot's channel: answers each text with what the test laid down for it."""

import contextlib
from collections.abc import Iterator
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.faults import Faults, answer_of
from tests.standins.server import serving

RECEIPT = {"response": "utter_receipt", "kind": "receipt", "text": "Thank you. 482 177 306"}


class Rasa:
    """A repeated key answers what it answered the first time, as the bot's channel promises."""

    def __init__(self) -> None:
        self.url = ""
        self.turns: list[dict[str, Any]] = []  # each key once
        self.asked: list[dict[str, Any]] = []  # repeated ones too
        self.tokens: set[str] = set()
        self.answers: dict[str, dict[str, Any]] = {}  # by text
        self.faults = Faults()
        self._said: dict[str, dict[str, Any]] = {}
        self.app = Starlette(routes=[Route("/webhooks/amaan/turn", self.turn, methods=["POST"])])

    @contextlib.contextmanager
    def serve(self, port: int | None = None) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app, port) as self.url:
            yield self

    async def turn(self, request: Request) -> Response:
        """Answer a turn."""
        given = await request.json()
        self.asked.append(given)
        self.tokens.add(request.headers.get("authorization", ""))
        fault = self.faults.take()
        if fault:
            return await answer_of(fault)
        if given["key"] not in self._said:
            self.turns.append(given)
            plain = {"replies": [RECEIPT], "language": "en"}
            self._said[given["key"]] = self.answers.get(given["text"], plain)
        return JSONResponse(self._said[given["key"]])

"""Stands in for the api as the channels see it: keeps texts once by key, hears outcomes."""

import contextlib
from collections.abc import Iterator
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.faults import Faults, answer_of
from tests.standins.server import serving

QUIET = {"danger": False, "lifeline": None, "case_code": None}
DANGER = {"danger": True, "lifeline": "general", "case_code": "482177306"}


class Api:
    """Its endpoints for the channels. A text with `maar` in it is danger here."""

    def __init__(self) -> None:
        self.url = ""
        self.reports: dict[str, dict[str, Any]] = {}  # by key, in the order they first came
        self.posts = 0
        self.outcomes: dict[str, str] = {}
        self.deliveries: list[dict[str, Any]] = []
        self.tokens: set[str] = set()
        self.faults = Faults()
        self.app = Starlette(
            routes=[
                Route("/internal/v1/reports", self.report, methods=["POST"]),
                Route("/internal/v1/turns", self.turned, methods=["POST"]),
                Route("/internal/v1/deliveries", self.delivery, methods=["POST"]),
            ],
        )

    @contextlib.contextmanager
    def serve(self, port: int | None = None) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app, port) as self.url:
            yield self

    async def report(self, request: Request) -> Response:
        """Keep a text."""
        fault = self.faults.take()
        if fault:
            return await answer_of(fault)
        given = await request.json()
        self.posts += 1
        self.tokens.add(request.headers.get("authorization", ""))
        self.reports.setdefault(given["key"], given)
        return JSONResponse(DANGER if "maar" in given["text"] else QUIET)

    async def turned(self, request: Request) -> Response:
        """Hear how a turn ended."""
        given = await request.json()
        if given["key"] not in self.reports:
            return JSONResponse({"error": "not_found", "message": "No such report."}, 404)
        self.outcomes[given["key"]] = given["outcome"]
        return JSONResponse({})

    async def delivery(self, request: Request) -> Response:
        """Hear whether a reply reached its reporter."""
        fault = self.faults.take()
        if fault:
            return await answer_of(fault)
        self.deliveries.append(await request.json())
        return JSONResponse({})

"""Stands in for the api where only the turn is measured: an alert without danger each time."""

import contextlib
import zlib
from collections.abc import Iterator
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.server import serving


class Alerts:
    """The endpoints that the actions call."""

    def __init__(self) -> None:
        self.url = ""
        self.told = 0
        self.app = Starlette(
            routes=[
                Route("/internal/v1/alerts", self.tell, methods=["POST"]),
                Route("/internal/v1/status", self.status, methods=["POST"]),
            ],
        )

    @contextlib.contextmanager
    def serve(self) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app) as self.url:
            yield self

    async def tell(self, request: Request) -> Response:
        """Answer with the one alert of the conversation."""
        told = await request.json()
        self.told += 1
        code = f"{zlib.crc32(told['conversation'].encode()) % 10**9:09d}"
        return JSONResponse({"case_code": code, "danger": False, "children": told["children"]})

    async def status(self, _request: Request) -> Response:
        """Say that it was received."""
        return JSONResponse({"status": "received"})

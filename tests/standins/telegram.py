"""Stands in for the Bot API: keeps what a bot sends, and holds updates for one that asks.

with Telegram().serve() as provider:
    ... AMAAN_TELEGRAM_TOKEN="123:made-up" AMAAN_TELEGRAM_API_URL=provider.url ...
    provider.sent      # [{"chat_id": "4711", "text": "...", ...}]
    provider.waiting.append({"update_id": 1, "message": {...}})
"""

import asyncio
import contextlib
import json
from collections.abc import Iterator
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.faults import Faults, answer_of
from tests.standins.server import serving

MOST_WAIT = 0.5  # seconds that a question for updates is kept open here


class Telegram:
    """One bot's methods, with a queue of faults for sendMessage."""

    def __init__(self) -> None:
        self.url = ""
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.waiting: list[dict[str, Any]] = []
        self.faults = Faults()
        self.app = Starlette(
            routes=[Route("/bot{token}/{method}", self.call, methods=["GET", "POST"])]
        )

    @contextlib.contextmanager
    def serve(self, port: int | None = None) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app, port) as self.url:
            yield self

    @property
    def sent(self) -> list[dict[str, str]]:
        """The messages the bot sent, oldest first."""
        return [given for method, given in self.calls if method == "sendMessage"]

    def of(self, method: str) -> list[dict[str, str]]:
        """The calls of one method."""
        return [given for called, given in self.calls if called == method]

    async def call(self, request: Request) -> Response:
        """Answer a method as the Bot API does."""
        method = request.path_params["method"]
        form = await request.form()
        given = dict(request.query_params) | {name: str(value) for name, value in form.items()}
        fault = self.faults.take() if method == "sendMessage" else None
        if fault is None or fault.take:
            self.calls.append((method, given))
        if fault:
            return await answer_of(fault)
        return JSONResponse({"ok": True, "result": await self._result(method, given)})

    async def _result(self, method: str, given: dict[str, str]) -> object:
        match method:
            case "sendMessage":
                chat = {"id": int(given["chat_id"]), "type": "private"}
                number = len(self.calls)
                return {"message_id": number, "date": 0, "chat": chat, "text": given["text"]}
            case "getUpdates":
                return await self._updates(int(given.get("offset", "0")))
            case _:
                return True

    async def _updates(self, offset: int) -> list[dict[str, Any]]:
        for _ in range(10):
            self.waiting = [one for one in self.waiting if one["update_id"] >= offset]
            if self.waiting:
                break
            await asyncio.sleep(MOST_WAIT / 10)
        return list(self.waiting)


def refusal(code: int, description: str, **parameters: int) -> str:
    """The body of an answer that is not ok."""
    answer: dict[str, Any] = {"ok": False, "error_code": code, "description": description}
    if parameters:
        answer["parameters"] = parameters
    return json.dumps(answer)

"""Stands in for Africa's Talking: takes SMS as api.africastalking.com does and keeps them.

with AfricasTalking().serve() as provider:
    ... AMAAN_AFRICASTALKING_API_URL=provider.url ...
    provider.sent  # [{"to": "+92...", "message": "...", "id": "ATXid_...", ...}]
    provider.received.append({"id": 7, "from": "+92...", "text": "...", "date": "...", ...})
"""

import contextlib
import uuid
from collections.abc import Iterator
from typing import Any, Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.faults import Faults, answer_of
from tests.standins.server import serving

MOST = 100  # messages an answer


class AfricasTalking:
    """The messaging endpoint, with a queue of faults."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[dict[str, str]] = []
        self.keys: list[str] = []
        self.received: list[Any] = []  # what it has for us when we ask
        self.asked: list[dict[str, str]] = []
        self.faults = Faults()
        self.asking_faults = Faults()
        self.app = Starlette(
            routes=[
                Route("/version1/messaging", self.take, methods=["POST"]),
                Route("/version1/messaging", self.tell, methods=["GET"]),
            ]
        )

    @contextlib.contextmanager
    def serve(self, port: int | None = None) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app, port) as self.url:
            yield self

    async def take(self, request: Request) -> Response:
        """Take an SMS for one number, and answer 201 as the documentation shows."""
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.keys.append(request.headers.get("apiKey", ""))
        fault = self.faults.take()
        if fault is None or fault.take:
            self.sent.append(form | {"id": f"ATXid_{uuid.uuid4().hex}"})
        if fault:
            return await answer_of(fault)
        return JSONResponse(accepted(self.sent[-1]["id"], form["to"]), 201)

    async def tell(self, request: Request) -> Response:
        """Tell the messages behind an id, a hundred at most."""
        self.asked.append(dict(request.query_params))
        fault = self.asking_faults.take()
        if fault:
            return await answer_of(fault)
        behind = int(request.query_params.get("lastReceivedId", "0"))
        found = [one for one in self.received if not isinstance(_id(one), int) or _id(one) > behind]
        return JSONResponse({"SMSMessageData": {"Messages": found[:MOST]}})


def _id(given: Any) -> object:
    return given.get("id") if isinstance(given, dict) else None


def accepted(message_id: str, number: str, code: int = 101) -> dict[str, Any]:
    """The answer to one SMS, with the status code of its one recipient."""
    recipient = {
        "statusCode": code,
        "number": number,
        "status": "Success" if code < 400 else "Failed",  # as their table divides them
        "cost": "KES 0.8000",
        "messageId": message_id if code < 400 else "None",
    }
    return {
        "SMSMessageData": {
            "Message": "Sent to 1/1 Total Cost: KES 0.8000",
            "Recipients": [recipient],
        },
    }

"""Stand in for M3 Tech's REST service and for Kannel's smsbox: both take an SMS by GET."""

import contextlib
from collections.abc import Iterator
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tests.standins.faults import Fault, Faults, answer_of
from tests.standins.server import serving


class Gateway:
    """Keeps the query of each request, and answers as the gateway does when all is well."""

    path = ""
    good = Fault()

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[dict[str, str]] = []
        self.faults = Faults()
        self.app = Starlette(routes=[Route(self.path, self.take)])

    @contextlib.contextmanager
    def serve(self, port: int | None = None) -> Iterator[Self]:
        """Serve on a free port until the block ends."""
        with serving(self.app, port) as self.url:
            yield self

    async def take(self, request: Request) -> Response:
        """Take an SMS."""
        fault = self.faults.take()
        if fault is None or fault.take:
            self.sent.append(dict(request.query_params))
        return await answer_of(fault or self.good)


class M3Tech(Gateway):
    """The sending address of M3 Tech."""

    path = "/GenericServiceRestAPI/api/SendSMS"
    good = Fault(body='[{"Response":"0"}]')


class Kannel(Gateway):
    """smsbox, which answers 202."""

    path = "/cgi-bin/sendsms"
    good = Fault(202, "0: Accepted for delivery")

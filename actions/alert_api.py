"""The only HTTP of the actions: what they tell and ask the api."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import aiohttp
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from actions.settings import Settings
from actions.told import Child, Place, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger()

# Two tries have to end before channels gives a turn up, which it does after eight seconds.
PATIENCE = 2.5  # seconds a try
CONNECTS_WITHIN = 1.0  # seconds
TRIES = 2
KEPT = 4.0  # seconds that a connection is kept unused; the api closes it after five
SUCCESS = range(200, 300)
SERVER_ERROR = 500


class AlertApiError(Exception):
    """The api did not take the call, so nothing may be said to be done."""


class ApiUnreachable(AlertApiError):
    """The api could not be reached, or failed inside, twice."""


class ApiRefused(AlertApiError):
    """The api refused the call, or answered what we cannot read: ours to fix."""


class AlertCall(Told):
    """The body of `POST /internal/v1/alerts`: what one text tells, under its report's key.

    `continues`: the questions of a report are under way, so another child is one more of it.
    `another`: the text says that it begins another report.
    """

    key: str
    conversation: str
    channel: str
    language: str | None
    intent: str
    unanswered: list[str]
    complete: bool
    continues: bool = False
    another: bool = False


class AlertAnswer(BaseModel):
    """What the reporter may know of the alert; `danger` is of this text alone.

    `choices` are the districts a position may lie in, when it is near their border.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    case_code: str
    danger: bool
    lifeline: str | None = None
    children: list[Child] = Field(default_factory=list)
    choices: list[Place] = Field(default_factory=list)


class StatusAnswer(BaseModel):
    """How far the alert is."""

    model_config = ConfigDict(hide_input_in_errors=True)

    status: Literal["received", "looked_at", "closed", "unknown"]


class AlertApi:
    """The api's two calls for the actions. Both are idempotent by the report's key."""

    def __init__(self, url: str, token: str, *, patience: float = PATIENCE) -> None:
        """Wait so many seconds for an answer. To be made where a loop runs."""
        self._url = url
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=KEPT),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Authorization": f"Bearer {token}"},
            timeout=aiohttp.ClientTimeout(total=patience, sock_connect=CONNECTS_WITHIN),
        )

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.close()

    async def tell(self, call: AlertCall) -> AlertAnswer:
        """Make or fill the conversation's alert. Raises AlertApiError."""
        body = call.model_dump(mode="json")
        return await self._post("/internal/v1/alerts", body, call.key, AlertAnswer)

    async def status(self, key: str, conversation: str, code: str) -> StatusAnswer:
        """How far the alert with this case code is, if it is this conversation's."""
        body = {"key": key, "conversation": conversation, "code": code}
        return await self._post("/internal/v1/status", body, key, StatusAnswer)

    async def _post[Answer: BaseModel](
        self, path: str, body: Mapping[str, object], key: str, shape: type[Answer]
    ) -> Answer:
        for _ in range(TRIES):
            try:
                status, answer = await self._call(path, body)
            except (aiohttp.ClientError, TimeoutError) as error:
                log.warning("api_unreachable", key=key, error=type(error).__name__)
                continue
            if status >= SERVER_ERROR:
                log.warning("api_failed", key=key, status=status)
                continue
            if status not in SUCCESS:
                log.error("api_refused", key=key, status=status)
                raise ApiRefused
            try:
                return shape.model_validate_json(answer)
            except ValidationError:
                log.error("api_answer_unreadable", key=key)  # noqa: TRY400  it quotes the answer
                raise ApiRefused from None
        raise ApiUnreachable

    async def _call(self, path: str, body: Mapping[str, object]) -> tuple[int, bytes]:
        # A redirect would carry what was told to whoever it names.
        async with self._http.post(
            f"{self._url}{path}", json=body, allow_redirects=False
        ) as answer:
            return answer.status, await answer.read()


@cache
def alert_api() -> AlertApi:
    """The api as the settings name it: one client with its connections for the process."""
    settings = Settings.model_validate({})
    return AlertApi(settings.api_internal_url, settings.actions_token.get_secret_value())

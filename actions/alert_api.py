"""The only HTTP of the actions: what they tell and ask the api."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

import httpx
import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from actions.settings import Settings
from actions.told import Child, Place, Told

if TYPE_CHECKING:
    from collections.abc import Mapping

log = structlog.get_logger()

# Two tries have to end before channels gives a turn up, which it does after eight seconds.
TIMEOUT = httpx.Timeout(2.5, connect=1.0)
TRIES = 2
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

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http

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
                answer = await self._http.post(path, json=body)
            except httpx.TransportError as error:
                log.warning("api_unreachable", key=key, error=type(error).__name__)
                continue
            if answer.status_code >= SERVER_ERROR:
                log.warning("api_failed", key=key, status=answer.status_code)
                continue
            if not answer.is_success:
                log.error("api_refused", key=key, status=answer.status_code)
                raise ApiRefused
            try:
                return shape.model_validate_json(answer.content)
            except ValidationError:
                log.error("api_answer_unreadable", key=key)  # noqa: TRY400  it quotes the answer
                raise ApiRefused from None
        raise ApiUnreachable


@cache
def alert_api() -> AlertApi:
    """The api as the settings name it: one client with its connections for the process."""
    settings = Settings.model_validate({})
    token = settings.actions_token.get_secret_value()
    return AlertApi(
        httpx.AsyncClient(
            base_url=settings.api_internal_url,
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT,
            trust_env=False,  # a proxy of the machine is no way between our own boxes
        )
    )

"""The api, as the channels see it: it keeps each text as told, and hears how its turn ended."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from channels.connections import Box, BoxAway
from channels.errors import ReportRefused, ReportsAway
from channels.messages import Told

Outcome = Literal["handled", "failed"]
REFUSED = (400, 413, 422)  # the report itself is at fault; asking again changes nothing
SUCCESS = range(200, 300)
TIMEOUT = 5.0  # seconds


class Kept(BaseModel):
    """What the api says to a text it has kept; variant and case code come with danger.

    `joined` says that the text belongs to something told before, also when Rasa forgot or missed it.
    """

    model_config = ConfigDict(hide_input_in_errors=True)

    danger: bool = False
    joined: bool = False
    lifeline: str | None = None
    case_code: str | None = None


class Reports:
    """The posts we make to the api. Each may be repeated: the key tells it so."""

    def __init__(self, url: str, token: str) -> None:
        self._api = Box(url, token, TIMEOUT)

    async def keep(self, conversation: str, told: Told, *, drill: bool) -> Kept:
        """Post a text as told. Raises ReportsAway until the api has it, ReportRefused if never."""
        body = {
            "key": told.key,
            "conversation": conversation,
            "channel": told.channel,
            "text": told.text,
            "received_at": told.received_at.isoformat(),
            "drill": drill,
        }
        if told.location:
            body["location"] = told.location.model_dump()
        if told.media:
            body["media"] = told.media
        answer = await self._post("/internal/v1/reports", body)
        try:
            return Kept.model_validate_json(answer)
        except ValidationError:
            raise ReportsAway from None

    async def turned(self, key: str, outcome: Outcome) -> None:
        """Say how the turn of a kept text ended. Raises ReportsAway until the api knows."""
        await self._post("/internal/v1/turns", {"key": key, "outcome": outcome})

    async def delivery(self, told: dict[str, str]) -> None:
        """Say whether a reply reached its reporter. Raises ReportsAway until the api knows."""
        await self._post("/internal/v1/deliveries", told)

    async def close(self) -> None:
        """Give the connections up."""
        await self._api.close()

    async def _post(self, path: str, body: Mapping[str, object]) -> bytes:
        try:
            status, answer = await self._api.post(path, body)
        except BoxAway:
            raise ReportsAway from None
        if status in REFUSED:
            raise ReportRefused
        if status not in SUCCESS:
            raise ReportsAway
        return answer

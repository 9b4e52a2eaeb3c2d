"""Sends through Africa's Talking's own SDK, over connections of ours."""

import json
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from http import HTTPStatus
from typing import Any

import aiohttp
from africastalking.Service import DEFAULT_TIMEOUT_S
from africastalking.SMS import SMSService
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from channels.connections import outside
from channels.errors import (
    AccountRefused,
    AddressRefused,
    OptedOut,
    OutcomeUnknown,
    ProviderBusy,
    ProviderUnreachable,
    ReplyRefused,
    SendFailed,
)
from channels.exchange import failure_of
from channels.messages import Words
from channels.settings import Account
from channels.sms.numbers import destination

ACCEPTED = {100, 101, 102}
# docs.africastalking.com/sms/sending
REFUSALS: dict[int, type[SendFailed]] = {
    401: AccountRefused,  # RiskHold
    402: AccountRefused,  # InvalidSenderId
    403: AddressRefused,  # InvalidPhoneNumber
    404: AddressRefused,  # UnsupportedNumberType
    405: AccountRefused,  # InsufficientBalance
    406: OptedOut,  # UserInBlacklist
    407: AddressRefused,  # CouldNotRoute
    409: OptedOut,  # DoNotDisturbRejection
    500: ProviderUnreachable,  # InternalServerError
    501: ProviderUnreachable,  # GatewayError
    502: ProviderUnreachable,  # RejectedByGateway
}
SUCCESS = range(200, 300)


class Recipient(BaseModel):
    """What became of the SMS to one number."""

    model_config = ConfigDict(hide_input_in_errors=True)

    code: int | None = Field(default=None, alias="statusCode")
    status: str | None = None
    message_id: str | None = Field(default=None, alias="messageId")


class Messaging(SMSService):  # type: ignore[misc]  # the SDK has no types
    """The SDK writes the requests, and its address can be set.

    Its own connections are made anew for each SMS, block, and lose the status of an answer. To be
    made where a loop runs.
    """

    def __init__(self, account: Account, *, patience: float = DEFAULT_TIMEOUT_S[1]) -> None:
        self._origin = account.url
        self._http = outside(DEFAULT_TIMEOUT_S[0], patience)
        super().__init__(account.username, account.secret)

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.close()

    def _init_service(self) -> None:
        super()._init_service()
        if self._origin:
            self._baseUrl = f"{self._origin.rstrip('/')}/version1"

    def _make_request(  # noqa: PLR0913, PLR0917  the SDK's own signature
        self,
        url: str,
        method: str,
        headers: dict[str, str],
        data: dict[str, Any] | None,
        params: dict[str, Any] | None,
        callback: None = None,  # noqa: ARG002  the SDK's own signature
        timeout: tuple[float, float] = DEFAULT_TIMEOUT_S,  # noqa: ARG002  the session has its own
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        return self._http.request(
            method, url, headers=headers, data=data, params=params, allow_redirects=False
        )


class AfricasTalkingSender:
    """One SMS a call."""

    def __init__(self, account: Account, *, patience: float = DEFAULT_TIMEOUT_S[1]) -> None:
        """Wait so many seconds for an answer."""
        self._messaging = Messaging(account, patience=patience)
        self._from = account.sender

    async def send(self, address: str, words: Words) -> str | None:
        """Hand an SMS over; return the provider's id for it. Raises SendFailed."""
        number = destination(address)
        try:
            request = self._messaging.send(words.text, [number], sender_id=self._from)
        except ValueError:  # the SDK's message quotes the number
            raise AddressRefused("InvalidPhoneNumber") from None
        try:
            async with request as answer:
                return _read(answer.status, answer.headers, await answer.read())
        except (aiohttp.ClientError, TimeoutError) as error:
            raise failure_of(error) from None

    async def close(self) -> None:
        """Give the connections up."""
        await self._messaging.close()


def _read(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        wait = headers.get("Retry-After", "")
        raise ProviderBusy("429", retry_after=float(wait) if wait.isdecimal() else None)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise ProviderUnreachable(str(status))
    if status not in SUCCESS:
        raise AccountRefused(str(status))
    try:
        recipients = json.loads(body)["SMSMessageData"]["Recipients"]
        recipient = Recipient.model_validate(recipients[0]) if recipients else None
    except (ValidationError, ValueError, LookupError, TypeError):
        raise OutcomeUnknown("unreadable") from None
    if recipient is None:
        # "Sent to 0/1": nothing went out, whatever the HTTP status says.
        raise AccountRefused("no_recipients")
    if recipient.code in ACCEPTED or (recipient.code is None and recipient.status == "Success"):
        return recipient.message_id or None
    raise REFUSALS.get(recipient.code or 0, ReplyRefused)(str(recipient.code))

"""Sends through Africa's Talking's own SDK, off the event loop."""

import asyncio
from typing import Any

import requests
from africastalking.Service import DEFAULT_TIMEOUT_S
from africastalking.SMS import SMSService
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from requests.exceptions import ConnectTimeout, RequestException
from urllib3.exceptions import MaxRetryError, NewConnectionError

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
TOO_MANY, SERVER_ERROR = 429, 500


class Recipient(BaseModel):
    """What became of the SMS to one number."""

    model_config = ConfigDict(hide_input_in_errors=True)

    code: int | None = Field(default=None, alias="statusCode")
    status: str | None = None
    message_id: str | None = Field(default=None, alias="messageId")


class Messaging(SMSService):  # type: ignore[misc]  # the SDK has no types
    """The SDK with its address settable, and its answers whole: it drops the HTTP status."""

    def __init__(self, account: Account) -> None:
        self._origin = account.url
        super().__init__(account.username, account.secret)

    def _init_service(self) -> None:
        super()._init_service()
        if self._origin:
            self._baseUrl = f"{self._origin.rstrip('/')}/version1"

    def _make_request(  # noqa: PLR0913, PLR0917  the SDK's own signature
        self,
        url: str,
        method: str,
        headers: dict[str, str],
        data: dict[str, Any],
        params: dict[str, Any] | None,
        callback: None = None,  # noqa: ARG002  the SDK's own signature
        timeout: tuple[float, float] = DEFAULT_TIMEOUT_S,
    ) -> requests.Response:
        return requests.request(
            method,
            url,
            headers=headers,
            data=data,
            params=params,
            timeout=timeout,
        )


class AfricasTalkingSender:
    """One SMS a call; the SDK blocks, so it runs in a thread."""

    def __init__(self, account: Account, *, patience: float = DEFAULT_TIMEOUT_S[1]) -> None:
        """Wait so many seconds for an answer."""
        self._messaging = Messaging(account)
        self._timeout = (DEFAULT_TIMEOUT_S[0], patience)
        self._from = account.sender

    async def send(self, address: str, words: Words) -> str | None:
        """Hand an SMS over; return the provider's id for it. Raises SendFailed."""
        return await asyncio.to_thread(self._send, destination(address), words.text)

    async def close(self) -> None:
        """Keep nothing open: the SDK connects anew for each SMS."""

    def _send(self, address: str, text: str) -> str | None:
        try:
            answer = self._messaging.send(
                text, [address], sender_id=self._from, timeout=self._timeout
            )
        except ValueError:  # the SDK's message quotes the number
            raise AddressRefused("InvalidPhoneNumber") from None
        except RequestException as error:
            raise _failure_of(error) from None
        return _read(answer)


def _failure_of(error: RequestException) -> SendFailed:
    name = type(error).__name__
    cause = error.args[0] if error.args else None
    refused = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    if refused or isinstance(error, ConnectTimeout):
        return ProviderUnreachable(name)
    return OutcomeUnknown(name)


def _read(answer: requests.Response) -> str | None:
    if answer.status_code == TOO_MANY:
        wait = answer.headers.get("Retry-After", "")
        raise ProviderBusy("429", retry_after=float(wait) if wait.isdecimal() else None)
    if answer.status_code >= SERVER_ERROR:
        raise ProviderUnreachable(str(answer.status_code))
    if not answer.ok:
        raise AccountRefused(str(answer.status_code))
    try:
        recipients = answer.json()["SMSMessageData"]["Recipients"]
        recipient = Recipient.model_validate(recipients[0]) if recipients else None
    except (ValidationError, ValueError, LookupError, TypeError):
        raise OutcomeUnknown("unreadable") from None
    if recipient is None:
        # "Sent to 0/1": nothing went out, whatever the HTTP status says.
        raise AccountRefused("no_recipients")
    if recipient.code in ACCEPTED or (recipient.code is None and recipient.status == "Success"):
        return recipient.message_id or None
    raise REFUSALS.get(recipient.code or 0, ReplyRefused)(str(recipient.code))

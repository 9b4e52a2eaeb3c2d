"""Sends through M3 Tech's REST service. Its credentials stand in the URL: never log one."""

import hashlib

import httpx

from channels.errors import AccountRefused, ProviderBusy, ProviderUnreachable, ReplyRefused
from channels.exchange import failure_of
from channels.messages import Words
from channels.settings import Account
from channels.sms.numbers import destination
from channels.sms.segments import is_gsm

ADDRESS = "https://secure.m3techservice.com/GenericServiceRestAPI/api/SendSMS"
TOO_MANY, SERVER_ERROR = 429, 500


class M3TechSender:
    """One SMS a call."""

    def __init__(self, account: Account, *, patience: float = 10.0) -> None:
        """Wait so many seconds for an answer."""
        self._account = account
        self._http = httpx.AsyncClient(timeout=patience)

    async def send(self, address: str, words: Words) -> str | None:
        """Hand an SMS over; M3 Tech gives no id. Raises SendFailed."""
        query = {
            "AuthKey": "m3-Tech",
            "UserId": self._account.username,
            "Password": self._account.secret,
            "SMS": words.text,
            "SMSType": "0" if is_gsm(words.text) else "7",
            "MobileNo": destination(address).removeprefix("+"),
            "MsgId": _number_of(words.key),
            "MsgHeader": self._account.sender or "",
            "HandsetPort": "0",
            "SMSChannel": "0",
            "Telco": "0",
        }
        try:
            answer = await self._http.get(self._account.url or ADDRESS, params=query)
        except httpx.HTTPError as error:
            raise failure_of(error) from None
        code = str(answer.status_code)
        if answer.status_code >= SERVER_ERROR:
            raise ProviderUnreachable(code)
        if answer.status_code == TOO_MANY:
            raise ProviderBusy(code)
        if not answer.is_success:
            raise AccountRefused(code)
        if not _is_accepted(answer):
            raise ReplyRefused("response")
        return None

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.aclose()


def _number_of(key: str) -> str:
    """A number of ours for the message, the same each time we try."""
    return str(int.from_bytes(hashlib.sha256(key.encode()).digest()[:6]))


def _is_accepted(answer: httpx.Response) -> bool:
    """Whether the body says 0; one that we cannot read is taken at its HTTP status."""
    try:
        return str(answer.json()[0]["Response"]) == "0"
    except (ValueError, LookupError, TypeError):
        return True

"""Sends through Kannel's smsbox, which splits and joins long messages itself."""

from urllib.parse import quote

import httpx

from channels.errors import (
    AccountRefused,
    AddressRefused,
    ProviderUnreachable,
    ReplyRefused,
    SendFailed,
)
from channels.exchange import failure_of
from channels.messages import Words
from channels.settings import Account
from channels.sms.numbers import destination
from channels.sms.segments import is_gsm

# "0: Accepted for delivery", "3: Queued for later delivery": smsbox has it from here.
ACCEPTED = ("0:", "3:")
REPORT_ALL = 31  # delivered, failed, buffered, at the SMSC, rejected
SERVER_ERROR = 500
REFUSALS: dict[str, type[SendFailed]] = {
    "Authorization failed": AccountRefused,
    "Sender missing": AccountRefused,  # kannel.conf names no default-sender
    "Number(s) has/have been denied": AddressRefused,
    "Empty receiver number": AddressRefused,
}


class KannelSender:
    """One SMS a call."""

    def __init__(self, account: Account, delivery_url: str, *, patience: float = 10.0) -> None:
        """Ask for reports at this address; wait so many seconds for an answer."""
        self._account = account
        self._delivery_url = delivery_url
        self._http = httpx.AsyncClient(
            base_url=account.url or "", timeout=patience, trust_env=False
        )

    async def send(self, address: str, words: Words) -> str | None:
        """Hand an SMS over; return our own key, which its delivery reports repeat.

        Raises SendFailed.
        """
        query = {
            "username": self._account.username,
            "password": self._account.secret,
            "to": destination(address),
            "text": words.text,
            "charset": "UTF-8",
            "coding": "0" if is_gsm(words.text) else "2",
            "dlr-mask": str(REPORT_ALL),
            "dlr-url": f"{self._delivery_url}?id={quote(words.key, safe='')}&status=%d",
        }
        try:
            answer = await self._http.get("/cgi-bin/sendsms", params=query)
        except httpx.HTTPError as error:
            raise failure_of(error) from None
        if answer.is_success and answer.text.startswith(ACCEPTED):
            return words.key
        raise _refusal_of(answer)

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.aclose()


def _refusal_of(answer: httpx.Response) -> SendFailed:
    code = str(answer.status_code)
    if answer.status_code >= SERVER_ERROR:
        return ProviderUnreachable(code)
    for beginning, refusal in REFUSALS.items():
        if answer.text.startswith(beginning):
            return refusal(code)
    return ReplyRefused(code)

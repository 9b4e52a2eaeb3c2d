"""Connections of the worker: to our own boxes, and out to a provider.

They are kept for a few seconds: a burst of turns needs few of them, and one that a machine on the
way has meanwhile forgotten is never sent a reply.
"""

import ssl
from collections.abc import Mapping

import aiohttp
import certifi

KEPT = 4.0  # seconds unused; our servers and most others close theirs after five
CONNECTS_WITHIN = 1.0  # seconds, on our own network


class BoxAway(Exception):
    """One of our boxes could not be reached, or did not answer in its time."""


class Box:
    """One of our own boxes: it takes JSON under a token."""

    def __init__(self, url: str, token: str, timeout: float) -> None:
        """Wait so many seconds for a whole answer. To be made where a loop runs."""
        self._url = url
        self._http = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=KEPT),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"Authorization": f"Bearer {token}"},
            timeout=aiohttp.ClientTimeout(total=timeout, sock_connect=CONNECTS_WITHIN),
        )

    async def post(self, path: str, body: Mapping[str, object]) -> tuple[int, bytes]:
        """Post JSON; return the answer's status and its bytes. Raises BoxAway."""
        url = f"{self._url}{path}"
        try:
            # A redirect would carry what was told to whoever it names.
            async with self._http.post(url, json=body, allow_redirects=False) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            raise BoxAway from None

    async def close(self) -> None:
        """Give the connections up."""
        await self._http.close()


def outside(connect: float, answer: float) -> aiohttp.ClientSession:
    """A session to a provider; both limits are in seconds."""
    # A bare machine has no list of its own.
    known = ssl.create_default_context(cafile=certifi.where())
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(keepalive_timeout=KEPT, ssl=known),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=connect, sock_read=answer),
    )

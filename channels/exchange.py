"""What a broken exchange with a provider means for a reply that was in it."""

import aiohttp
import httpx

from channels.errors import OutcomeUnknown, ProviderUnreachable, SendFailed

# Up to here nothing of the request has left us.
NOT_SENT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.InvalidURL,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)


def failure_of(error: BaseException | None) -> SendFailed:
    """Return whether nothing was sent, or nobody can tell."""
    name = type(error).__name__
    return ProviderUnreachable(name) if isinstance(error, NOT_SENT) else OutcomeUnknown(name)

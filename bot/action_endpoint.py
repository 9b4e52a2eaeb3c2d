"""Where Rasa calls our actions: over one kept HTTP session, with what an action reads and no more."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import aiohttp
from rasa.utils.endpoints import EndpointConfig

# The actions try the api twice, 2.5 seconds each; channels gives the turn up after eight. Rasa's own
# five minutes would hold the conversation all that time.
PATIENCE = 6.0


class KeptEndpoint(EndpointConfig):  # type: ignore[misc]  # Rasa has no types here
    """An action endpoint whose connections outlive the call. Rasa opens new ones for each."""

    _kept: aiohttp.ClientSession | None = None

    def session(self) -> nullcontext[aiohttp.ClientSession]:
        """The one session, for Rasa's `async with`: it stays open after the call."""
        if self._kept is None:
            self._kept = super().session()
        return nullcontext(self._kept)

    async def request(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  as Rasa's
        """Call the action server, and once more when a kept connection broke under the call.

        Twice does no harm: the api counts what it is told by the text's key. Raises
        asyncio.TimeoutError after PATIENCE seconds, else what Rasa's raises.
        """
        kwargs |= {"json": what_is_read(kwargs["json"])}
        kwargs |= {"timeout": aiohttp.ClientTimeout(total=PATIENCE)}
        try:
            return await super().request(*args, **kwargs)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            return await super().request(*args, **kwargs)

    async def close(self) -> None:
        """Close the session; a later call would open another."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None


def what_is_read(call: dict[str, Any]) -> dict[str, Any]:
    """The call without the domain and the conversation's events, some 130 kB a turn.

    The actions read slots and the last text. Rasa sends the domain with every `validate_` action,
    whatever endpoints.yml says.
    """
    read = {name: value for name, value in call.items() if name != "domain"}
    return {**read, "tracker": {**call["tracker"], "events": []}}

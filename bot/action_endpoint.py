"""Where Rasa calls our actions: over one kept HTTP session."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import aiohttp
from rasa.shared.core.constants import REQUESTED_SLOT
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
        kwargs |= {"timeout": aiohttp.ClientTimeout(total=PATIENCE)}
        try:
            answer = await super().request(*args, **kwargs)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            answer = await super().request(*args, **kwargs)
        return what_is_new(answer, kwargs["json"]["tracker"]["slots"])

    async def close(self) -> None:
        """Close the session; a later call would open another."""
        if self._kept is not None:
            await self._kept.close()
            self._kept = None


def what_is_new(answer: Any, slots: dict[str, Any]) -> Any:  # noqa: ANN401  any JSON may come
    """The answer without the slots that it sets to what they are, two dozen a turn.

    Rasa makes an event of each, and goes through the events of a conversation some forty times a
    turn. It has to be told of the question, and that the form went on: by one slot besides.
    """
    if not isinstance(answer, dict) or not isinstance(answer.get("events"), list):
        return answer  # Rasa's own check says what is wrong with it
    told = [event for event in answer["events"] if is_slot(event) and event["name"] in slots]
    same = [
        event
        for event in told
        if event["name"] != REQUESTED_SLOT and event["value"] == slots[event["name"]]
    ]
    if all(event in same or event["name"] == REQUESTED_SLOT for event in told):
        same = same[1:]
    return answer | {"events": [event for event in answer["events"] if event not in same]}


def is_slot(event: Any) -> bool:  # noqa: ANN401  any JSON may come
    """Whether this is an event that sets a slot, as Rasa's schema has it."""
    return (
        isinstance(event, dict)
        and event.get("event") == "slot"
        and isinstance(event.get("name"), str)
        and "value" in event
        and type(event.get("timestamp")) in {type(None), int, float}
        and isinstance(event.get("metadata"), (dict, type(None)))
    )

"""Keeps conversations in Redis: sealed, short, and for 24 hours after the last text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from rasa.core.tracker_store import SerializedTrackerAsText, TrackerStore
from rasa.shared.core.conversation import Dialogue
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from redis.asyncio import Redis

from bot.sealing import Seal, keys_from

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rasa.core.brokers.broker import EventBroker
    from rasa.shared.core.domain import Domain
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker

PREFIX = "tracker:"
KEPT_SECONDS = 24 * 60 * 60
# The dialogue lives in its slots; the last turn and the one before are for a key that comes again.
KEPT_TURNS = 2
PATIENCE = 3.0  # seconds for one answer of Redis


class SealedRedisTrackerStore(TrackerStore, SerializedTrackerAsText):  # type: ignore[misc]  # Rasa has no types here
    """Trackers as sealed JSON under `tracker:<conversation>`.

    Raises redis.RedisError when Redis is away and SealBroken when no key opens a tracker: a turn
    must fail then, and not begin the conversation anew.
    """

    def __init__(
        self,
        domain: Domain,
        host: str,
        keys: str,
        event_broker: EventBroker | None = None,
    ) -> None:
        """`host` is the URL of endpoints.yml, `keys` are the sealing keys, the first one seals."""
        self._redis = Redis.from_url(host, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE)
        self._seal = Seal(keys_from(keys))
        super().__init__(domain, event_broker)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Seal the tracker's last turns; they are forgotten a day after the last save."""
        dialogue = Dialogue(tracker.sender_id, shortened(list(tracker.events)))
        plain = json.dumps(dialogue.as_dict()).encode()
        sealed = self._seal.seal(plain, context=tracker.sender_id.encode())
        await self._redis.set(PREFIX + tracker.sender_id, sealed, ex=KEPT_SECONDS)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation's tracker, None when there is none."""
        sealed = await self._redis.get(PREFIX + sender_id)
        if sealed is None:
            return None
        plain = self._seal.open(sealed, context=sender_id.encode())
        return self.deserialise_tracker(sender_id, plain)


def shortened(events: Sequence[Event]) -> list[Event]:
    """The events of the last turns, and before them what the older ones have left behind.

    Slots and the open form are rebuilt from events, so only the last word on each slot stays; of
    the older turns besides that the last word on the form, and the last action.
    """
    texts = [place for place, event in enumerate(events) if isinstance(event, UserUttered)]
    cut = texts[-KEPT_TURNS] if len(texts) > KEPT_TURNS else 0
    last_words = {event.key: event for event in events if isinstance(event, SlotSet)}
    left_behind = {
        type(event): event
        for event in events[:cut]
        if isinstance(event, (ActiveLoop, ActionExecuted))
    }
    stays = {id(event) for event in (*last_words.values(), *left_behind.values())}
    return [
        event
        for place, event in enumerate(events)
        if id(event) in stays or (place >= cut and not isinstance(event, SlotSet))
    ]

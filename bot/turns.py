"""Takes a turn with Rasa: under the conversation's lock, once a key, and never in silence by error."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.shared.core.events import Event
    from rasa.shared.core.trackers import DialogueStateTracker


NOT_READ = "utter_not_read"


class TurnFailed(Exception):
    """The turn left no trace: its tracker was not saved, or no action heard a text in silence."""


class TurnStore(TrackerStore):  # type: ignore[misc]  # Rasa has no types here
    """The store as one turn sees it: a conversation's tracker, read once and written once.

    Rasa would read it again after our look at the key, and write a new conversation before its
    first turn; replies are then read from what was saved. For under the conversation's lock only.
    """

    def __init__(self, store: TrackerStore) -> None:
        self._store = store
        self.tracker: DialogueStateTracker | None = None
        super().__init__(store.domain)

    async def look(self, conversation: str) -> DialogueStateTracker | None:
        """Read the conversation's tracker from the store; None when there is none."""
        self.tracker = await self._store.retrieve(conversation)
        return self.tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:  # noqa: ARG002  one
        """What the look found, or what was saved since."""
        return self.tracker

    async def create_tracker(
        self,
        sender_id: str,
        append_action_listen: bool = True,  # noqa: ARG002, FBT001, FBT002  as Rasa's
    ) -> DialogueStateTracker:
        """A new tracker, which the end of the turn saves."""
        return self.init_tracker(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save the tracker; only then its replies may be sent."""
        await self._store.save(tracker)
        self.tracker = tracker


async def take_turn(agent: Agent, message: UserMessage) -> dict[str, Any]:
    """The replies of a turn, taken now or, for a key that comes again, the first time.

    `told`: the api has the text in an alert, so that it need not hear what became of the turn.

    A turn that left no reply is taken again: its action may have failed, and the api counts a text
    by its key. Not by the handler Rasa offers, because the look at the key and the turn belong under
    one lock.
    """
    let_errors_through(agent.tracker_store)
    store = TurnStore(agent.tracker_store)
    async with agent.lock_store.lock(message.sender_id):
        tracker = await store.look(message.sender_id)
        if tracker is None or not replies_to(tracker, message.message_id):
            processor = copy(agent.processor)
            processor.tracker_store = store
            await processor.handle_message(message)
            tracker = store.tracker
    if tracker is None:
        raise TurnFailed
    replies = replies_to(tracker, message.message_id)
    if message.metadata["kept_only"]:
        # What is only kept gets no reply, whatever a rule had to say to it. An action that failed
        # is silent too, and then what a child told before a STOP would be in no alert.
        if not was_heard(tracker, message.message_id):
            raise TurnFailed
        replies = []
    return {
        "replies": replies,
        "language": tracker.get_slot("language"),
        "told": was_told(tracker, message.message_id),
    }


def replies_to(tracker: DialogueStateTracker, key: str) -> list[dict[str, Any]]:
    """What was said after the text with this key, up to the next text."""
    return [
        {
            "response": event.metadata["utter_action"],
            "kind": event.metadata["metadata"]["kind"],
            "text": event.text,
            "buttons": event.data.get("buttons") or [],
        }
        for event in events_after(tracker, key)
        if isinstance(event, BotUttered)
    ]


def was_heard(tracker: DialogueStateTracker, key: str) -> bool:
    """Whether an action dealt with the text with this key: by what it said, else by its question."""
    said = [reply["response"] for reply in replies_to(tracker, key)]
    if said:
        return NOT_READ not in said
    events = events_after(tracker, key)
    return any(isinstance(event, SlotSet) and event.key == REQUESTED_SLOT for event in events)


def was_told(tracker: DialogueStateTracker, key: str) -> bool:
    """Whether an action put the text with this key into an alert."""
    events = events_after(tracker, key)
    return any(
        isinstance(event, SlotSet) and event.key == "told_key" and event.value == key
        for event in events
    )


def events_after(tracker: DialogueStateTracker, key: str) -> list[Event]:
    """The events of the text with this key, the last time it came, up to the next text."""
    events: list[Event] = []
    is_its_turn = False
    for event in tracker.events:
        if isinstance(event, UserUttered):
            is_its_turn = event.message_id == key
            events = [] if is_its_turn else events
        elif is_its_turn:
            events.append(event)
    return events


def let_errors_through(store: TrackerStore) -> None:
    """Make a store that is away an error.

    Rasa wraps every store so that a failed read looks like a new conversation, and a failed write
    goes to a memory that nobody reads.
    """
    store._on_tracker_store_error = _raise  # noqa: SLF001  Rasa offers it to its own constructor only


def _raise(error: Exception) -> None:
    raise error

"""Takes a turn with Rasa: under the conversation's lock, once a key, and never in silence by error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.shared.core.events import BotUttered, UserUttered

if TYPE_CHECKING:
    from rasa.core.agent import Agent
    from rasa.core.channels.channel import UserMessage
    from rasa.core.tracker_store import TrackerStore
    from rasa.shared.core.trackers import DialogueStateTracker


class TurnFailed(Exception):
    """The turn left no trace: its tracker was not saved."""


async def take_turn(agent: Agent, message: UserMessage) -> dict[str, Any]:
    """The replies of a turn, taken now or, for a key that comes again, the first time.

    A turn that left no reply is taken again: its action may have failed, and the api counts a text
    by its key. Not by the handler Rasa offers, because the look at the key and the turn belong under
    one lock.
    """
    store = agent.tracker_store
    let_errors_through(store)
    async with agent.lock_store.lock(message.sender_id):
        tracker = await store.retrieve(message.sender_id)
        if tracker is None or not replies_to(tracker, message.message_id):
            await agent.processor.handle_message(message)
            tracker = await store.retrieve(message.sender_id)
    if tracker is None:
        raise TurnFailed
    # What is only kept gets no reply, whatever a rule had to say to it.
    replies = [] if message.metadata["kept_only"] else replies_to(tracker, message.message_id)
    return {"replies": replies, "language": tracker.get_slot("language")}


def replies_to(tracker: DialogueStateTracker, key: str) -> list[dict[str, Any]]:
    """What was said after the text with this key, up to the next text."""
    replies: list[dict[str, Any]] = []
    is_its_turn = False
    for event in tracker.events:
        if isinstance(event, UserUttered):
            is_its_turn = event.message_id == key
            replies = [] if is_its_turn else replies
        elif is_its_turn and isinstance(event, BotUttered):
            replies.append(
                {
                    "response": event.metadata["utter_action"],
                    "kind": event.metadata["metadata"]["kind"],
                    "text": event.text,
                    "buttons": event.data.get("buttons") or [],
                }
            )
    return replies


def let_errors_through(store: TrackerStore) -> None:
    """Make a store that is away an error.

    Rasa wraps every store so that a failed read looks like a new conversation, and a failed write
    goes to a memory that nobody reads.
    """
    store._on_tracker_store_error = _raise  # noqa: SLF001  Rasa offers it to its own constructor only


def _raise(error: Exception) -> None:
    raise error

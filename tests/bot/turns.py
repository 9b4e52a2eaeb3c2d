"""A turn posted over real HTTP to a processor that stands in for the trained model."""

from __future__ import annotations

import asyncio
import json

import aiohttp
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.events import BotUttered, SlotSet, UserUttered

TOKEN = "made-up-token"
TURN = {
    "conversation": "c1",
    "key": "telegram:1",
    "text": "made-up words",
    "channel": "sms",
    "language": "roman_ur",
    "location": None,
    "joined": False,
    "kept_only": False,
}


class Processor:
    """Keeps a turn as Rasa's does, and answers each text with one receipt; "stop" with nothing.

    "heard" sets the question to ask, as our action does; "alert" also the key of what it told the
    api; "away" is answered as without the api.
    """

    action_endpoint = None

    def __init__(self, store):
        self.tracker_store = store
        self.handled = []
        self.running = []
        self.overlaps = []

    async def handle_message(self, message):
        self.overlaps += self.running
        self.running.append(message)
        await asyncio.sleep(0.01)
        self.handled.append(message)
        if message.text == "break":
            raise RuntimeError(message.text)
        tracker = await self.tracker_store.get_or_create_tracker(
            message.sender_id, append_action_listen=False
        )
        parsed = message.parse_data or {"intent": {"name": "greet"}, "entities": []}
        tracker.update(
            UserUttered(
                message.text,
                parsed["intent"],
                parsed["entities"],
                message_id=message.message_id,
                metadata=message.metadata,
            )
        )
        tracker.update(SlotSet("language", "ur"))
        if message.text == "heard":
            tracker.update(SlotSet("requested_slot", "nothing"))
        elif message.text != "stop":
            if message.text == "alert":
                tracker.update(SlotSet("told_key", message.message_id))
            response = "utter_not_read" if message.text == "away" else "utter_receipt"
            metadata = {"utter_action": response, "metadata": {"kind": "receipt"}}
            buttons = [{"title": "Skip", "payload": "0"}]
            name = message.output_channel.name()
            tracker.update(BotUttered(f"thanks by {name}", {"buttons": buttons}, metadata))
        await self.tracker_store.save(tracker)
        self.running.remove(message)


class CountingStore(InMemoryTrackerStore):
    """A store that counts how often it is asked."""

    reads = writes = 0

    async def retrieve(self, sender_id):
        self.reads += 1
        return await super().retrieve(sender_id)

    async def save(self, tracker):
        self.writes += 1
        await super().save(tracker)


async def ask(origin, body=None, token=TOKEN, **changes):
    """The status and JSON of one turn."""
    headers = {"Authorization": f"Bearer {token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as http,
        http.post(f"{origin}/turn", data=body or json.dumps(TURN | changes)) as answer,
    ):
        return answer.status, await answer.json()

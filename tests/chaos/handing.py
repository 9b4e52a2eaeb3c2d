"""The providers' side: hands each person's texts over in order, again until there is a 200.

And, as providers do, now and then once more after it: at once, or when the next ones have long come.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx

from tests.chaos.people import Person, Text
from tests.e2e.installation import SECRET, TELEGRAM_SECRET

PATIENCE = 10.0  # seconds for an answer
# Seconds until it is tried again. Africa's Talking takes a minute; then a run would take hours.
AGAIN = (2.0, 8.0)
TWICE_AT_ONCE = 0.05  # of all texts
REPEATED = 0.15  # of all texts, up to three times
REPEATED_WITHIN = 60.0  # seconds
IN_A_ROW = 0.3  # of all texts come while the thumb is still warm


@dataclass
class Handing:
    """Hands texts over to the channels port at this address."""

    url: str
    rng: random.Random
    answers: Callable[[str], int]  # how many answers an address has by now
    heard: dict[str, int] = field(default_factory=dict)  # by key, before it was handed over
    kept: set[str] = field(default_factory=set)  # the keys that got their 200
    figures: Counter[str] = field(default_factory=Counter)

    async def hand_over(self, people: list[Person], seconds: float) -> None:
        """Hand everything over in about this time; returns when each text has had its 200."""
        limits = httpx.Limits(max_connections=100)
        async with (
            httpx.AsyncClient(base_url=self.url, timeout=PATIENCE, limits=limits) as client,
            asyncio.TaskGroup() as repeated,
            asyncio.TaskGroup() as talking,
        ):
            for person in people:
                talking.create_task(self._talk(client, repeated, person, seconds))

    async def _talk(
        self,
        client: httpx.AsyncClient,
        repeated: asyncio.TaskGroup,
        person: Person,
        seconds: float,
    ) -> None:
        pause = seconds / len(person.texts)
        await asyncio.sleep(self.rng.uniform(0, pause))
        for text in person.texts:
            await self._until_kept(client, person, text)
            if self.rng.random() < REPEATED:
                repeated.create_task(self._repeat(client, person, text, seconds))
            if text is not person.texts[-1] and self.rng.random() >= IN_A_ROW:
                await asyncio.sleep(self.rng.uniform(0, 2 * pause))

    async def _until_kept(self, client: httpx.AsyncClient, person: Person, text: Text) -> None:
        key, sent_at = person.key(text), datetime.now(UTC)
        self.heard[key] = self.answers(person.address)
        while key not in self.kept:
            times = 2 if self.rng.random() < TWICE_AT_ONCE else 1
            posts = (_post(client, person, text, sent_at) for _ in range(times))
            statuses = await asyncio.gather(*posts)
            self.figures["handed over"] += times
            if 200 in statuses:
                self.kept.add(key)
                return
            self.figures["refused or unanswered"] += 1
            await asyncio.sleep(self.rng.uniform(*AGAIN))

    async def _repeat(
        self, client: httpx.AsyncClient, person: Person, text: Text, seconds: float
    ) -> None:
        for _ in range(self.rng.randint(1, 3)):
            await asyncio.sleep(self.rng.uniform(0, min(seconds, REPEATED_WITHIN)))
            await _post(client, person, text, datetime.now(UTC))
            self.figures["handed over again after a 200"] += 1


async def _post(client: httpx.AsyncClient, person: Person, text: Text, at: datetime) -> int:
    """The status, 0 when there was none."""
    try:
        return (await client.request(**_request(person, text, at))).status_code
    except httpx.TransportError:
        return 0


def _request(person: Person, text: Text, at: datetime) -> dict[str, Any]:
    """What the person's provider puts on the wire."""
    match person.provider:
        case "africastalking":
            form = {"from": person.address, "to": "8585", "text": text.words, "id": text.id}
            form |= {"linkId": text.id, "date": at.strftime("%Y-%m-%dT%H:%M:%SZ")}
            return {"method": "POST", "url": f"/sms/africastalking/{SECRET}/inbound", "data": form}
        case "kannel":
            query = {"from": person.address.lstrip("+"), "to": "8585", "text": text.words}
            query |= {
                "id": text.id,
                "ts": str(int(at.timestamp())),
                "coding": "0",
                "smsc": "made-up",
            }
            return {"method": "GET", "url": f"/sms/kannel/{SECRET}/inbound", "params": query}
        case _:
            chat = {"id": int(person.address), "type": "private", "first_name": "Madeup"}
            sender = {"id": int(person.address), "is_bot": False, "first_name": "Madeup"}
            message = {"message_id": int(text.id), "date": int(at.timestamp()), "text": text.words}
            return {
                "method": "POST",
                "url": "/telegram/webhook",
                "json": {
                    "update_id": int(text.id),
                    "message": message | {"chat": chat, "from": sender},
                },
                "headers": {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET},
            }

"""Looks at the end at what is there: rows, what staff can read, what the providers were given."""

import asyncio
import contextlib
import json
from collections.abc import Iterator, Sequence
from typing import Any

import asyncpg
import httpx
import redis

from tests.chaos.counting import Answer, Found, Row
from tests.chaos.people import PROVIDERS
from tests.chaos.providers import Providers
from tests.e2e.installation import Installation
from tests.e2e.reporter import read

MOST = 200  # alerts on a page


def gather(amaan: Installation, database: str, providers: Providers) -> Found:
    """Return all that is there. Everything has to run, and to be at rest."""
    rows, in_doubt = asyncio.run(_kept(database))
    return Found(
        rows=rows,
        alerts=list(_alerts(amaan)),
        answers=_answers(amaan, providers),
        queued=frozenset(_queued(amaan)),
        in_doubt=frozenset(in_doubt),
        held_back=frozenset(_held_back(amaan)),
    )


async def _kept(database: str) -> tuple[list[Row], list[str]]:
    """The reports in the order they were kept, and the answers that perhaps went."""
    connection = await asyncpg.connect(database.replace("+asyncpg", ""))
    try:
        reports = await connection.fetch(
            "SELECT key, conversation, alert_id FROM reports ORDER BY kept_at, id"
        )
        doubts = await connection.fetch("SELECT key FROM deliveries WHERE state = 'unknown'")
    finally:
        await connection.close()
    rows = [Row(one["key"], one["conversation"], one["alert_id"] is not None) for one in reports]
    return rows, [one["key"] for one in doubts]


def _held_back(amaan: Installation) -> Iterator[str]:
    """The keys of the answers that a worker's log calls a loop."""
    for line in amaan.output().splitlines():
        if "reply_looped" in line:
            yield json.loads(line[line.index("{") :])["key"]


def _alerts(amaan: Installation) -> Iterator[Sequence[str]]:
    """The texts of every alert, as those see it who may see all of a unit."""
    accounts = json.loads((amaan.home / "demo-accounts.json").read_text())
    roles = {"supervisor", "commission"}
    for unit in sorted({one["unit"] for one in accounts if one["role"] in roles}):
        role = "commission" if unit == "commission" else "supervisor"
        with amaan.staff(unit, role) as client:
            for short in _pages(client):
                whole = client.get(f"/alerts/{short['id']}").json()
                yield [report["text"] for report in whole["reports"]]


def _pages(client: httpx.Client) -> Iterator[dict[str, Any]]:
    asked: dict[str, Any] = {"limit": MOST}
    while True:
        page = client.get("/alerts", params=asked).json()
        yield from page["items"]
        if not page["next_cursor"]:
            return
        asked["cursor"] = page["next_cursor"]


def _answers(amaan: Installation, providers: Providers) -> dict[str, list[Answer]]:
    """By address what was sent to it. Africa's Talking's ids lead to our keys, where we read them."""
    found: dict[str, list[Answer]] = {}
    with queues(amaan) as client:
        for one in providers.sent():
            owner = client.hget(f"delivery:africastalking:{one.id}", "owner") if one.id else None
            key = json.loads(owner)["key"] if owner else one.key
            lifeline = "lifeline" in read(one.words).kinds
            found.setdefault(one.address, []).append(Answer(one.words, key, lifeline))
    return found


@contextlib.contextmanager
def queues(amaan: Installation) -> Iterator["redis.Redis"]:
    """The channels' Redis."""
    client = redis.Redis.from_url(amaan.setting("channels", "AMAAN_REDIS_URL"))
    try:
        yield client
    finally:
        client.close()


def _queued(amaan: Installation) -> Iterator[str]:
    """The key of every answer that was ever to be sent."""
    with queues(amaan) as client:
        for provider in PROVIDERS:
            before = f"outbox:{provider}:seen:"
            for found in client.scan_iter(f"{before}*", count=1000):
                yield found.decode().removeprefix(before)

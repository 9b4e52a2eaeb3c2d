"""Every provider's webhook, by one runner over tables: what is kept, what is refused."""

from dataclasses import dataclass

import httpx
import pytest

from channels.stores import HEARTBEAT, Stores
from tests.channels.conftest import (
    NUMBER,
    SECRET,
    TELEGRAM_SECRET,
    Front,
    in_front_of,
    make_settings,
)
from tests.channels.wires import WIRES, Wire

URDU = "بچی کو مار رہا ہے"

every_wire = pytest.mark.parametrize("wire", WIRES, ids=lambda wire: wire.provider)


@dataclass(frozen=True)
class Row:
    """What is handed over, what the provider is answered, and what we have afterwards."""

    given: dict[str, str | None]
    status: int
    kept: int
    quarantined: int = 0


@every_wire
@pytest.mark.parametrize(
    "row",
    [
        pytest.param(Row({}, 200, 1), id="a plain message is kept"),
        pytest.param(Row({"text": URDU}, 200, 1), id="Urdu is kept"),
        pytest.param(Row({"text": ""}, 200, 1), id="an empty message is kept"),
        pytest.param(Row({"text": None}, 200, 1), id="a message without text is kept"),
        pytest.param(Row({"text": "x\0y"}, 200, 1), id="a NUL does no harm"),
        pytest.param(Row({"sender": None}, 200, 0, 1), id="no sender: quarantined"),
        pytest.param(Row({"secret": "guess"}, 404, 0), id="a wrong secret finds nothing"),
        pytest.param(Row({"secret": SECRET[:-1]}, 404, 0), id="nor does half a secret"),
    ],
)
async def test_a_message_on_the_wire(wire: Wire, row: Row, front: Front) -> None:
    answer = await wire.post(front.client, **row.given)
    assert answer.status_code == row.status
    assert await front.quarantined() == row.quarantined
    messages = await front.told()
    assert len(messages) == row.kept
    for one in messages:
        assert one.provider == wire.provider
        assert one.channel == wire.channel
        assert one.text == (row.given.get("text", "salam") or "").replace("\0", "�")
        assert one.key.startswith(f"{wire.provider}:7001" if wire.has_ids else wire.provider)


@every_wire
async def test_a_message_handed_over_four_times_is_kept_once(wire: Wire, front: Front) -> None:
    for _ in range(4):
        assert (await wire.post(front.client)).status_code == 200
    assert len(await front.told()) == 1


@every_wire
@pytest.mark.parametrize(
    ("later", "by_id", "by_text"),
    [
        pytest.param({"seconds": 4}, 1, 1, id="4 s later it is the same message"),
        pytest.param({"seconds": 6}, 1, 2, id="6 s later a second one, where ids are missing"),
        pytest.param({"seconds": 59}, 1, 2, id="a provider tries again after a minute"),
        pytest.param({"hours": 11, "minutes": 59}, 1, 2, id="and for 12 hours"),
        pytest.param({"hours": 49}, 2, 2, id="after two days nobody does"),
    ],
)
async def test_windows_of_seen_before(wire, later, by_id, by_text, front: Front) -> None:
    await wire.post(front.client)
    front.clock.move(**later)
    await wire.post(front.client)
    assert len(await front.told()) == (by_id if wire.has_ids else by_text)


@every_wire
async def test_the_address_leads_back_to_the_sender(wire: Wire, front: Front) -> None:
    await wire.post(front.client)
    conversation = await front.stores.book.find(wire.channel, wire.address)
    assert conversation
    person = await front.person(conversation)
    assert person.address == wire.address


@every_wire
@pytest.mark.parametrize(
    ("env", "has_credentials", "status"),
    [
        pytest.param("demo", 0, 200, id="a demo has every provider"),
        pytest.param("production", 0, 404, id="production without credentials has not"),
        pytest.param("production", 1, 200, id="production with them has"),
    ],
)
async def test_which_webhooks_there_are(wire, env, has_credentials, status, stores: Stores) -> None:
    settings = make_settings(env=env, **(wire.settings if has_credentials else {}))
    async with in_front_of(settings, stores) as client:
        assert (await wire.post(client)).status_code == status


BODIES = {
    f"/sms/africastalking/{SECRET}/inbound": {},
    f"/sms/m3tech/{SECRET}/inbound": {},
    "/telegram/webhook": {"X-Telegram-Bot-Api-Secret-Token": TELEGRAM_SECRET},
}


@pytest.mark.parametrize(("size", "status"), [(65_536, 200), (65_537, 413), (1_000_000, 413)])
@pytest.mark.parametrize("path", BODIES)
async def test_bodies_longer_than_any_message(path, size, status, front: Front) -> None:
    answer = await front.client.post(path, content=b"x" * size, headers=BODIES[path])
    assert answer.status_code == status
    assert await front.quarantined() == (status == 200)


async def test_a_body_that_comes_in_pieces_is_measured_too(front: Front) -> None:
    async def pieces():
        for _ in range(100):
            yield b"x" * 1000

    answer = await front.client.post(f"/sms/africastalking/{SECRET}/inbound", content=pieces())
    assert answer.status_code == 413


async def test_who_opted_out_at_the_operator_is_left_in_peace_until_they_write(
    front: Front,
) -> None:
    path = f"/sms/africastalking/{SECRET}/optout"
    await WIRES[0].post(front.client)
    conversation = await front.stores.book.find("sms", NUMBER) or ""
    seen = []
    for request in (
        httpx.Request("POST", f"http://channels{path}", data={"phoneNumber": NUMBER}),
        WIRES[0].request("madad", external_id="7002"),
    ):
        assert (await front.client.send(request)).status_code == 200
        person = await front.person(conversation)
        seen.append(person and person.opted_out)
    assert seen == [True, False]
    assert (await front.client.post(path, data={"senderId": "8333"})).status_code == 200
    assert await front.quarantined() == 1
    guess = await front.client.post(path.replace(SECRET, "guess"), data={"phoneNumber": NUMBER})
    assert guess.status_code == 404


@pytest.mark.parametrize(
    ("fsync", "worker", "ready"),
    [
        pytest.param("always", 1, {"queue": True, "worker": True}, id="all is well"),
        pytest.param("always", 0, {"queue": True, "worker": False}, id="nobody works"),
        pytest.param("everysec", 1, {"queue": False, "worker": False}, id="a second may be lost"),
    ],
)
async def test_ready_means_kept_durably_and_worked_on(fsync, worker, ready, front: Front) -> None:
    await front.stores.redis.config_set("appendfsync", fsync)
    if worker:
        await front.stores.redis.set(HEARTBEAT, 1)
    answer = await front.client.get("/readyz")
    await front.stores.redis.config_set("appendfsync", "always")
    assert answer.json() == ready
    assert answer.status_code == (200 if all(ready.values()) else 503)
    assert (await front.client.get("/healthz")).status_code == 200


@every_wire
async def test_another_method_finds_nothing(wire: Wire, front: Front) -> None:
    url = wire.request().url
    assert (await front.client.put(url)).status_code == 404


@pytest.mark.parametrize("path", ["/metrics", "/docs", "/openapi.json", "/"])
async def test_the_public_port_tells_nothing_else(path: str, front: Front) -> None:
    assert (await front.client.get(path)).status_code == 404

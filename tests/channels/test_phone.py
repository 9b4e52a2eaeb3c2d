"""The simulated phone: its page, its JSON, and that it goes the way of the webhooks."""

from typing import Any

import pytest

from channels.messages import Button, Location, Words
from channels.phone.line import SimulatedPhone
from channels.stores import Stores
from tests.channels.conftest import NUMBER, Front, in_front_of, make_settings
from tests.channels.wires import WIRES

PHONE = {"from": NUMBER, "channel": "telegram"}


@pytest.mark.parametrize(
    ("written", "text", "more"),
    [
        pytest.param({"text": "بچی"}, "بچی", {}, id="a text"),
        pytest.param({"text": "/start"}, "start", {}, id="a command"),
        pytest.param({"payload": "1"}, "1", {"tap": True}, id="a tap"),
        pytest.param(
            {"location": {"lat": 32.3, "lon": 69.57}},
            "",
            {"location": Location(lat=32.3, lon=69.57)},
            id="a pin",
        ),
    ],
)
async def test_what_is_written_to_the_bot(written, text, more, front: Front) -> None:
    answer = await front.client.post("/phone/messages", json=PHONE | written)
    assert answer.status_code == 202
    (one,) = await front.told()
    assert (one.provider, one.channel, one.text) == ("phone_telegram", "telegram", text)
    assert one.location == more.get("location")
    assert bool(one.tap) is more.get("tap", False)


@pytest.mark.parametrize("written", [{"text": "salam"}, {"payload": "salam"}])
async def test_what_is_written_as_an_sms(written: dict[str, str], front: Front) -> None:
    await front.client.post("/phone/messages", json={"from": "03000000001"} | written)
    (one,) = await front.told()
    assert (one.provider, one.channel, one.text) == ("phone_sms", "sms", "salam")
    assert await front.stores.book.find("sms", NUMBER)


async def test_the_screen_shows_what_was_written_and_what_came_back(front: Front) -> None:
    await front.client.post("/phone/messages", json={"from": NUMBER, "text": "salam"})
    ask = {"from": NUMBER, "channel": "sms"}
    screen = (await front.client.get("/phone/messages", params=ask)).json()
    assert [(one["direction"], one["text"]) for one in screen["messages"]] == [("in", "salam")]
    assert screen["busy"]
    await front.told()
    button = Button(title="ہاں", payload="1")
    words = Words(key="k", text="کہاں؟", buttons=(button,))
    await SimulatedPhone(front.stores.line, "sms").send(NUMBER, words)
    later = ask | {"after": screen["messages"][-1]["id"]}
    screen = (await front.client.get("/phone/messages", params=later)).json()
    (shown,) = screen["messages"]
    assert (shown["direction"], shown["text"]) == ("out", "کہاں؟")
    assert shown["buttons"] == [{"title": "ہاں", "payload": "1"}]
    assert not screen["busy"]


async def test_a_webhooks_reply_is_read_on_the_phone_of_its_number(front: Front) -> None:
    telegram = WIRES[-1]
    await telegram.post(front.client)
    await SimulatedPhone(front.stores.line, "telegram").send(
        telegram.address, Words(key="k", text="x")
    )
    for sender in (telegram.address, f"+{telegram.address}"):
        ask = {"from": sender, "channel": "telegram"}
        screen = (await front.client.get("/phone/messages", params=ask)).json()
        assert [one["text"] for one in screen["messages"]] == ["x"]


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"from": "JAZZ", "text": "x"},
        {"from": NUMBER, "channel": "pigeon", "text": "x"},
        {"from": NUMBER, "channel": "telegram"},
        {"from": "x", "channel": "telegram", "text": "x"},
        {"from": NUMBER, "location": {"lat": 34, "lon": 71}},
        {"from": NUMBER, "channel": "telegram", "location": {"lat": 91, "lon": 0}},
        {"from": NUMBER, "text": "x" * 4097},
    ],
)
async def test_what_no_phone_could_send(written: dict[str, Any], front: Front) -> None:
    answer = await front.client.post("/phone/messages", json=written)
    assert answer.status_code == 422
    assert answer.json()["error"] in {"not_valid", "unprocessable_entity", "unprocessable_content"}
    assert NUMBER not in answer.text
    assert await front.told() == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [("", "text/html"), ("/phone.js", "text/javascript"), ("/phone.css", "text/css")],
)
async def test_the_page_and_its_parts(path: str, kind: str, front: Front) -> None:
    answer = await front.client.get(f"/phone{path}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(kind)


@pytest.mark.parametrize("path", ["/phone", "/phone/messages?from=1", "/phone/phone.js"])
async def test_production_has_no_phone(path: str, stores: Stores) -> None:
    async with in_front_of(make_settings(env="production"), stores) as client:
        assert (await client.get(path)).status_code == 404

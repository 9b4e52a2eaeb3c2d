"""The simulated phone's page and its JSON. What is written goes the way of the webhooks."""

import dataclasses
from pathlib import Path
from typing import Annotated, cast

from fastapi import APIRouter, Depends, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse
from pydantic import BaseModel, ConfigDict, Field

from channels.errors import NotAMessage
from channels.messages import Channel, InboundMessage, Location
from channels.phone import wire
from channels.phone.line import PHONES, Shown
from channels.sms.numbers import e164
from channels.stores import Stores

FOLDER = Path(__file__).parent

router = APIRouter(prefix="/phone")


class Written(BaseModel):
    """What a person typed, tapped or pinned on the phone."""

    model_config = ConfigDict(hide_input_in_errors=True)

    sender: str = Field(alias="from", repr=False)
    channel: Channel = "sms"
    text: str = Field(default="", repr=False, max_length=4096)
    payload: str | None = Field(default=None, repr=False)
    location: Location | None = Field(default=None, repr=False)


class Bubble(Shown):
    """One bubble with the id to ask after."""

    id: str


class Screen(BaseModel):
    """The bubbles since the one asked after, and whether an answer is still on its way."""

    messages: list[Bubble]
    busy: bool


async def get_stores(request: Request) -> Stores:
    """Return where the phones are kept."""
    return cast("Stores", request.app.state.stores)


Kept = Annotated[Stores, Depends(get_stores)]


@router.get("", include_in_schema=False)
async def page() -> FileResponse:
    """Return the phone."""
    return FileResponse(FOLDER / "phone.html", headers={"Content-Security-Policy": POLICY})


@router.get("/phone.js", include_in_schema=False)
async def script() -> FileResponse:
    """Return what makes the page move."""
    return FileResponse(FOLDER / "phone.js", media_type="text/javascript")


@router.get("/phone.css", include_in_schema=False)
async def style() -> FileResponse:
    """Return how it looks."""
    return FileResponse(FOLDER / "phone.css", media_type="text/css")


POLICY = "default-src 'self'; frame-ancestors 'none'"


@router.post("/messages")
async def write(written: Written, stores: Kept) -> Response:
    """Take what was written as the provider would hand it over."""
    address = _address(written.channel, written.sender)
    try:
        message = _as_provider(written, address)
    except NotAMessage:
        raise HTTPException(422) from None
    bubble = written.payload or written.text or "📍"
    await stores.line.show(written.channel, address, "in", bubble)
    # By its own provider name, so that the answer comes here even where a real sender is set up.
    provider = PHONES[written.channel]
    await stores.inbox.accept(dataclasses.replace(message, provider=provider))
    return Response(status_code=202)


@router.get("/messages")
async def read(
    stores: Kept,
    sender: Annotated[str, Query(alias="from")],
    channel: Channel = "sms",
    after: Annotated[str, Query(pattern=r"^\d+(-\d+)?$")] = "0",
) -> Screen:
    """Return the bubbles after one."""
    address = _address(channel, sender)
    # Asked before the bubbles are read, so that "not busy" means that all of them are here.
    conversation = await stores.book.find(channel, address)
    busy = conversation is not None and (
        await stores.inbox_lane.is_busy(conversation) or await stores.outbox.is_busy(conversation)
    )
    bubbles = await stores.line.since(channel, address, after)
    return Screen(
        messages=[Bubble(id=entry, **shown.model_dump()) for entry, shown in bubbles],
        busy=busy,
    )


def _address(channel: Channel, sender: str) -> str:
    number = e164(sender) if channel == "sms" else wire.chat_of(sender)
    if number is None:
        raise HTTPException(422)
    return number


def _as_provider(written: Written, address: str) -> InboundMessage:
    if written.channel == "sms":
        if written.location:
            raise NotAMessage
        return wire.sms(address, written.payload or written.text)
    if written.payload is not None:
        return wire.tap(address, written.payload)
    if written.location:
        return wire.pin(address, written.location)
    return wire.chat(address, written.text)

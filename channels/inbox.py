"""The inbox: what a webhook hands over is kept here, once, before the provider gets its 200.

Danger and STOP are looked for on the way in. Danger moves its conversation ahead; STOP cancels
what is queued for it and leaves one neutral line, in the same step that keeps the message.
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.commands.core import AsyncScript

from channels.address_book import AddressBook, person_key
from channels.lane_scripts import COMMON
from channels.lanes import Lane, to_ms
from channels.messages import Channel, InboundMessage, Outgoing, Told, storable
from channels.outbox import Outbox, lane_name
from channels.replies import Replies
from channels.sealing import Seal
from channels.signs import Signs

NAME = "inbox"
QUARANTINE = "quarantine"
QUARANTINED = 10_000  # entries kept; older ones make room
SEEN_BY_ID = timedelta(hours=48)  # a provider hands a message over again for up to 24 h
SEEN_BY_TEXT = timedelta(seconds=5)  # where a provider has no ids; "ji" twice in a talk stays two
PLAIN_ID = re.compile(r"[!-~]{1,100}")
# A provider's clock is believed this far back and ahead; else the time of arrival counts.
BELIEVED_BACK = timedelta(hours=24)
BELIEVED_AHEAD = timedelta(minutes=5)

# One step, so that "seen", "kept" and "stopped" cannot part when we crash between them.
ACCEPT = f"""{COMMON}
local seen, person = KEYS[1], KEYS[2]
local now, window, conversation, body, urgent, stop, provider = unpack(ARGV)
local line_lane, line, line_key = unpack(ARGV, 8)
now, window = tonumber(now), tonumber(window)
local before = redis.call('GET', seen)
if before and now - tonumber(before) < window then return 0 end
redis.call('SET', seen, now, 'PX', window)
redis.call('HSET', person, 'provider', provider)
redis.call('HDEL', person, 'opted_out')
local number = redis.call('HINCRBY', person, 'told', 1)
if stop == '1' then
  local silent = redis.call('HGET', person, 'stopped') == tostring(number - 1)
  redis.call('HSET', person, 'stopped', number)
  -- Said again, it finds nothing in the outbox but the line that the first one left.
  if not silent then
    for i = 3, #KEYS do cancel(KEYS[i], conversation) end
    append_once(line_lane, conversation, line, number, false, line_key, now)
  end
end
append('inbox', conversation, body, number, urgent == '1', now)
return 1
"""


@dataclass(slots=True, kw_only=True)
class Inbox:
    """Keeps messages durably and once. Raises Redis' own errors when it could not."""

    redis: Redis
    lane: Lane
    outbox: Outbox
    book: AddressBook
    seal: Seal
    replies: Replies
    signs: Signs
    clock: Callable[[], datetime]
    _accept: AsyncScript = field(init=False)

    def __post_init__(self) -> None:
        self._accept = self.redis.register_script(ACCEPT)

    async def accept(self, message: InboundMessage) -> bool:
        """Keep a message; False when it was kept before."""
        now = self.clock()
        conversation = await self.book.conversation_of(message.channel, message.address)
        told = self._told(message, now)
        line = await self._stop_line(conversation, told)
        window = SEEN_BY_ID if message.external_id else SEEN_BY_TEXT
        entry = self.lane.entry(conversation, told.model_dump_json().encode(), told.key)
        kept = await self._accept(
            keys=[self._seen(message), person_key(conversation), *self.outbox.lane_names],
            args=[
                to_ms(now),
                window // timedelta(milliseconds=1),
                conversation,
                entry.sealed,
                # STOP does not wait behind other people's messages either.
                int(told.danger or told.stop),
                int(told.stop),
                told.provider,
                lane_name(told.provider),
                line,
                f"{told.key}:stop",
            ],
        )
        return bool(kept)

    async def quarantine(self, provider: str, raw: bytes) -> None:
        """Keep what came from a provider and cannot be a message, for a person to look at."""
        body = self.seal.seal(raw, context=QUARANTINE.encode())
        await self.redis.xadd(
            QUARANTINE,
            {"provider": provider, "body": body},
            maxlen=QUARANTINED,
            approximate=True,
        )

    async def opt_out(self, channel: Channel, address: str) -> None:
        """Send nothing to an address that wants nothing more, until it writes again."""
        conversation = await self.book.find(channel, address)
        if conversation:
            await self.book.opt_out(conversation)

    def _told(self, message: InboundMessage, now: datetime) -> Told:
        sent = message.sent_at
        believed = sent is not None and now - BELIEVED_BACK <= sent <= now + BELIEVED_AHEAD
        text = storable(message.text)
        return Told(
            key=f"{message.provider}:{_as_key(message.external_id)}",
            provider=message.provider,
            channel=message.channel,
            text=text,
            received_at=sent if sent is not None and believed else now,
            arrived_at=now,
            location=message.location,
            media=message.media,
            tap=message.tap,
            danger=self.signs.is_danger(text),
            stop=self.signs.is_stop(text),
        )

    async def _stop_line(self, conversation: str, told: Told) -> bytes:
        if not told.stop:
            return b""
        language = self.signs.form(told.text, await self.book.language(conversation))
        outgoing = Outgoing(
            key=f"{told.key}:stop",
            provider=told.provider,
            channel=told.channel,
            language=language,
            arrived_at=told.arrived_at,
            reply=self.replies.find("utter_stopped", language, told.channel),
            tap=told.tap,
        )
        return self.outbox.entry(conversation, outgoing, 0).sealed

    def _seen(self, message: InboundMessage) -> str:
        if message.external_id:
            return f"seen:{message.provider}:{_as_key(message.external_id)}"
        blind = self.seal.blind(f"{message.address}\n{message.text}")
        return f"seen:{message.provider}:{blind}"


def _as_key(external_id: str | None) -> str:
    """A provider's id as part of a key: as it is, or its hash where it is no plain word."""
    if external_id is None:
        return uuid.uuid4().hex
    if PLAIN_ID.fullmatch(external_id):
        return external_id
    return hashlib.sha256(external_id.encode("utf-8", "replace")).hexdigest()

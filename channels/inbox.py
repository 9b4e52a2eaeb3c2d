"""The inbox: what a webhook hands over is kept here, once, before the provider gets its 200.

Danger and STOP are looked for on the way in. Danger moves its conversation ahead; STOP cancels
what is queued for it and leaves one neutral line, in the same step that keeps the message.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.commands.core import AsyncScript

from channels.address_book import AddressBook, person_key
from channels.arrivals import Arrival, arrival
from channels.lane_scripts import COMMON
from channels.lanes import Lane
from channels.messages import Channel, InboundMessage, Outgoing, Told
from channels.metrics import Metrics
from channels.outbox import Outbox, lane_name
from channels.replies import Replies
from channels.sealing import Seal
from channels.signs import Signs
from channels.times import to_ms

NAME = "inbox"
QUARANTINE = "quarantine"
QUARANTINED = 10_000  # entries kept; older ones make room
SEEN_BY_ID = timedelta(hours=48)  # a provider hands a message over again for up to 24 h
SEEN_BY_TEXT = timedelta(seconds=5)  # where a provider has no ids; "ji" twice in a talk stays two
REMEMBERED = timedelta(hours=48)  # either; what the journal held comes late, with its own time
# A provider's clock is believed this far back and ahead; else the time of arrival counts.
BELIEVED_BACK = timedelta(hours=24)
BELIEVED_AHEAD = timedelta(minutes=5)

# One step, so that "seen", "kept" and "stopped" cannot part when we crash between them.
ACCEPT = f"""{COMMON}
local seen, once, person = KEYS[1], KEYS[2], KEYS[3]
local now, window, remembered, conversation, body, urgent, stop, provider = unpack(ARGV)
local line_lane, line, line_key, road, twins = unpack(ARGV, 9)
local lanes = 4 + tonumber(twins)
now, window = tonumber(now), tonumber(window)
local before = redis.call('GET', seen)
-- Either way round: what the journal held may come after what was sent later.
if before and math.abs(now - tonumber(before)) < window then return 0 end
-- The same message by the other road, where it has another id.
for i = 4, lanes - 1 do
  local came_by = redis.call('GET', KEYS[i])
  if came_by and came_by ~= road then return 0 end
end
-- The very same arrival, kept before and tried again because the answer was lost.
if once ~= seen and not redis.call('SET', once, now, 'NX', 'PX', remembered) then return 0 end
redis.call('SET', seen, now, 'PX', remembered)
for i = 4, lanes - 1 do redis.call('SET', KEYS[i], road, 'PX', remembered) end
redis.call('HSET', person, 'provider', provider)
redis.call('HDEL', person, 'opted_out')
local number = redis.call('HINCRBY', person, 'told', 1)
if stop == '1' then
  local silent = redis.call('HGET', person, 'stopped') == tostring(number - 1)
  redis.call('HSET', person, 'stopped', number)
  -- Said again, it finds nothing in the outbox but the line that the first one left.
  if not silent then
    for i = lanes, #KEYS do cancel(KEYS[i], conversation) end
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
    metrics: Metrics
    clock: Callable[[], datetime]
    _accept: AsyncScript = field(init=False)

    def __post_init__(self) -> None:
        self._accept = self.redis.register_script(ACCEPT)

    async def accept(self, message: InboundMessage) -> bool:
        """Keep a message that arrives now; False when it was kept before."""
        return await self.keep(arrival(message, self.clock()))

    async def keep(self, arrived: Arrival) -> bool:
        """Keep a message under the time and key of its arrival; False when it was kept before."""
        message = arrived.message
        conversation = await self.book.conversation_of(message.channel, message.address)
        told = self._told(arrived)
        line = await self._stop_line(conversation, told)
        window = SEEN_BY_ID if message.external_id else SEEN_BY_TEXT
        entry = self.lane.entry(conversation, told.model_dump_json().encode(), told.key)
        kept = await self._accept(
            keys=[
                self._seen(arrived),
                f"seen:{arrived.key}",
                person_key(conversation),
                *self._twins(message),
                *self.outbox.lane_names,
            ],
            args=[
                to_ms(arrived.at),
                window // timedelta(milliseconds=1),
                REMEMBERED // timedelta(milliseconds=1),
                conversation,
                entry.sealed,
                # STOP does not wait behind other people's messages either.
                int(told.danger or told.stop),
                int(told.stop),
                told.provider,
                lane_name(told.provider),
                line,
                f"{told.key}:stop",
                message.road,
                len(message.twins),
            ],
        )
        self.metrics.messages.labels("kept" if kept else "deduplicated").inc()
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
        self.metrics.messages.labels("quarantined").inc()

    async def opt_out(self, channel: Channel, address: str) -> None:
        """Send nothing to an address that wants nothing more, until it writes again."""
        conversation = await self.book.find(channel, address)
        if conversation:
            await self.book.opt_out(conversation)

    def _told(self, arrived: Arrival) -> Told:
        message, now = arrived.message, arrived.at
        sent, text = message.sent_at, message.text
        believed = sent is not None and now - BELIEVED_BACK <= sent <= now + BELIEVED_AHEAD
        return Told(
            key=arrived.key,
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

    def _seen(self, arrived: Arrival) -> str:
        message = arrived.message
        if message.external_id:
            return f"seen:{arrived.key}"
        blind = self.seal.blind(f"{message.address}\n{message.text}")
        return f"seen:{message.provider}:{blind}"

    def _twins(self, message: InboundMessage) -> list[str]:
        return [f"twin:{message.provider}:{self.seal.blind(name)}" for name in message.twins]

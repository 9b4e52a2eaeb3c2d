"""What holds a reply back: the pace of a chat, a loop, a lifeline of which nobody knows if it went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.limits import Limit, Limits
from channels.messages import Outgoing
from channels.replies import LIFELINES
from channels.sealing import Seal

# Two machines that answer each other end here. People do not ask for the same words so often.
SAME_TEXT = Limit(5, timedelta(minutes=30))
# Numbers to call had better come twice than never, but not again and again on a shared phone.
SENT_AGAIN = Limit(1, timedelta(minutes=30))


@dataclass(frozen=True, slots=True)
class Brakes:
    """The three of them, over all workers."""

    limits: Limits
    seal: Seal
    chat: Limit

    async def chat_wait(self, conversation: str, outgoing: Outgoing, now: datetime) -> timedelta:
        """Return how long a chat still needs its rest; SMS and the simulated phone need none."""
        if outgoing.provider != "telegram":
            return timedelta()
        return await self.limits.wait(f"chat:{conversation}", outgoing.key, self.chat, now)

    async def is_loop(
        self, conversation: str, outgoing: Outgoing, text: str, now: datetime
    ) -> bool:
        """Whether the same text went to the same address too often of late."""
        name = f"same:{conversation}:{self.seal.blind(text)}"
        return bool(await self.limits.wait(name, outgoing.key, SAME_TEXT, now))

    async def may_send_again(
        self, conversation: str, outgoing: Outgoing, tries: int, now: datetime
    ) -> bool:
        """Whether a reply that perhaps went out goes out again: a lifeline, once in its time.

        New danger has a lifeline of its own, and may have that one again too.
        """
        if outgoing.reply.kind != "lifeline":
            return False
        member, name = f"{outgoing.key}:{tries}", f"again:{conversation}"
        wait = await self.limits.wait(name, member, SENT_AGAIN, now)
        if outgoing.reply.response in LIFELINES:
            wait = await self.limits.wait(f"{name}:{outgoing.key}", member, SENT_AGAIN, now)
        return not wait

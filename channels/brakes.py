"""What holds a reply back: the pace of a chat, a loop, a lifeline of which nobody knows if it went."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from channels.claims import Brake
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

    def on(self, conversation: str, outgoing: Outgoing, text: str) -> list[Brake]:
        """Return what a reply has to pass: its chat's rest, then that it is no loop."""
        same = f"same:{conversation}:{self.seal.blind(text)}"
        loop = Brake(same, outgoing.key, SAME_TEXT)
        if outgoing.provider != "telegram":  # SMS and the simulated phone need no rest
            return [loop]
        return [Brake(f"chat:{conversation}", outgoing.key, self.chat), loop]

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

"""The words of a reply at the moment it leaves: what is late, and what has to stand above it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from channels.messages import Outgoing, Reply, Words
from channels.replies import Replies

LATE_KINDS = ("question", "choice")  # asked of somebody who has long put the phone away


@dataclass(frozen=True, slots=True)
class Wording:
    """The reviewed table, and when a question has become too late to ask."""

    replies: Replies
    is_drill: Callable[[str], bool]
    late_after: timedelta

    def timely(self, outgoing: Outgoing, age: timedelta) -> Reply:
        """Return the reply itself, or the neutral receipt where it is a question too late."""
        if outgoing.reply.kind in LATE_KINDS and age > self.late_after:
            return self.replies.find("utter_late", outgoing.language, outgoing.channel)
        return outgoing.reply

    def words(self, outgoing: Outgoing, reply: Reply) -> Words:
        """Return what goes on the wire."""
        return Words(
            key=outgoing.key,
            text=self._text(outgoing, reply),
            buttons=reply.buttons,
            tap=outgoing.tap,
        )

    def _text(self, outgoing: Outgoing, reply: Reply) -> str:
        """The reply under what has to stand above it. A closing line stands alone."""
        above = []
        if reply.kind != "close":
            if outgoing.channel == "telegram":
                above.append("utter_opening")
            if self.is_drill(outgoing.provider) and outgoing.key.endswith((":0", ":away")):
                above.append("utter_test_line")
        texts = [
            self.replies.find(name, outgoing.language, outgoing.channel).text for name in above
        ]
        return "\n".join([*texts, reply.text])

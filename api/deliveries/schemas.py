"""What calls about deliveries carry, and what staff read of them."""

from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel

from api.schemas import ConversationId, Key

ReplyKind = Literal["receipt", "question", "choice", "lifeline", "info", "close"]
# waiting: not yet, the channels go on trying; unknown: it may have been sent; refused: the provider
# will never take it; opted_out: the person had our texts blocked; expired: it became too old to
# send; undelivered: the network says that it did not arrive.
Unreached = Literal["waiting", "unknown", "refused", "opted_out", "expired", "undelivered"]


class DeliveryIn(BaseModel):
    """What became of a reply; `report` is the key of the text it answers."""

    key: Key
    conversation: ConversationId
    report: Key
    kind: ReplyKind
    state: Unreached | Literal["reached"]
    at: AwareDatetime


class DeliveryAnswer(BaseModel):
    """Nothing but that it was noted."""


class UnreachedOut(BaseModel):
    """An answer of ours that did not reach the reporter: its kind, why, and since when."""

    at: datetime
    kind: ReplyKind
    state: Unreached

"""One turn of any action: it is answered on every path, and nothing of it reaches a log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from actions.outcome import Outcome, Say
from actions.questions import NOTHING
from actions.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

log = structlog.get_logger()


async def guarded(
    hear: Callable[[Turn], Awaitable[Outcome]],
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
) -> Outcome:
    """What the turn comes to, said; where it broke, the reporter hears that nobody read it yet."""
    try:
        outcome = await hear(Turn.of(tracker))
    except Exception as error:  # noqa: BLE001  a 500 of this server echoes the conversation
        log.error("turn_failed", error=type(error).__name__)  # noqa: TRY400  its text too
        outcome = Outcome(NOTHING, [Say("utter_not_read")])
    for say in outcome.say:
        dispatcher.utter_message(response=say.response, **say.gaps)
    return outcome

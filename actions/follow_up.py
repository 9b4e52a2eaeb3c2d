"""How far an alert is, by its case code: received, being looked at, closed, and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa_sdk import Action

from actions.alert_api import AlertApi, AlertApiError, alert_api
from actions.guarded import guarded
from actions.outcome import Outcome, Say, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions.turn import Turn


async def status_of(turn: Turn, api: AlertApi) -> Say:
    """What to say to who asks how it goes: of the code in the text, else of the last one told."""
    code = turn.understanding.code or turn.known.get("case_code")
    if not code:
        return Say("utter_ask_code")
    try:
        answer = await api.status(turn.key, turn.conversation, code)
    except AlertApiError:
        return Say("utter_not_read")
    return Say(f"utter_status_{answer.status}", {"case_code": written(code)})


class ActionStatus(Action):  # type: ignore[misc]  # rasa-sdk has no types
    """Answers "how does it go", outside the questions of a report."""

    def __init__(self, api: Callable[[], AlertApi] = alert_api) -> None:
        self._api = api

    def name(self) -> str:
        """As the domain calls it."""
        return "action_status"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002  rasa-sdk hands it over
    ) -> list[dict[str, Any]]:
        """Say how far the alert is."""
        await guarded(self._answer, dispatcher, tracker)
        return []

    async def _answer(self, turn: Turn) -> Outcome:
        return Outcome(None, [await status_of(turn, self._api())])

"""The one action of a report: it hears a text, tells the api, and says what follows.

Rasa's form calls it once a turn, as `validate_report_form`, and asks the question that comes back
in `requested_slot`. Interruptions are answered here too, so that a turn stays one remote call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import structlog
from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.alert_api import AlertAnswer, AlertApi, AlertApiError, AlertCall, alert_api
from actions.asides import HUMAN, aside
from actions.learn import Known, learn, unsure
from actions.outcome import Outcome, Say, asked_by_us, written
from actions.questions import NOTHING, next_question, place_question, unanswered
from actions.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions.told import Told

log = structlog.get_logger()


class ValidateReportForm(Action):  # type: ignore[misc]  # rasa-sdk has no types
    """Hears every text of a report."""

    def __init__(self, api: Callable[[], AlertApi] = alert_api) -> None:
        self._api = api

    def name(self) -> str:
        """As Rasa's form calls it."""
        return "validate_report_form"

    async def run(
        self,
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],  # noqa: ARG002  rasa-sdk hands it over
    ) -> list[dict[str, Any]]:
        """Hear the text and answer on every path."""
        try:
            outcome = await hear(Turn.of(tracker), self._api())
        except Exception as error:  # noqa: BLE001  a 500 of this server echoes the conversation
            log.error("turn_failed", error=type(error).__name__)  # noqa: TRY400  its text too
            outcome = Outcome(NOTHING, [Say("utter_not_read")])
        for say in outcome.say:
            dispatcher.utter_message(response=say.response, **say.gaps)
        # Rasa rejects a form's turn that sets no slot but the requested one, so one is always set.
        known = {"unsent": tracker.slots.get("unsent")} | outcome.known
        slots = [SlotSet(name, value) for name, value in known.items()]
        return [*slots, SlotSet("requested_slot", outcome.question)]


async def hear(turn: Turn, api: AlertApi) -> Outcome:
    """What a turn comes to. Asks the api at most once."""
    if turn.kept_only:
        # Nothing may be said, so nothing may count as asked.
        heard = await report(turn, api) if turn.tells or turn.has_report else Outcome(NOTHING)
        return Outcome(NOTHING, [], heard.known)
    return await aside(turn, api) or await report(turn, api)


async def report(turn: Turn, api: AlertApi) -> Outcome:
    """Tell the api what the text tells, and say what follows; thanks only for what it took."""
    known, told = learn(turn)
    told = told.after(turn.known.get("unsent"))
    if not turn.is_sure and turn.known.get("unclear"):
        known["concern"] = True  # it will not get clearer by asking: a person reads it
    if not (known["concern"] or turn.has_report or turn.is_report or turn.intent == HUMAN):
        # A place or an age came before any concern: it waits for the text it belongs to.
        return Outcome("concern", [], known | {"unsent": told.model_dump()})
    if not told.concerns and not turn.known.get("case_code"):
        told.concerns = [unsure()]
    try:
        answer = await api.tell(_call(turn, known, told))
    except AlertApiError:
        return Outcome(NOTHING, [Say("utter_not_read")], known | {"unsent": told.model_dump()})
    return follow(turn, known, answer)


def _call(turn: Turn, known: Known, told: Told) -> AlertCall:
    return AlertCall(
        **told.model_dump(),
        key=turn.key,
        conversation=turn.conversation,
        channel=turn.channel,
        language=turn.language,
        intent=turn.intent,
        unanswered=unanswered(known),
        complete=next_question(known) is None,
    )


def follow(turn: Turn, known: Known, answer: AlertAnswer) -> Outcome:
    """What is said and asked once the api has the text. At most two SMS."""
    before = turn.known.get("case_code")
    is_first = answer.case_code != before
    if is_first and before:
        # Another child or place: its own alert with its own questions.
        known, _ = learn(replace(turn, known={}, question=None))
    known |= {"case_code": answer.case_code, "unsent": None}
    code = {"case_code": written(answer.case_code)}
    if answer.danger:
        question = place_question(known) or NOTHING
        say = [Say(f"utter_lifeline_{answer.lifeline or 'general'}", code)]
    elif turn.intent == HUMAN:
        question = turn.question or NOTHING
        say = [Say("utter_human", code)]
    else:
        return _go_on(turn, known, code, is_first=is_first)
    return Outcome(question, [*say, *asked_by_us(question, known, turn.channel)], known)


def _go_on(turn: Turn, known: Known, code: dict[str, str], *, is_first: bool) -> Outcome:
    """Without danger: the receipt when the alert is new, then what is still to ask."""
    say = [Say("utter_receipt", code)] if is_first else []
    if is_first and known["reporter_is_child"] and turn.channel == "telegram":
        say.append(Say("utter_comfort"))
    question = next_question(known)
    if question:
        return Outcome(question, [*say, *asked_by_us(question, known, turn.channel)], known)
    if is_first:
        return Outcome(NOTHING, say, known)
    if turn.question in {None, NOTHING}:
        return Outcome(NOTHING, [Say("utter_added", code)], known)
    return Outcome(None, [Say("utter_close", code)], known)

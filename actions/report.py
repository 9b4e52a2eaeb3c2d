"""The one action of a report: it hears a text, tells the api, and says what follows.

Rasa's form calls it once a turn, as `validate_report_form`, and asks the question that comes back
in `requested_slot`. Interruptions are answered here too, so that a turn stays one remote call.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rasa_sdk import Action
from rasa_sdk.events import SlotSet

from actions.alert_api import AlertAnswer, AlertApi, AlertApiError, AlertCall, alert_api
from actions.asides import STOP, aside
from actions.guarded import guarded
from actions.learn import learn, unsure
from actions.outcome import Outcome, Say, asked_by_us, written
from actions.questions import (
    CHANGE,
    CONFIRM,
    NOTHING,
    choices_of,
    is_complete,
    next_question,
    place_question,
    read_back,
    unanswered,
)
from actions.turn import HUMAN, NOT_UNDERSTOOD

if TYPE_CHECKING:
    from collections.abc import Callable

    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions.answering import Known
    from actions.told import Told
    from actions.turn import Turn

NOT_READ = "utter_not_read"


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
        outcome = await guarded(self._hear, dispatcher, tracker)
        # Rasa rejects a form's turn that sets no slot but the requested one, so one is always set.
        known = {"unsent": tracker.slots.get("unsent")} | outcome.known
        slots = [SlotSet(name, value) for name, value in known.items()]
        return [*slots, SlotSet("requested_slot", outcome.question)]

    async def _hear(self, turn: Turn) -> Outcome:
        return await hear(turn, self._api())


async def hear(turn: Turn, api: AlertApi) -> Outcome:
    """What a turn comes to. Asks the api at most once."""
    if turn.kept_only:
        # Nothing may be said, so nothing may count as asked; and a STOP is no answer.
        answers = turn.has_report and turn.intent != STOP
        heard = await report(turn, api) if turn.tells or answers else Outcome(NOTHING)
        unread = [say for say in heard.say if say.response == NOT_READ]  # for the channels alone
        return Outcome(NOTHING, unread, heard.known)
    return await aside(turn, api) or await report(turn, api)


async def report(turn: Turn, api: AlertApi) -> Outcome:
    """Tell the api what the text tells, and say what follows; thanks only for what it took."""
    known, told = learn(turn)
    told = told.after(turn.known.get("unsent"))
    if not turn.is_sure and turn.known.get("unclear"):
        known["concern"] = True  # it will not get clearer by asking: a person reads it
    if not (known["concern"] or turn.has_report or turn.is_report or turn.wants_person):
        # A place or an age came before any concern: it waits for the text it belongs to.
        return Outcome("concern", [], known | {"unsent": told.model_dump()})
    if not told.concerns and not turn.known.get("case_code"):
        told.concerns = [unsure()]
    try:
        answer = await api.tell(_call(turn, known, told))
    except AlertApiError:
        return Outcome(NOTHING, [Say(NOT_READ)], known | {"unsent": told.model_dump()})
    return follow(turn, known, answer)


def _call(turn: Turn, known: Known, told: Told) -> AlertCall:
    remark = turn.understanding.remark
    return AlertCall(
        **told.model_dump(),
        key=turn.key,
        conversation=turn.conversation,
        channel=turn.channel,
        language=turn.language,
        intent=_intent(turn),
        unanswered=unanswered(known),
        complete=is_complete(known),
        continues=turn.question not in {None, NOTHING} or remark == "adds",
        another=remark == "another",
    )


def _intent(turn: Turn) -> str:
    """What the api is told the text is for: a joke that sounds like harm is no danger."""
    if turn.wants_person:
        return HUMAN
    return NOT_UNDERSTOOD if turn.understanding.taken_back else turn.intent


def follow(turn: Turn, known: Known, answer: AlertAnswer) -> Outcome:
    """What is said and asked once the api has the text. At most two SMS."""
    before = turn.known.get("case_code")
    is_first = answer.case_code != before
    if is_first and before:
        # Another child or place: its own alert with its own questions.
        known, _ = learn(replace(turn, known={}, question=None))
    known |= {"case_code": answer.case_code, "unsent": None, "told_key": turn.key}
    known["children"] = [child.model_dump() for child in answer.children]
    known["danger"] = known["danger"] or answer.danger or None
    if answer.choices:
        known["choices"] = choices_of(answer.choices)
    known["read_back"] = read_back(known)
    code = {"case_code": written(answer.case_code)}
    question: str | None
    if answer.danger:
        question = place_question(known) or NOTHING
        say = [
            Say(f"utter_lifeline_{answer.lifeline or 'general'}", code),
            *_elsewhere(turn, known),
        ]
    elif turn.wants_person:
        # Who did not like what we understood has asked for a person, and is asked nothing more.
        is_over = turn.question in {CONFIRM, CHANGE}
        question = None if is_over else turn.question or next_question(known)
        say = [Say("utter_human", code)]
    else:
        return _go_on(turn, known, code, is_first=is_first)
    return Outcome(question, [*say, *asked_by_us(question, known, turn.channel)], known)


def _go_on(turn: Turn, known: Known, code: dict[str, str], *, is_first: bool) -> Outcome:
    """Without danger: the receipt when the alert is new, then what is still to ask."""
    if turn.understanding.taken_back:
        return Outcome(None, [Say("utter_thanks")], known)
    say = _elsewhere(turn, known) or ([Say("utter_receipt", code)] if is_first else [])
    if is_first and known["reporter_is_child"] and turn.channel == "telegram":
        say.append(Say("utter_comfort"))
    question = next_question(known)
    if question:
        return Outcome(question, [*say, *asked_by_us(question, known, turn.channel)], known)
    if say:
        return Outcome(NOTHING, say, known)
    if turn.question in {None, NOTHING}:
        return Outcome(NOTHING, [Say("utter_added", code)], known)
    return Outcome(None, [Say("utter_close", code)], known)


def _elsewhere(turn: Turn, known: Known) -> list[Say]:
    """That a report goes on to the commission, when its place outside KP has just been told."""
    here, before = known["place"], turn.known.get("place")
    if here == before or not isinstance(here, dict) or "elsewhere" not in here:
        return []
    return [Say("utter_elsewhere", {"case_code": written(known["case_code"])})]

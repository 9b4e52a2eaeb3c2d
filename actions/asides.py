"""Texts that tell nothing: questions in between, small talk, what nobody could read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.follow_up import status_of
from actions.outcome import Outcome, Say, asked_by_us
from actions.questions import NOTHING, next_question
from actions.turn import NOT_OURS

if TYPE_CHECKING:
    from actions.alert_api import AlertApi
    from actions.turn import Turn

STOP = "stop_unsafe"
STATUS = "check_status"
HELP = "ask_help_info"
# What interrupts a report, and what is said before the open question is asked again. Where nothing
# is said, the question itself is the answer: an SMS costs money.
INTERRUPTIONS: dict[str, list[Say]] = {
    HELP: [Say("utter_info")],
    "switch_language": [Say("utter_language")],
    STATUS: [],
    "greet": [],
    "thanks": [],
}
# Without an alert, what these get; all other texts that tell nothing get the open prompt.
CALM_ANSWERS = {
    **dict.fromkeys(NOT_OURS, "utter_out_of_scope"),
    "deny": "utter_thanks",
    "dont_know": "utter_thanks",
}
INTERRUPTS = 0.65  # confidence below which a text in mid-form is an answer
SMALL_TALK = frozenset({"affirm", *CALM_ANSWERS})


async def aside(turn: Turn, api: AlertApi) -> Outcome | None:
    """What a text comes to that tells nothing; None when it belongs to the report all the same."""
    if turn.understanding.taken_back:
        return None if turn.has_report else Outcome(NOTHING, [Say("utter_thanks")])
    if turn.tells or turn.wants_person:
        return None
    if turn.intent == STOP and turn.is_sure:
        # What channels knew for a STOP has its one line and gets no reply of ours; this one it
        # took for a text, and silence would be answered with numbers to call.
        return Outcome(None, [Say("utter_stopped")])
    return await _interruption(turn, api)


async def _interruption(turn: Turn, api: AlertApi) -> Outcome | None:
    is_asked = turn.question not in {None, NOTHING}
    # "Give my number to nobody" sounds like a question, and is the answer to ours: once is enough.
    # Who has told nothing yet may ask us as often as they like.
    was_resumed = turn.known.get("resumed") == turn.question != "concern"
    is_answer = is_asked and (was_resumed or turn.confidence < INTERRUPTS)
    if turn.understanding.code or (turn.intent in INTERRUPTIONS and not is_answer):
        return await _interrupted(turn, api)
    if not turn.has_report:
        return _before_a_report(turn)
    if turn.intent in SMALL_TALK and not is_asked and next_question(turn.known) is None:
        return Outcome(NOTHING, [Say("utter_thanks")])
    return None


async def _interrupted(turn: Turn, api: AlertApi) -> Outcome:
    """Answer what was asked in between, then ask the open question again and no other."""
    say = list(INTERRUPTIONS.get(turn.intent, []))
    if turn.intent == STATUS or turn.understanding.code:
        say = [await status_of(turn, api)]
    question = turn.question or NOTHING
    if turn.intent == HELP and question == NOTHING and not turn.has_report:
        question = "concern"  # who asks what this is may want to tell
    if not say and (question == NOTHING or not turn.has_report):
        return Outcome(NOTHING, [Say("utter_thanks" if turn.intent == "thanks" else "utter_greet")])
    again = asked_by_us(question, turn.known, turn.channel)
    return Outcome(question, [*say, *again], {"resumed": question})


def _before_a_report(turn: Turn) -> Outcome | None:
    """Nobody is pressed to tell, and nobody is lost: whom we twice fail to read, a person reads.

    So it is with who told of a child or a place, and says no more when asked what worries them.
    """
    if turn.question == "concern" and turn.known.get("unsent"):
        return None
    if not turn.is_sure and turn.intent not in NOT_OURS:
        return None if turn.known.get("unclear") else Outcome("other_words", [], {"unclear": True})
    calm = CALM_ANSWERS.get(turn.intent)
    return Outcome(NOTHING, [Say(calm)]) if calm else Outcome("concern")

"""What is worked out once comes to what Rasa works out each time."""

from __future__ import annotations

import ast
import copy
import inspect
from contextlib import suppress
from types import SimpleNamespace

import pytest
from jsonschema import ValidationError
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    Event,
    LoopInterrupted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.slots import AnySlot, TextSlot
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.utils.schemas.events import EVENT_SCHEMA
from rasa.utils.endpoints import EndpointConfig

from bot.once import (
    answer_holds,
    keep_endpoint,
    order_of,
    run_in_order,
    what_is_read,
    work_out_once,
)

RASAS_CHECK = RemoteAction._validate_action_result  # noqa: SLF001  what ours stands for
RASAS_RUN = DaskGraphRunner.run
RASAS_CALL = RemoteAction._action_call_format  # noqa: SLF001
RASAS_COPY = DialogueStateTracker.copy
SLOT = {"event": "slot", "timestamp": None, "name": "age", "value": 9}
KINDS = [own["properties"]["event"]["const"] for own in EVENT_SCHEMA["oneOf"]]


def holds(check, answer) -> bool:
    """Whether a check lets an answer through."""
    with suppress(ValidationError):
        return check(RemoteAction("made_up", None), answer)
    return False


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param({}, id="nothing"),
        pytest.param([], id="no object"),
        pytest.param(
            {"events": [SLOT], "responses": [{"response": "utter_a"}]}, id="as ours answer"
        ),
        pytest.param({"events": [SLOT, SLOT | {"name": 9}]}, id="a slot named by a number"),
        pytest.param({"events": [{"event": "slot", "name": "age"}]}, id="a slot without a value"),
        pytest.param({"events": [SLOT | {"timestamp": "now"}]}, id="a time in words"),
        pytest.param({"events": [SLOT | {"metadata": []}]}, id="metadata that is none"),
        pytest.param({"events": [{"name": "age"}]}, id="an event of no kind"),
        pytest.param({"events": [{"event": "made_up"}]}, id="a kind nobody knows"),
        pytest.param({"events": [{"event": 9}]}, id="a kind that is a number"),
        pytest.param({"events": [9]}, id="an event that is a number"),
        pytest.param({"events": SLOT}, id="events that are no list"),
        pytest.param({"events": [{"event": "user", "parse_data": []}]}, id="a text misunderstood"),
        pytest.param({"events": [{"event": "entities"}]}, id="entities without any"),
        pytest.param({"responses": ["utter_a"]}, id="a response that is no object"),
        *(pytest.param({"events": [{"event": kind}]}, id=f"a bare {kind}") for kind in KINDS),
    ],
)
def test_an_answer_holds_when_it_holds_for_rasa(answer):
    assert holds(answer_holds, answer) is holds(RASAS_CHECK, answer)


def test_the_table_of_answers_has_both_sorts():
    assert holds(RASAS_CHECK, {"events": [SLOT]})
    assert not holds(RASAS_CHECK, {"events": [SLOT | {"name": 9}]})


@pytest.fixture
def _at_work(as_rasa_is):  # noqa: ARG001  what is put back
    """Ours in the place of Rasa's."""
    work_out_once()
    work_out_once()  # a second start in one process changes nothing


@pytest.mark.usefixtures("_at_work")
def test_an_events_class_is_found_once():
    for _ in range(3):
        assert Event.resolve_by_type("slot") is SlotSet
        assert Event.resolve_by_type("action") is ActionExecuted
        assert Event.resolve_by_type("topic") is None
        with pytest.raises(ValueError, match="Unknown event name"):
            Event.resolve_by_type("made_up")
    assert Event.resolve_by_type.cache_info().hits == 6


@pytest.mark.usefixtures("_at_work")
@pytest.mark.parametrize("made", [TextSlot, AnySlot])
def test_a_slots_copy_is_one_of_its_own(made):
    slot = made("place", [], initial_value="a", influence_conversation=False)
    slot.value = "b"
    twin = copy.copy(slot)
    assert (type(twin), vars(twin)) == (made, vars(slot))
    slot.value = "c"
    assert twin.value == "b"


DOMAIN = Domain.from_dict(
    {
        "intents": ["provide_age"],
        "slots": {"age": {"type": "any", "mappings": [{"type": "custom"}]}},
        "forms": {"report_form": {"required_slots": ["age"]}},
    }
)


def a_tracker() -> DialogueStateTracker:
    """A conversation in the middle of its form."""
    read = {"text": "umar 9", "intent": {"name": "provide_age", "confidence": 0.9}}
    told = [
        ActionExecuted("action_listen"),
        UserUttered(read["text"], read["intent"], parse_data=read | {"understanding": {"a": 1}}),
        ActionExecuted("report_form"),
        ActiveLoop("report_form"),
        SlotSet("age", 9),
        SlotSet("requested_slot", "gender"),
    ]
    return DialogueStateTracker.from_events("c1", told, DOMAIN.slots)


def test_an_action_is_told_of_rasas_call_what_it_reads():
    action = RemoteAction("validate_report_form", None)
    ours = what_is_read(action, a_tracker(), DOMAIN)
    theirs = RASAS_CALL(action, a_tracker(), DOMAIN)
    parts = {"sender_id", "slots", "latest_message"}
    read = {name: value for name, value in theirs["tracker"].items() if name in parts}
    assert ours["tracker"] == read | {"events": []}
    assert {name: theirs[name] for name in ours if name != "tracker"} == {
        name: value for name, value in ours.items() if name != "tracker"
    }
    assert ours["tracker"]["slots"]["age"] == 9
    assert ours["tracker"]["latest_message"]["understanding"] == {"a": 1}


@pytest.mark.usefixtures("_at_work")
def test_a_trackers_copy_is_in_the_same_state_and_goes_its_own_way():
    def state(tracker):
        return tracker.current_state(EventVerbosity.ALL)

    tracker = a_tracker()
    twin = tracker.copy()
    assert state(twin) == state(RASAS_COPY(tracker)) == state(tracker)
    before = state(tracker)
    twin.update_with_events([SlotSet("age", 10), LoopInterrupted(is_interrupted=True)], DOMAIN)
    assert state(twin) != before
    assert state(tracker) == before


@pytest.mark.parametrize("module", [processor, forms])
def test_rasa_copies_there_for_its_debugging_lines_only(module):
    def copies(tree):
        found = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
        return [
            node for node in found if isinstance(node.value, ast.Name) and node.value.id == "copy"
        ]

    tree = ast.parse(inspect.getsource(module))
    lines = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "structlogger.debug"
    ]
    in_lines = [one for line in lines for one in copies(line)]
    assert in_lines
    assert {*map(id, copies(tree))} == {*map(id, in_lines)}
    assert {one.attr for one in in_lines} == {"deepcopy"}


@pytest.mark.parametrize("has_model", [True, False])
def test_the_agent_calls_the_actions_over_the_kept_session(has_model):
    processor = SimpleNamespace(action_endpoint=None) if has_model else None
    given = EndpointConfig("http://127.0.0.1:1/webhook", enable_selective_domain=True)
    agent = SimpleNamespace(action_endpoint=given, processor=processor)
    kept = keep_endpoint(agent)
    assert agent.action_endpoint is kept
    assert (kept.url, kept.kwargs) == (given.url, given.kwargs)
    assert processor is None or processor.action_endpoint is kept


class Words(GraphComponent):
    """Puts its inputs together, so that the result shows who ran after whom."""

    @classmethod
    def create(cls, config, model_storage, resource, execution_context):  # noqa: ARG003
        return cls()

    def first(self, text):
        return f"first({text})"

    def second(self, one):
        return f"second({one})"

    def last(self, two, one, text):
        return f"last({two}, {one}, {text})"


def node(fn: str, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Words, "create", fn, {}, eager=True)


# Written last first, as Rasa may write it too.
SCHEMA = GraphSchema(
    {
        "last": node("last", two="second", one="first", text="__input__"),
        "aside": node("second", one="first"),
        "second": node("second", one="first"),
        "first": node("first", text="__input__"),
    }
)


def test_a_graph_comes_to_what_dask_makes_of_it(tmp_path):
    runner = DaskGraphRunner(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))
    for targets in (["last"], ["second"], ["aside", "last"]):
        for text in ("a", "b"):
            by_dask = RASAS_RUN(runner, {"__input__": text}, targets)
            assert run_in_order(runner, {"__input__": text}, targets) == by_dask


def test_what_no_target_needs_does_not_run():
    assert order_of(SCHEMA, ("last",)) == ["first", "second", "last"]

"""What Rasa works out anew at each turn, worked out once. Results stay the same, only sooner.

Rasa lets one choose its stores and channels, but nothing of this, so it is replaced here, in the
process that serves and nowhere else:

- the check of an action's answer, which checked Rasa's own schema first and took more than half of
  a turn's processor time;
- the search for an event's class, a walk over all classes for each event of a tracker;
- the order of a model's components, planned by dask three times a turn;
- copies of every event, made for debugging lines that are not written;
- copies of slots by way of Python's pickling, some two hundred a turn;
- copies of a tracker by way of all its events;
- what an action is told: the domain and all events, some 130 kB a turn, that ours do not read;
- a comparison with an empty domain, for a warning of intents that the domain does not have;
- the action endpoint, whose class endpoints.yml cannot name.
"""

from __future__ import annotations

from copy import copy
from functools import cache, lru_cache
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any

import rasa
from jsonschema.validators import validator_for
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.events import Event
from rasa.shared.core.slots import Slot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.schemas.events import EVENT_SCHEMA

from bot.action_endpoint import KeptEndpoint, is_slot

if TYPE_CHECKING:
    from jsonschema.protocols import Validator
    from rasa.core.agent import Agent
    from rasa.engine.graph import GraphSchema
    from rasa.shared.core.domain import Domain

EVENT_KINDS = 64  # more than Rasa has


def work_out_once() -> None:
    """Put ours in the place of Rasa's."""
    RemoteAction._validate_action_result = answer_holds  # noqa: SLF001  there is no other way in
    RemoteAction._action_call_format = what_is_read  # noqa: SLF001
    processor.MessageProcessor._check_for_unseen_features = unwarned  # noqa: SLF001
    DaskGraphRunner.run = run_in_order
    processor.copy = forms.copy = Uncopied
    Slot.__copy__ = copy_of_slot
    DialogueStateTracker.copy = copy_of_tracker
    if not hasattr(Event.resolve_by_type, "cache_info"):
        Event.resolve_by_type = staticmethod(lru_cache(EVENT_KINDS)(Event.resolve_by_type))


class Uncopied:
    """Stands for `copy` in the modules that copy for their debugging lines and for nothing else."""

    @staticmethod
    def deepcopy(value: Any) -> Any:  # noqa: ANN401  as copy's
        """The value itself."""
        return value


def copy_of_slot(slot: Slot) -> Slot:
    """A slot with the same attributes, as `copy.copy` makes it."""
    twin = object.__new__(type(slot))
    twin.__dict__.update(slot.__dict__)
    return twin


def copy_of_tracker(tracker: DialogueStateTracker) -> DialogueStateTracker:
    """A tracker in the same state, which may go its own way."""
    twin = object.__new__(type(tracker))
    twin.__dict__.update(tracker.__dict__)
    twin.events = tracker.events.copy()
    twin.slots = {name: copy(slot) for name, slot in tracker.slots.items()}
    twin.active_loop = copy(tracker.active_loop)
    return twin


def unwarned(_processor: processor.MessageProcessor, _understood: dict[str, Any]) -> None:
    """Warn of no intent: `rasa data validate` holds them all against the domain."""


def what_is_read(
    action: RemoteAction, tracker: DialogueStateTracker, _domain: Domain
) -> dict[str, Any]:
    """A call to our actions: the slots and the last text."""
    return {
        "next_action": action.name(),
        "sender_id": tracker.sender_id,
        "tracker": {
            "sender_id": tracker.sender_id,
            "slots": tracker.current_slot_values(),
            "latest_message": tracker._latest_message_data(),  # noqa: SLF001  as Rasa's own call
            "events": [],
        },
        "version": rasa.__version__,
    }


def keep_endpoint(agent: Agent) -> KeptEndpoint:
    """Let the agent call the actions over one session. Returns it, for who closes it at the end."""
    given = agent.action_endpoint
    kept = KeptEndpoint(given.url, **given.kwargs)
    agent.action_endpoint = kept
    if agent.processor is not None:  # there is none when the model could not be loaded
        agent.processor.action_endpoint = kept
    return kept


def answer_holds(_action: RemoteAction, answer: Any) -> bool:  # noqa: ANN401  any JSON may come
    """Rasa's check of an action's answer. Raises jsonschema.ValidationError, else True, as Rasa's.

    Each event is held against the schema of its own kind, where Rasa tries all two dozen.
    """
    outline, kinds = _schemas()
    if isinstance(answer, dict) and isinstance(answer.get("events"), list):
        # Nearly all that an action says, and seen to be right at a glance.
        others = [event for event in answer["events"] if not is_slot(event)]
        answer = answer | {"events": others}
    outline.validate(answer)
    for event in answer.get("events", []):
        kinds.get(event["event"], kinds["any"]).validate(event)
    return True


@cache
def _schemas() -> tuple[Validator, dict[str, Validator]]:
    """The answer's outline, and the schema of each kind of event; "any" has those of all."""
    spec = RemoteAction.action_response_format_spec()
    event = {name: rule for name, rule in EVENT_SCHEMA.items() if name != "oneOf"}
    events = {"type": "array", "items": event}
    outline = {**spec, "properties": {**spec["properties"], "events": events}}
    kinds = {own["properties"]["event"]["const"]: own for own in EVENT_SCHEMA["oneOf"]}
    kinds["any"] = EVENT_SCHEMA
    make = validator_for(EVENT_SCHEMA)
    return make(outline), {kind: make(schema) for kind, schema in kinds.items()}


def run_in_order(
    runner: DaskGraphRunner,
    inputs: dict[str, Any] | None = None,
    targets: list[str] | None = None,
) -> dict[str, Any]:
    """The output of each target, by its name, as Rasa's runner gives it."""
    schema = runner._graph_schema  # noqa: SLF001  Rasa keeps its graph to itself
    wanted = tuple(targets or schema.target_names)
    orders = runner.__dict__.setdefault("orders", {})
    if wanted not in orders:
        orders[wanted] = order_of(schema, wanted)
    found = {name: (name, value) for name, value in (inputs or {}).items()}
    for name in orders[wanted]:
        needs = schema.nodes[name].needs.values()
        found[name] = runner._instantiated_nodes[name](*(found[need] for need in needs))  # noqa: SLF001
    return {name: found[name][1] for name in wanted}


def order_of(schema: GraphSchema, targets: tuple[str, ...]) -> list[str]:
    """The components that the targets need, each after those whose output it reads."""
    nodes = schema.minimal_graph_schema(list(targets)).nodes
    needs = {name: list(node.needs.values()) for name, node in nodes.items()}
    return [name for name in TopologicalSorter(needs).static_order() if name in nodes]

"""The last component: joins all that was read and learned of a text into one understanding."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

# Rasa reads the annotations at run time, so nothing here is imported for types alone.
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002

from bot.nlu.join import children, concerns, danger, facts, form, places
from bot.nlu.learner import Fact, Learned
from bot.nlu.settle import REPORTS, Evidence, settle

NOTHING = Learned("", [], [], [], Fact("seems_high", 0.0, ()), Fact("seems_immediate", 0.0, ()))


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Understanding(GraphComponent):  # type: ignore[misc]  # Rasa has no types here
    """Reads what all components before wrote, and `metadata["language"]`, `metadata["location"]`.

    Writes `understanding` (JSON; the actions and the api read it), settles `intent`, and adds the
    entity `language`, from which the slot of that name is filled.
    """

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003  Rasa's signature
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Understanding:
        """Rasa's way to make a component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Join each message."""
        for message in messages:
            metadata = message.get("metadata") or {}
            learned = message.get("learned") or NOTHING
            intent, confidence = settle(_evidence(message, learned))
            told = understood(message.data, learned, intent)
            if intent == "switch_language" and message.get("wish"):
                told["reply_language"] = message.get("wish")
            message.set("understanding", told, add_to_output=True)
            settled = {"name": intent, "confidence": confidence}
            others = [
                guess for guess in message.get(INTENT_RANKING_KEY) or [] if guess["name"] != intent
            ]
            message.set(INTENT, settled, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [settled, *others], add_to_output=True)
            language = told["reply_language"] or metadata.get("language")
            if language:
                entity = {"entity": "language", "value": language, "extractor": type(self).__name__}
                entity |= {"start": 0, "end": len(message.get(TEXT) or "")}
                message.set(ENTITIES, [*(message.get(ENTITIES) or []), entity], add_to_output=True)
        return messages


def _evidence(message: Message, learned: Learned) -> Evidence:
    hits, figures = message.get("heard").hits, message.get("figures")
    return Evidence(
        words=message.get("words"),
        guesses=learned.intents,
        stop=figures.stop,
        code=figures.code is not None,
        pin=bool((message.get("metadata") or {}).get("location")),
        danger=any(hit.danger for hit in hits),
        concern=any(hit.concerns for hit in hits),
        writer_is_child=message.get("child_facts").writer,
    )


def understood(found: dict[str, Any], learned: Learned, intent: str) -> dict[str, Any]:
    """The understanding of a text, JSON only; its keys are the contract with actions and api."""
    is_report = intent in REPORTS
    child_facts, when, figures = (found[key] for key in ("child_facts", "when", "figures"))
    language, reply_language = form(found["form"], learned)
    is_writer = child_facts.writer or intent == "self_report"
    is_danger, danger_words = danger(found["heard"].hits, learned, is_report=is_report)
    return {
        "language": language,
        "reply_language": reply_language,
        "danger": is_danger,
        "danger_words": danger_words,
        "concerns": concerns(found["heard"].hits, learned, is_report=is_report),
        "facts": facts(found, learned, is_report=is_report),
        "places": places(found["mentions"]),
        "elsewhere": asdict(found["elsewhere"]) if found["elsewhere"] else None,
        "children": children(child_facts, is_writer=is_writer),
        "when": when.words if when else None,
        "numbers": figures.numbers,
        "code": figures.code,
        "reporter_is_child": is_writer,
        "remark": found["remarks"].remark,
        "ages": list(found["remarks"].ages),
        "refused": list(found["remarks"].refused),
        # Words that tell harm tell it, also beside "it was a joke".
        "taken_back": found["remarks"].taken_back and not found["heard"].hits,
    }

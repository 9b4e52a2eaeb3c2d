"""The learned part of the understanding, as one component of Rasa's pipeline."""

from __future__ import annotations

from typing import Any

# Rasa reads the annotations at run time, so nothing here is imported for types alone.
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002

from bot.nlu.grams import Seen
from bot.nlu.learner import Example, Learner
from bot.nlu.marks import marks


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Classifier(GraphComponent):  # type: ignore[misc]  # Rasa has no types here
    """Reads what the readers found. Writes `intent` and `intent_ranking` (Rasa's own) and `learned`.

    Learns from the examples' own metadata: form, concerns, facts, risk. `learned` is a
    bot.nlu.learner.Learned: a chance for each concern, fact and danger.
    """

    def __init__(
        self, model_storage: ModelStorage, resource: Resource, learner: Learner | None
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._learner = learner

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003  Rasa's signature
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Classifier:
        """Rasa's way to make a component that has learned nothing yet."""
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003  Rasa's signature
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ANN401, ARG003
    ) -> Classifier:
        """Rasa's way to make a component from the stored model."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Learner.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples and store what was learned."""
        self._learner = Learner.fit([_example(told) for told in training_data.intent_examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._learner.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Judge each message. An empty text is left without an intent."""
        for message in messages:
            if self._learner is None or not message.get(TEXT):
                continue
            learned = self._learner.judge(_seen(message))
            ranking = [{"name": name, "confidence": chance} for name, chance in learned.intents]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking[:3], add_to_output=True)
            message.set("learned", learned)
        return messages


def _seen(message: Message) -> Seen:
    return Seen(message.get("words"), message.get("heard").classes, marks(message.data))


def _example(message: Message) -> Example:
    told = (message.get("metadata") or {}).get("example", {})
    return Example(
        seen=_seen(message),
        form=told.get("form", ""),
        intent=message.get(INTENT),
        concerns=frozenset(told.get("concerns", ())),
        facts=frozenset(told.get("facts", ())),
        risk=told.get("risk", ""),
    )

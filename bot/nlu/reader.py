"""What all components share that read one thing out of a message by reviewed tables."""

from __future__ import annotations

import math
from abc import abstractmethod
from itertools import chain
from pathlib import Path
from typing import Any

from joblib import Parallel, cpu_count, delayed

# Rasa reads the annotations at run time, so nothing here is imported for types alone.
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource  # noqa: TC002
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

NLU_DATA = Path(__file__).resolve().parents[2] / "nlu_data"
LOOKUPS = NLU_DATA / "lookups"


class ReadExamples(TrainingData):  # type: ignore[misc]  # Rasa has no types here
    """Training examples with findings, told apart by what they were and who read them.

    Rasa would hash every finding of every text again after each reader, to know it and to drop
    doubles: half a minute in all. The cache it does that for is named by a hash over all that is
    read from (scripts/train.py).
    """

    def __init__(self, examples: TrainingData, reader: str) -> None:
        self.__dict__.update(vars(examples))  # and not Rasa's own way to make one, which hashes too
        self._fingerprint = f"{examples.fingerprint()} {reader}"

    def fingerprint(self) -> str:
        """What Rasa knows this state of the examples by."""
        return self._fingerprint


class Reader(GraphComponent):  # type: ignore[misc]  # Rasa has no types here
    """Reads `text` and writes its finding under `key`, in training as in service.

    The tables are read when the component is made: Rasa makes each once, at training or at start.
    What is not `is_learned_from` is left out of training: the learner never sees it.
    """

    key: str
    is_learned_from = True

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003  Rasa's signature
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Reader:
        """Rasa's way to make a component."""
        return cls(config)

    def __init__(self, config: dict[str, Any]) -> None:
        self.config = config

    @abstractmethod
    def read(self, text: str, metadata: dict[str, Any]) -> Any:  # noqa: ANN401  each finds its own
        """What the text tells. `metadata` is what the channel sent with it."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message."""
        for message in messages:
            text = message.get(TEXT) or ""
            message.set(self.key, self.read(text, message.get("metadata") or {}))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read each training example, so that the learner sees what it will see in service."""
        if not self.is_learned_from:
            return training_data
        examples = training_data.training_examples
        texts = [example.get(TEXT) for example in examples]
        size = math.ceil(len(texts) / cpu_count()) or 1
        # Forked processes, which need not load all of Rasa first.
        shares = Parallel(n_jobs=cpu_count(), backend="multiprocessing")(
            delayed(self._findings)(texts[first : first + size])
            for first in range(0, len(texts), size)
        )
        for example, findings in zip(examples, chain.from_iterable(shares), strict=True):
            example.data.update(findings)
        return ReadExamples(training_data, self.key)

    def _findings(self, texts: list[str]) -> list[dict[str, Any]]:
        """What this reader writes of each of these texts."""
        messages = [Message({TEXT: text}) for text in texts]
        return [message.data for message in self.process(messages)]

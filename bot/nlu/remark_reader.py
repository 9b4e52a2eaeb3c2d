"""The component that reads what a text says of what was told before."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002  Rasa reads annotations

from bot.nlu.reader import LOOKUPS, Reader
from bot.nlu.remarks import Remarks, RemarkWords, remarks_in
from language.child_words import ChildWords


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class RemarkReader(Reader):
    """Writes `remarks`: what the text sets right, adds or takes back. Reads `mentions`."""

    key = "remarks"
    is_learned_from = False

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._children = ChildWords.load(LOOKUPS)
        self._words = RemarkWords.load(LOOKUPS)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message beside the places found in it."""
        for message in messages:
            places = [mention.words for mention in message.get("mentions") or []]
            message.set(self.key, self._read(message.get(TEXT) or "", places))
        return messages

    def read(self, text: str, metadata: dict[str, Any]) -> Remarks:  # noqa: ARG002
        """The remarks of a text that names no place."""
        return self._read(text, [])

    def _read(self, text: str, places: list[str]) -> Remarks:
        return remarks_in(text, self._children.read(text), places, self._words)

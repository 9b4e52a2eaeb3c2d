"""The components that read by reviewed tables, each a thin skin over `language` or a module beside it.

All read `text`; what each writes is told in its own line. None learns anything.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002  Rasa reads annotations
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002

from bot.nlu.reader import LOOKUPS, NLU_DATA, Reader
from bot.nlu.several import each_of_several
from bot.nlu.when import TimeWords, When, when_in
from bot.nlu.wish import LanguageNames, wished
from language.child_words import ChildWords
from language.children import Child, age_facts, children_in
from language.elsewhere import ElsewherePlaces
from language.form import Form, FormWords, form_of
from language.lexicon import Hit, Lexicon
from language.normalise import tokens
from language.numbers import code_in, numbers_in
from language.places import Gazetteer, Mention
from language.stop import StopWords
from language.writer import own_gender, tells_own_age

if TYPE_CHECKING:
    from language.ages import Gender

register = DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False
)


@register
class Normaliser(Reader):
    """Writes `words`: the normalised words, in order."""

    key = "words"

    def read(self, text: str, metadata: dict[str, Any]) -> list[str]:  # noqa: ARG002
        """The normalised words."""
        return tokens(text)


@register
class LanguageForm(Reader):
    """Writes `form` (language.form.Form). Reads `metadata["language"]`: the conversation's form."""

    key = "form"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._words = FormWords.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> Form:
        """The text's form; one word keeps the conversation's."""
        return form_of(text, self._words, metadata.get("language"))


@dataclass(frozen=True)
class Heard:
    """Hits of reviewed phrases, and for each word the reviewed classes it is of (`@beats`)."""

    hits: list[Hit]
    classes: list[list[str]]


@register
class LexiconReader(Reader):
    """Writes `heard`: danger, facts and concerns by reviewed phrases, and the words' classes."""

    key = "heard"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._lexicon = Lexicon.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> Heard:  # noqa: ARG002
        """What reviewed phrases and words tell, in the order of the text."""
        reading = self._lexicon.read(text)
        classes = [sorted(atom for atom in atoms if atom[0] == "@") for atoms in reading.places]
        return Heard(self._lexicon.hits(text, reading), classes)


@register
class PlaceMentions(Reader):
    """Writes `mentions`: places of the gazetteer, best first; several of one score are ambiguous.

    Where there is none it writes `elsewhere`: a place outside Khyber Pakhtunkhwa, or None.
    In service it reads what an operator imported into AMAAN_PLACES too. Training never does, so
    that the model of these files is one model, and none need be trained again after an import.
    """

    key = "mentions"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        imported = os.environ.get("AMAAN_PLACES")
        self._gazetteer = Gazetteer.load(
            NLU_DATA / "places.csv", Path(imported) if imported else None
        )
        self._elsewhere = ElsewherePlaces.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> list[Mention]:  # noqa: ARG002
        """The places named."""
        return self._gazetteer.find(text)

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message, and places outside KP of those that name none within."""
        for message in super().process(messages):
            told = None
            # A village of KP may bear the name of a quarter of Rawalpindi.
            if all(mention.place.level == "village" for mention in message.get(self.key) or ()):
                told = self._elsewhere.find(message.get(TEXT) or "")
            if told:
                message.set(self.key, [])
            message.set("elsewhere", told)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Read each training example, by the reviewed places alone."""
        self._gazetteer = Gazetteer.load(NLU_DATA / "places.csv")
        return super().process_training_data(training_data)


@dataclass(frozen=True)
class ChildFacts:
    """The children told of, the age facts with their words, and what the writer is.

    `writer`: under eighteen by what the text says; `own_gender`: what the writer's verbs tell.
    """

    children: list[Child]
    facts: list[tuple[str, str]]
    writer: bool
    own_gender: Gender | None = None


@register
class ChildReader(Reader):
    """Writes `child_facts`: ages and genders, each child apart, and what the ages make true."""

    key = "child_facts"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._words = ChildWords.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> ChildFacts:  # noqa: ARG002
        """The children of the text."""
        told = self._words.read(text)
        children = each_of_several(told, children_in(told))
        return ChildFacts(
            children, age_facts(told, children), tells_own_age(told), own_gender(told)
        )


@register
class TimeReader(Reader):
    """Writes `when`: the words that tell a time and the facts they make true, or None."""

    key = "when"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._time = TimeWords.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> When | None:  # noqa: ARG002
        """The nearest time told."""
        return when_in(text, self._time)


@register
class WishReader(Reader):
    """Writes `wish`: the language form a text names, should it be asking for another one.

    Reads `metadata["language"]`: "roman" alone means Roman letters for the conversation's language.
    """

    key = "wish"
    is_learned_from = False

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._names = LanguageNames.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> str | None:
        """The form named, or None."""
        return wished(text, self._names, metadata.get("language"))


@dataclass(frozen=True)
class Figures:
    """The numbers up to 100, the case code, and whether the text asks for silence."""

    numbers: list[int]
    code: str | None
    stop: bool


@register
class FigureReader(Reader):
    """Writes `figures`: numbers in digits and words, a case code, and whether it is a stop word."""

    key = "figures"

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config)
        self._stop = StopWords.load(LOOKUPS)

    def read(self, text: str, metadata: dict[str, Any]) -> Figures:  # noqa: ARG002
        """Numbers, code and stop of the text."""
        return Figures(numbers_in(text), code_in(text), self._stop.is_stop(text))

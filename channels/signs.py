"""What is looked for in a text before anything else: danger, STOP, and the form to answer in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from language.form import FormWords, form_of
from language.lexicon import Lexicon
from language.stop import StopWords

FALLBACK = "en"  # the form every reply of the table has without a condition


@dataclass(frozen=True, slots=True)
class Signs:
    """The reviewed lookups, read once."""

    lexicon: Lexicon
    stop_words: StopWords
    form_words: FormWords

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read the lookups of a folder."""
        return cls(Lexicon.load(folder), StopWords.load(folder), FormWords.load(folder))

    def is_danger(self, text: str) -> bool:
        """Whether the lexicon finds danger in the text."""
        return any(hit.danger for hit in self.lexicon.hits(text))

    def is_stop(self, text: str) -> bool:
        """Whether the text tells us to stop."""
        return self.stop_words.is_stop(text)

    def form(self, text: str, conversation: str | None) -> str:
        """Return the form to answer in: the text's, else the conversation's, else English."""
        return form_of(text, self.form_words, conversation).reply or conversation or FALLBACK

"""The reviewed data that judgement reads: words, places, units, rules. Loaded once, at start."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from api.alerts.deadlines import Deadlines, load_deadlines
from api.alerts.lifeline import Choice, load_lifelines
from api.alerts.rules import Taxonomy, load_taxonomy
from api.places.areas import Areas
from api.places.units import Unit, load_units
from language.child_words import ChildWords
from language.form import FormWords
from language.lexicon import Lexicon
from language.places import Gazetteer

if TYPE_CHECKING:
    from collections.abc import Sequence

OURS = Path(__file__).parent / "alerts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """All tables that people review, ready to be asked."""

    lexicon: Lexicon
    form_words: FormWords
    child_words: ChildWords
    gazetteer: Gazetteer
    areas: Areas | None  # the districts' polygons, where an operator imported them
    units: Sequence[Unit]
    taxonomy: Taxonomy
    deadlines: Deadlines
    lifelines: Sequence[Choice]

    @classmethod
    def load(cls, nlu_data: Path, places: Path | None = None) -> Reference:
        """Read everything, and what was imported into the folder `places`, if anything.

        An error names the file or the entry that is wrong.
        """
        lookups = nlu_data / "lookups"
        return cls(
            lexicon=Lexicon.load(lookups),
            form_words=FormWords.load(lookups),
            child_words=ChildWords.load(lookups),
            gazetteer=Gazetteer.load(nlu_data / "places.csv", places),
            areas=Areas.load(places),
            units=load_units(nlu_data / "units.csv"),
            taxonomy=load_taxonomy(nlu_data / "concerns.yml", OURS / "rules.yml"),
            deadlines=load_deadlines(OURS / "deadlines.yml"),
            lifelines=load_lifelines(OURS / "lifeline.yml"),
        )

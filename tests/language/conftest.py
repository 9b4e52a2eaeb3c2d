"""The reviewed tables, loaded once for all tests of this folder."""

from pathlib import Path

import pytest

from language.form import FormWords
from language.lexicon import Lexicon
from language.places import Gazetteer
from language.stop import StopWords

ROOT = Path(__file__).parents[2]
LOOKUPS = ROOT / "nlu_data" / "lookups"


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.load(LOOKUPS)


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer.load(ROOT / "nlu_data" / "places.csv")


@pytest.fixture(scope="session")
def stop_words() -> StopWords:
    return StopWords.load(LOOKUPS)


@pytest.fixture(scope="session")
def form_words() -> FormWords:
    return FormWords.load(LOOKUPS)


@pytest.fixture(scope="session")
def places_csv() -> Path:
    return ROOT / "nlu_data" / "places.csv"

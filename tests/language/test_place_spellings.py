"""Places as people spell them by ear: place_spellings.tsv, a table of texts and districts."""

from pathlib import Path

import pytest

from language.places import Gazetteer
from language.tables import rows

CASES = [
    pytest.param(row["text"], row["district"], id=f"{row['text']} is in {row['district']}")
    for row in rows(Path(__file__).with_name("place_spellings.tsv"))
]


@pytest.mark.parametrize(("text", "district"), CASES)
def test_a_spelling_by_ear_finds_its_district(
    gazetteer: Gazetteer, text: str, district: str
) -> None:
    found = gazetteer.find(text)
    best = {mention.place.district for mention in found if mention.score == found[0].score}
    assert best == {district}

"""What reporters say in the bench: whole dialogues for the turn, first texts for the rest.

All people and places in them are made up or public; no text stands in the training data.
"""

import csv
import itertools
from collections.abc import Iterator, Sequence

from tests.bench.processes import ROOT

# One text answers one question of both arms: what, where, now, age, girl or boy, call, right, thanks.
DIALOGUES = (
    (
        "hamare school mein ustad aik larke ko roz danday se marta hai",
        "Bara",
        "haan abhi bhi",
        "10",
        "larka",
        "nahi",
        "1",
        "shukriya",
    ),
    (
        "My neighbour beats his son every evening with a belt",
        "Mardan",
        "1",
        "8",
        "2",
        "2",
        "1",
        "thank you",
    ),
    (
        "ہمارے محلے میں ایک بچی سے دن رات گھر کا کام کرایا جاتا ہے",
        "مردان",
        "1",
        "11",
        "لڑکی",
        "نہیں",
        "1",
        "شکریہ",
    ),
)

TELLING = (
    "{place} mein aik dukandar apne shagird larke ko roz thappar marta hai",
    "{place} ke bazar mein aik larki sara din bheek mangti hai, us ka koi nahi",
    "In {place} a man beats his nephew with a stick, the boy is about ten",
    "{place} ke bhatte par chhote bache kaam karte hain, school nahi jate",
    "{place} میں ایک آدمی اپنی بیٹی کو سکول جانے سے روکتا ہے اور مارتا ہے",
)
DANGER = (
    "{place} mein aik admi abhi bachay ko churi se mar raha hai, jaldi ao",
    "Help, in {place} a man is choking a girl right now",
)


# Towns that the unit of Mardan serves, so that one officer sees all that is told from them.
UNIT = "mardan"
TOWNS = (
    "Mardan",
    "Takht Bhai",
    "Katlang",
    "Rustam",
    "Shergarh",
    "Lund Khwar",
    "Garhi Kapura",
    "Shahbaz Garhi",
    "Gujar Garhi",
    "Bakhshali",
    "Jamal Garhi",
)


def tellings(
    patterns: Sequence[str] = TELLING, places: Sequence[str] | None = None
) -> Iterator[str]:
    """First texts without end: every way to tell it from each place, else from each district."""
    told = itertools.product(patterns, places or districts())
    return (pattern.format(place=place) for pattern, place in itertools.cycle(told))


def districts() -> list[str]:
    """The districts' names."""
    with (ROOT / "nlu_data/places.csv").open(encoding="utf-8") as lines:
        return [row["name_en"] for row in csv.DictReader(lines) if row["level"] == "district"]

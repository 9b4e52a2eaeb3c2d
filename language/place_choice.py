"""Which of several places of one name a text means: pure functions of the places it names."""

from collections.abc import Container, Sequence

from language.place_name import WITH_ENDING, Named
from language.place_table import LEVELS, Place
from language.place_words import WEAK

# A district beside a place of its own is only where that place is.
_AS_HINT = 0.5
# Where a child comes from, or is being taken, is not where the child is.
_ELSEWHERE = 0.5
# What parts districts that were one, and that people still call by one name.
_PARTS = frozenset({"Upper", "Lower", "North", "South"})
# A village that bears the name of a district elsewhere is seldom meant.
_BELOW_DISTRICT = 0.9


def fits(place: Place, other: Place, level: str | None, *, equal: bool) -> bool:
    """Tell whether the place is rather meant than another of its name in its district."""
    if place.imported != other.imported:
        return other.imported
    if level in {place.level, other.level}:
        return place.level == level and other.level != level
    return equal and LEVELS.index(place.level) < LEVELS.index(other.level)


def share_district(places: list[Place], others: list[Place]) -> bool:
    """Tell whether a reviewed place of these lies in a district of the others."""
    districts = {other.district for other in others}
    return any(place.district in districts and not place.imported for place in places)


def of_the_whole_behind(
    named: Named, places: list[Place], groups: Sequence[tuple[Named, list[Place]]]
) -> list[Place]:
    """Give those of the district whose name stands right behind: "Wari Dir", "Khal Dir".

    Either word alone may be a common one; the two together are none.
    """
    wholes = {
        _whole(place.district)
        for other, whole in groups
        if other.span[0] == named.span[1]
        for place in whole
        if _names_the_whole(place)
    }
    return [place for place in places if not place.imported and _whole(place.district) in wholes]


def narrowed(places: list[Place], others: list[Place]) -> list[Place]:
    """Give those of homonyms that lie in a district (or tehsil) the text names too."""
    if len(places) == 1:
        return places
    districts = {other.district for other in others if other.level in {"district", "tehsil"}}
    hinted = [place for place in places if place.district in districts]
    reviewed = [place for place in hinted or places if not place.imported]
    return reviewed or hinted or places


def away(groups: Sequence[tuple[Named, list[Place]]]) -> set[str]:
    """Give the districts somebody comes from or is taken to, where another is named besides.

    Alone, such a district is the best that is known: "I write from Swat". A guessed name is no
    other place, nor is one beside which nothing speaks of a place: "khana wana".
    """
    gone = {p.district for named, places in groups if named.beside.away for p in places}
    there = {
        place.district
        for named, places in groups
        for place in places
        if not (named.beside.away or place.imported or named.quality < WITH_ENDING)
        and (named.beside.sureness >= WEAK or place.level == "district")
        and not (place.level == "district" and place.district in gone)
    }
    gone -= there
    others = {_whole(district) for district in there} - {_whole(district) for district in gone}
    return gone if others else set()


def share_of(
    place: Place, homonyms: list[Place], others: list[Place], gone: Container[str]
) -> float:
    """Give the part of its score that a place keeps; less in the districts that are `gone`."""
    kept = rank(place, homonyms, others)
    return min(kept, _ELSEWHERE) if place.district in gone else kept


def _whole(district: str) -> str:
    """Give the name that a district shares with those it was one with: Dir, Chitral."""
    return " ".join(word for word in district.split() if word not in _PARTS)


def _names_the_whole(place: Place) -> bool:
    return place.level == "district" or place.name == _whole(place.district)


def rank(place: Place, homonyms: list[Place], others: list[Place]) -> float:
    """Give the part of its score that a place keeps beside homonyms and the others named.

    "Samar Bagh, Dir" is in Lower Dir, though Dir alone is the town of Upper Dir.
    """
    others = [other for other in others if place.imported or not other.imported]
    if place.level == "district" and any(
        other.district == place.district and other.level != "district" for other in others
    ):
        return _AS_HINT
    if _names_the_whole(place) and any(
        other.district != place.district
        and _whole(other.district) == _whole(place.district)
        and not _names_the_whole(other)
        for other in others
    ):
        return _AS_HINT
    if place.level == "tehsil" and any(
        (other.district, other.tehsil) == (place.district, place.tehsil)
        and other.level in {"town", "village"}
        for other in others
    ):
        return _AS_HINT
    if place.level != "district" and any(other.level == "district" for other in homonyms):
        return _BELOW_DISTRICT
    return 1.0

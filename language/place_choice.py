"""Which of several places of one name a text means: pure functions of the places it names."""

from language.place_table import LEVELS, Place

# A district beside a place of its own is only where that place is.
_AS_HINT = 0.5
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


def narrowed(places: list[Place], others: list[Place]) -> list[Place]:
    """Give those of homonyms that lie in a district (or tehsil) the text names too."""
    if len(places) == 1:
        return places
    districts = {other.district for other in others if other.level in {"district", "tehsil"}}
    hinted = [place for place in places if place.district in districts]
    reviewed = [place for place in hinted or places if not place.imported]
    return reviewed or hinted or places


def rank(place: Place, homonyms: list[Place], others: list[Place]) -> float:
    """Give the part of its score that a place keeps beside homonyms and the others named."""
    others = [other for other in others if place.imported or not other.imported]
    if place.level == "district" and any(
        other.district == place.district and other.level != "district" for other in others
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

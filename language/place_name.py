"""A name of a place: how a place bears it, how a text holds it, and its key."""

from dataclasses import dataclass, field

from language.normalise import skeleton, tokens
from language.place_words import NONE, Beside

# How well a name is heard: as it is, with an ending, by ear, with a slip.
EXACT, WITH_ENDING, HEARD, MISSPELT = 1.0, 0.95, 0.85, 0.8


@dataclass(frozen=True)
class Named:
    """A name found in a text: the ids of the places that bear it, and what stands beside it.

    `places` tells of each place whether the name is its own or a by-name. `quality` is 1 for the
    name itself, less for an ending, an ear's spelling or a slip. `beside` is what the words beside
    it say, and `need` how surely they have to say that it is a place. `span` is its first word and
    the one after its last.
    """

    places: dict[str, bool]
    words: str = field(repr=False)
    span: tuple[int, int]
    quality: float
    need: int
    beside: Beside


@dataclass(frozen=True)
class Borne:
    """How a place bears a name: as its `own` or as a by-name.

    `need` is how surely the words beside it have to make it a place. A `well_known` name, such as a
    district's, is heard in fewer consonants. An `exact` one is found as it is spelt only, and not
    at all where it is words of ours; it changes nothing in how the names before it are found.
    """

    own: bool
    need: int = NONE
    well_known: bool = False
    exact: bool = False


def name_key(name: str) -> str:
    """Give the key under which the spellings of a name meet, run together or not."""
    return skeleton("".join(tokens(name)))

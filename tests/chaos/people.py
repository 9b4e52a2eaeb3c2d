"""Made-up people and what each of them writes, drawn from a seed: the same seed draws the same."""

import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

PROVIDERS = ("africastalking", "kannel", "telegram")
SYLLABLES = (
    *("zar", "mo", "pek", "sul", "tir", "wan", "gha", "lu"),
    *("dim", "ro", "kas", "ben", "nok", "fal", "jus"),
)
PLACES = (
    *("Mingora", "Saidu Sharif", "Mardan", "Charsadda", "Bannu", "Kohat", "Swabi", "Abbottabad"),
    *("Batkhela", "Hangu", "مینګورې"),
)
# Each names somebody of its own, so that no two texts are alike.
CONCERNS = (
    "{place} mein {age} saal ka bacha hotel mein bartan dhota hai, malik {name} us ko marta hai",
    "{place} ke paas {name} naam ka aadmi {age} saal ki bachi se bheek mangwata hai",
    "{place} mein {age} saal ki larki ki shadi zabardasti {name} se kar rahe hain",
    "In {place} a man called {name} beats his {age} year old son every day",
    "{place} ke madrase mein ustad {name} {age} saal ke larke ko danday se marta hai",
    "pa {place} ke {name} da {age} kalo halak hara wraz wahi",
    "{place} کے ہوٹل میں {name} دس سال کے بچے سے کام کرواتا اور مارتا ہے",
)
DANGERS = (
    "jaldi aao {name} apne {age} saal ke bete ko chaqu se maar raha hai abhi, {place}",
    "bachao {place} mein {name} abhi bachi ko zinda jala raha hai",
    "please come now, {name} is beating a {age} year old girl with an axe in {place}",
)
SMALL_TALK = (
    "salam, kya haal hai {name} bhai",
    "shukria {name} bhai",
    "ye number kis ka hai, {name} ne diya tha",
    "kal {name} ka cricket match hai",
)
ANSWERS = (
    "larki hai, naam nahi bataunga, {name} ko na batana",
    "haan abhi bhi ho raha hai, {name} ne dekha",
    "nahi pata, {name} se poochain",
    "wo {name} ke ghar ke paas rehta hai",
    "{place}, {name} ke hujre ke sath",
    "{age} saal",
    "1",
    "2",
    "0",
)


@dataclass(frozen=True)
class Text:
    """One text: its provider's id, its words, and what it is for the count."""

    id: str
    words: str = field(repr=False)
    tells: bool = False  # a concern, so that an alert exists from here on
    stops: bool = False


@dataclass(frozen=True)
class Person:
    """Who writes, by which provider, and the texts in their order."""

    provider: str
    address: str = field(repr=False)  # E.164, or the chat's number
    texts: tuple[Text, ...]

    def key(self, text: Text) -> str:
        """The key under which this text is known everywhere."""
        return f"{self.provider}:{text.id}"


def chances(seed: int, part: str) -> random.Random:
    """Chances of its own for each part of a run, so that one part's draws do not move another's."""
    return random.Random(f"{seed} {part}")  # noqa: S311  a seed can be told


def draw_people(rng: random.Random, people: int, messages: int) -> list[Person]:
    """Return so many people who write so many texts in all, each at least one."""
    names = _names(rng)
    counts = [messages // people + (number < messages % people) for number in range(people)]
    for _ in range(people):  # some write more, some less
        more, less = rng.randrange(people), rng.randrange(people)
        if more != less and counts[less] > 1 and counts[more] < 2 * messages // people:
            counts[more], counts[less] = counts[more] + 1, counts[less] - 1
    return [_person(rng, number, count, names) for number, count in enumerate(counts)]


def _person(rng: random.Random, number: int, count: int, names: Iterator[str]) -> Person:
    provider = PROVIDERS[number % len(PROVIDERS)]
    opens = min(rng.choice((0, 0, 0, 1, 2)), count - 1)
    silent = rng.random() < 0.1  # never tells anything
    stop = rng.randrange(1, count) if count > 2 and rng.random() < 0.12 else None
    texts = []
    for place in range(count):
        kind: tuple[str, ...] = ANSWERS if rng.random() < 0.75 else SMALL_TALK
        if place < opens or silent:
            kind = SMALL_TALK
        elif place == opens or rng.random() < 0.1:
            kind = DANGERS if rng.random() < 0.2 else CONCERNS
        words = rng.choice(kind).format(
            place=rng.choice(PLACES), age=rng.randint(6, 16), name=next(names)
        )
        stops = place == stop
        tells = kind in {CONCERNS, DANGERS} and not stops
        texts.append(Text(_id(rng, provider), "STOP" if stops else words, tells, stops))
    address = str(400_000_000 + number) if provider == "telegram" else f"+92300{7_000_000 + number}"
    return Person(provider, address, tuple(texts))


def _id(rng: random.Random, provider: str) -> str:
    """An id as the provider gives them: a number at Telegram, else a UUID."""
    if provider == "telegram":
        return str(rng.randrange(10**8, 10**9))
    return str(uuid.UUID(int=rng.getrandbits(128), version=4))


def _names(rng: random.Random) -> Iterator[str]:
    """Names that nobody bears, none of them twice."""
    drawn = ["".join(parts).capitalize() for parts in product(SYLLABLES, repeat=4)]
    rng.shuffle(drawn)
    return iter(drawn)

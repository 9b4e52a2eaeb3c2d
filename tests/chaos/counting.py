"""Counts, from outside, what became of every text that got a 200, and names what broke a promise.

Pure: what was handed over and what was found go in; figures and the ids of breaches come out. No
text ever does.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from tests.chaos.people import Person

SAME_TEXT = 5  # the same text goes to one address so often in half an hour; then a loop is ended
LIFELINE_TIMES = 2  # numbers to call had better come twice than never


@dataclass(frozen=True)
class Row:
    """A report as it is kept."""

    key: str
    conversation: str
    in_alert: bool


@dataclass(frozen=True)
class Answer:
    """A text that a person was sent; its key where the provider's wire shows it."""

    words: str = field(repr=False)
    key: str | None = None
    lifeline: bool = False


@dataclass(frozen=True)
class Found:
    """What is there at the end."""

    rows: Sequence[Row]  # in the order they were kept
    alerts: Sequence[Sequence[str]]  # the texts of each, as staff read them
    answers: Mapping[str, Sequence[Answer]]  # by address, in the order they came
    queued: frozenset[str]  # the keys of all answers that were ever to be sent
    in_doubt: frozenset[str]  # of those, what is recorded as perhaps sent
    held_back: frozenset[str]  # and what the worker says it held back as a loop


@dataclass
class Tally:
    """Figures, and ids by the promise they break."""

    figures: Counter[str] = field(default_factory=Counter)
    breaches: dict[str, list[str]] = field(default_factory=dict)

    def breach(self, promise: str, *ids: str) -> None:
        """Note ids that break a promise; none is a promise kept."""
        self.breaches.setdefault(promise, []).extend(ids)


def count(people: Sequence[Person], heard: Mapping[str, int], found: Found) -> Tally:
    """Hold what is there against what was handed over.

    `heard` has, by key, how many answers a person had when the text was first handed over.
    """
    tally = Tally()
    keys = {person.key(text) for person in people for text in person.texts}
    rows = Counter(row.key for row in found.rows)
    tally.figures["reports"] = len(found.rows)
    tally.breach("lost", *sorted(keys - set(rows)))
    tally.breach("doubled", *sorted(key for key, times in rows.items() if times > 1))
    tally.breach("from nowhere", *sorted(set(rows) - keys))
    _count_order(people, found, tally)
    _count_alerts(people, found, tally)
    replies: dict[str, set[str]] = {}
    for reply in found.queued:
        replies.setdefault(reply.rpartition(":")[0], set()).add(reply)
    for person in people:
        answers = found.answers.get(person.address, ())
        queued = set[str]().union(*(replies.get(person.key(text), ()) for text in person.texts))
        tally.figures["answers"] += len(answers)
        tally.figures["recorded as unknown"] += len(queued & found.in_doubt)
        if fate := _fate_of_last(person, answers, queued, heard, found):
            tally.figures[fate] += 1
        else:
            tally.breach("unanswered", person.key(person.texts[-1]))
        _count_twice(person, answers, queued, tally)
    return tally


def _count_order(people: Sequence[Person], found: Found, tally: Tally) -> None:
    """Texts of one person are kept in the order they were handed over, in one conversation."""
    place = {person.key(text): n for person in people for n, text in enumerate(person.texts)}
    whose = {person.key(text): n for n, person in enumerate(people) for text in person.texts}
    conversations: dict[int, set[str]] = {}
    last: dict[int, int] = {}
    disordered = []
    for row in found.rows:
        if row.key not in place:
            continue
        who = whose[row.key]
        conversations.setdefault(who, set()).add(row.conversation)
        if place[row.key] < last.get(who, -1):
            disordered.append(row.key)
        last[who] = place[row.key]
    split = [
        people[who].key(people[who].texts[0]) for who, of in conversations.items() if len(of) > 1
    ]
    tally.breach("out of order", *disordered)
    tally.breach("two conversations", *split)


def _count_alerts(people: Sequence[Person], found: Found, tally: Tally) -> None:
    """From the first concern on, every text of a person is in one alert; before, at most in one."""
    shown = Counter(words for alert in found.alerts for words in alert)
    rows = {row.key for row in found.rows if row.in_alert}
    must: Counter[str] = Counter()
    may: Counter[str] = Counter()
    keys: dict[str, list[str]] = {}
    for person in people:
        opened = False
        for text in person.texts:
            opened = opened or text.tells
            key = person.key(text)
            keys.setdefault(text.words, []).append(key)
            may[text.words] += 1
            must[text.words] += opened
            if opened and key not in rows:
                tally.breach("in no alert", key)
    tally.figures["alerts"] = len(found.alerts)
    tally.figures["reports in alerts"] = shown.total()
    for words, of in keys.items():
        # Of texts that are alike ("1"), as many are named as are missing or too many.
        tally.breach("in no alert that staff see", *of[: max(0, must[words] - shown[words])])
        tally.breach("in two alerts", *of[: max(0, shown[words] - may[words])])
    writers: dict[str, list[Person]] = {}
    for person in people:
        for words in {text.words for text in person.texts}:
            writers.setdefault(words, []).append(person)
    for number, alert in enumerate(found.alerts):
        if not any(_in_order(alert, person) for person in writers.get(alert[0], ())):
            tally.breach("alert out of order", f"alert {number}")


def _fate_of_last(
    person: Person,
    answers: Sequence[Answer],
    queued: AbstractSet[str],
    heard: Mapping[str, int],
    found: Found,
) -> str | None:
    """What became of the answer to the last text, None when that is not known.

    What perhaps went counts for a loop as well; it could have had the same words.
    """
    key = person.key(person.texts[-1])
    own = {one for one in queued if one.startswith(f"{key}:")}
    alike = max(Counter(answer.words for answer in answers).values(), default=0)
    if own and len(answers) > heard[key]:
        return "last texts answered"
    if own & found.in_doubt:
        return "last answer recorded as unknown"
    if own & found.held_back and alike + len(queued & found.in_doubt) >= SAME_TEXT:
        return "last answer held back as a loop"
    return None


def _count_twice(
    person: Person, answers: Sequence[Answer], queued: AbstractSet[str], tally: Tally
) -> None:
    """No answer goes out twice, but for a lifeline of which nobody knew whether it went."""
    again = Counter(answer.words for answer in answers if answer.lifeline)
    in_doubt = sum(1 for times in again.values() if times > 1)
    # Whatever the wire shows: more texts than there were answers tell of one that went twice.
    if len(answers) > len(queued) + in_doubt:
        tally.breach("answered twice", person.key(person.texts[-1]))
    lifelines = {answer.key for answer in answers if answer.lifeline}
    for key, times in Counter(answer.key for answer in answers if answer.key).items():
        if times > 1 and key in lifelines and times == LIFELINE_TIMES:
            tally.figures["lifelines sent again in doubt"] += 1
        elif times > 1:
            tally.breach("answered twice", key)


def _in_order(part: Sequence[str], person: Person) -> bool:
    """Whether these are texts of this person, in their order."""
    rest = (text.words for text in person.texts)
    return all(words in rest for words in part)

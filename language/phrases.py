"""The reviewed phrases as they are read from `nlu_data/lookups`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from language.form import FORMS
from language.pattern import Index, Part, Pattern, PatternBroken, Reading, parse, parse_part
from language.tables import rows

# A phrase of classes alone holds in every form its classes have words in.
ANY = "any"


@dataclass(frozen=True)
class Entry:
    """A phrase and what it tells; `written` is the phrase as the reviewer reads it."""

    written: str
    form: str
    pattern: Pattern
    danger: bool
    facts: tuple[str, ...]
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class Idiom:
    """A phrase that means no harm: it silences its own words, or the whole message."""

    written: str
    form: str
    pattern: Pattern
    whole: bool


class Classes:
    """Words and phrases that stand for one another, by name: `child`, `harmer`, `beats_now`."""

    def __init__(self) -> None:
        self.members: dict[str, dict[str, list[Part]]] = {}
        self._deniable: set[str] = set()
        self._layers: list[tuple[Index, dict[Part, list[str]]]] = []

    def add(self, name: str, form: str, members: list[Part], *, deniable: bool) -> None:
        """Add the words of one form to a class."""
        self.members.setdefault(name, {}).setdefault(form, []).extend(members)
        if deniable:
            self._deniable.add(name)

    def close(self) -> None:
        """Order the classes so that each is read after those it speaks of."""
        left = dict(self.members)
        while left:
            ready = [name for name in left if not self._speaks_of(name) & left.keys() - {name}]
            if not ready:
                raise PatternBroken(f"classes speak of each other: {', '.join(sorted(left))}")
            names: dict[Part, list[str]] = {}
            for name in ready:
                for parts in left.pop(name).values():
                    for part in parts:
                        names.setdefault(part, []).append(name)
            self._layers.append((Index(names), names))

    def _speaks_of(self, name: str) -> set[str]:
        parts = (part for parts in self.members[name].values() for part in parts)
        spoken = {other for part in parts for other in part.classes()}
        if unknown := spoken - self.members.keys():
            raise PatternBroken(f"{name} speaks of unknown {', '.join(sorted(unknown))}")
        return spoken

    def parts(self) -> Iterator[Part]:
        """Give all words and phrases of all classes."""
        for forms in self.members.values():
            for parts in forms.values():
                yield from parts

    def may_be_denied(self, part: Part) -> bool:
        """Tell whether a negation beside the part denies it: a verb, not a child or a place."""
        atoms = {atom for item in part.items for atom in item.atoms}
        return any(atom in self._deniable or atom[0] not in "@^$" for atom in atoms)

    def add_to(self, reading: Reading) -> None:
        """Note in the reading which classes stand where."""
        for index, names in self._layers:
            for part, span in list(index.find(reading)):
                for name in names[part]:
                    reading.add(name, span)


def read_classes(path: Path) -> Classes:
    """Read words.tsv; members are parted by commas."""
    classes = Classes()
    for row in rows(path):
        form = _form(row["form"])
        members = [
            parse_part(member, form) for member in row["members"].split(",") if member.strip()
        ]
        classes.add("@" + row["class"], form, members, deniable=row["deniable"] == "yes")
    classes.close()
    return classes


def read_entries(path: Path) -> list[Entry]:
    """Read a table of phrases: form, pattern, facts, concerns, danger, note."""
    return [
        Entry(
            row["pattern"],
            _form(row["form"]),
            parse(row["pattern"], row["form"]),
            row["danger"] == "yes",
            tuple(row["facts"].split()),
            tuple(row["concerns"].split()),
        )
        for row in rows(path)
    ]


def read_idioms(path: Path) -> list[Idiom]:
    """Read idioms.tsv: form, pattern, silences (words or message), note."""
    return [
        Idiom(
            row["pattern"],
            _form(row["form"]),
            parse(row["pattern"], row["form"]),
            row["silences"] == "message",
        )
        for row in rows(path)
    ]


def _form(form: str) -> str:
    if form not in (*FORMS, ANY):
        raise PatternBroken(f"not a language form: {form}")
    return form

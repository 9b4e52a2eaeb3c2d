"""Which villages of a file are taken in, in which tehsil, and which of their names are words too."""

from collections import Counter
from functools import cache
from pathlib import Path

import yaml

from api.places.areas import Area, Areas
from language.nearest import Positions
from language.normalise import tokens
from language.place_name import name_key
from language.place_table import NamedPlace, Place
from language.place_words import PlaceWords
from scripts.village_files import Village

TEHSIL_WITHIN = 40.0  # km; where neither file nor polygon tells, what lies farther is not in KP
SHORTEST = 3  # letters of a name's key; a shorter one is found by chance
LONGEST_NAME = 60  # characters; longer by-names are sentences and links


@cache
def common_words(nlu_data: Path) -> frozenset[str]:
    """The keys of all words of the reviewed tables and the training examples."""
    keys = set(PlaceWords.load(nlu_data / "lookups").known)
    for file in sorted(nlu_data.glob("*.yml")):
        read = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
        for block in read.get("nlu", ()):
            for example in block["examples"]:
                keys.update(name_key(word) for word in tokens(example["text"]))
    return frozenset(keys)


class Import:
    """Villages on their way in: each is taken as a record of places.csv, or refused with a reason."""

    def __init__(
        self, reviewed: list[NamedPlace], areas: Areas | None, common: frozenset[str]
    ) -> None:
        tehsils = [named.place for named in reviewed if named.place.level == "tehsil"]
        self._tehsils = Positions(tehsils)
        self._districts = {named.place.district for named in reviewed}
        self._areas = areas
        self._common = common
        self._known = {
            (name_key(name), named.place.district)
            for named in reviewed
            for name in (*named.names, *named.by_names)
        }
        self.records: list[dict[str, str]] = []
        self.refused: Counter[str] = Counter()
        self.by_polygon = 0

    def take(self, village: Village) -> None:
        """Take a village over, or count why not."""
        tehsil = self._tehsil(village)
        key = name_key(village.name)
        if tehsil is None:
            self.refused["not in Khyber Pakhtunkhwa"] += 1
        elif len(key) < SHORTEST or key.isdigit():
            self.refused["a name of fewer than three letters"] += 1
        elif (key, tehsil.district) in self._known:
            self.refused["known in its district already"] += 1
        else:
            self._known.add((key, tehsil.district))
            self.records.append(self._record(village, tehsil))

    def _tehsil(self, village: Village) -> Place | None:
        """Give the tehsil a village lies in: the nearest one of its district."""
        area = self._areas.at(village.lat, village.lon) if self._areas else None
        if area:
            self.by_polygon += 1
        elif village.district in self._districts:
            area = Area((village.district,), None)
        elif self._areas or village.in_kp is False:
            return None
        found = self._tehsils.nearest(
            village.lat,
            village.lon,
            rank=lambda _: 0,
            among=lambda place: area is None or area.has(place),
        )
        sure = area is not None or village.in_kp
        return found[0] if found and (sure or found[1] <= TEHSIL_WITHIN) else None

    def _record(self, village: Village, tehsil: Place) -> dict[str, str]:
        key = name_key(village.name)
        others = {
            name_key(name): name.strip()
            for name in village.other_names
            if len(name) <= LONGEST_NAME and "|" not in name and "/" not in name
        }
        names = {
            key: village.name.strip(),
            **{other: name for other, name in others.items() if len(other) >= SHORTEST},
        }
        return {
            "level": "village",
            "name_en": names.pop(key),
            "name_ur": "",
            "name_ps": "",
            "aliases": "|".join(names.values()),
            "needs_context": "|".join(
                name for name in (village.name.strip(), *names.values()) if self._is_common(name)
            ),
            "district": tehsil.district,
            "tehsil": tehsil.tehsil or "",
            "lat": f"{village.lat:.4f}",
            "lon": f"{village.lon:.4f}",
            "position": village.source,
        }

    def _is_common(self, name: str) -> bool:
        """Tell whether a name could be words as well: only a word of level makes it a place."""
        return name_key(name) in self._common or all(
            name_key(word) in self._common for word in tokens(name)
        )

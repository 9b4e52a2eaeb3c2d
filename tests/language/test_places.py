"""Places are found as people write them, and common words are none."""

from pathlib import Path

import pytest

from language.places import Gazetteer, NamedPlace

FOUND = [
    ("Bara bazar", "Bara", "town", "Khyber"),
    ("umar 9 saal, Bara bazar", "Bara", "town", "Khyber"),
    ("umar 9 saal, Bara", "Bara", "tehsil", "Khyber"),
    ("tehsil Bara", "Bara", "tehsil", "Khyber"),
    ("bachi bara mein hai", "Bara", "tehsil", "Khyber"),
    ("په باړه کې یو ماشوم", "Bara", "tehsil", "Khyber"),
    ("باڑہ میں ایک بچی", "Bara", "tehsil", "Khyber"),
    ("Bara, Khyber", "Bara", "tehsil", "Khyber"),
    ("Mengora ke qareeb", "Mingora", "town", "Swat"),
    ("Mangora mein bacha gum hai", "Mingora", "town", "Swat"),
    ("د سوات یو ماشوم", "Swat", "district", "Swat"),
    ("swatmein bachi", "Swat", "district", "Swat"),
    ("da Peshawara na yam", "Peshawar", "district", "Peshawar"),
    ("Miranshah", "Miran Shah", "tehsil", "North Waziristan"),
    ("landikotal adda", "Landi Kotal", "town", "Khyber"),
    ("D.I. Khan me", "Dera Ismail Khan", "district", "Dera Ismail Khan"),
    ("FR Peshawar ki bachi", "Hassan Khel", "tehsil", "Peshawar"),
    ("Matta Swat", "Matta", "town", "Swat"),
    ("Parachinar hospital", "Parachinar", "town", "Kurram"),
    ("Nawagai, Bajaur", "Nawagai", "village", "Bajaur"),
    ("Hayatabad Peshawar", "Hayatabad", "town", "Peshawar"),
    ("mardaan shehr", "Mardan", "town", "Mardan"),
    ("zila Mardan", "Mardan", "district", "Mardan"),
    ("تيمرګرې بازار نه", "Timergara", "town", "Lower Dir"),
    ("ډې آئي خان اډې کې", "Dera Ismail Khan", "district", "Dera Ismail Khan"),
    ("مینگورہ کے قریب", "Mingora", "town", "Swat"),
    ("in Khar, Bajaur", "Khar", "tehsil", "Bajaur"),
    ("girl in Mingora beaten", "Mingora", "town", "Swat"),
    ("tehsil Babuzai", "Babuzai", "tehsil", "Swat"),
    ("Kurram ke yawa jinai", "Kurram", "district", "Kurram"),
    ("bachi Swabai", "Swabi", "district", "Swabi"),
    ("د ټانک په ښار کې یو ماشوم دے", "Tank", "town", "Tank"),
    ("da karak zile yo mashom", "Karak", "district", "Karak"),
    ("timer gara hospital me bachi", "Timergara", "tehsil", "Lower Dir"),
    ("په مندوري کې", "Mandori", "village", "Kurram"),
    ("Katlang ke yawa jinai 9 kala da", "Katlang", "tehsil", "Mardan"),
    ("salam, kalam ke da las kalo jinai", "Kalam", "tehsil", "Swat"),
    ("ټوپۍ کې دولس کلن هلک", "Topi", "tehsil", "Swabi"),
    ("د ټوپۍ یو ماشوم ورک دی", "Topi", "tehsil", "Swabi"),
    ("za kabal ke osegam", "Kabal", "tehsil", "Swat"),
    ("د کرک په یو کلي کې ماشوم", "Karak", "district", "Karak"),
    ("tank shar ke dre kalan mashom", "Tank", "town", "Tank"),
    ("da karak yam za", "Karak", "district", "Karak"),
    ("bara ke ata kala halak", "Bara", "tehsil", "Khyber"),
    ("nizde regi ke jinai", "Regi", "village", "Peshawar"),
    ("halak 9 kala Dagi ke wrak de", "Dagi", "village", "Nowshera"),
    ("زروبی صوابی میں بچہ", "Zarobi", "village", "Swabi"),
]
NONE = [
    "bara saal ka bacha",
    "bara bhai marta hai",
    "bachi bara saal ki hai",
    "thori der mein aata hun",
    "تھوڑی دیر میں",
    "wo der se aya",
    "kamre mein band hai",
    "ghulam khan ne mara",
    "safi ullah ka beta",
    "topi pehni hui thi",
    "ko le gaye hain",
    "عمر ئې نهه کاله ده",
    "بھائی سترہ سال کا ہے",
    "kar ke bhag gaya",
    "dande se mara hai",
    "mazdoori karta hai",
    "yo mashom pa kota ke band de",
    "he is beating her with a stick",
    "what is this service",
    "robbers in lahore",
    "Khyber Pakhtunkhwa ka mehkma",
    "خیبر پختونخوا کا محکمہ",
    "peshawar zalmi ka match",
    "کم عمری کی شادی",
    "kurfiyu hai kya aaj sarak khuli hai",
    "کیا آج سڑک کی مرمت ہے",
    "how many panadol are needed",
    "fake account bana ke",
    "i cant remember",
    "Dera Ghazi Khan mein",
    "Ghazi ne bachi ko mara",
    "da masjid oba bara ke jirga",
    "ring road pe gaariyon ke sheeshe",
    "school maidan ke di",
    "lady police ka number",
    "Ghaza mein bachon ka haal",
    "چیرته شکایت وکړم",
    "maidan ke yo mashom prewate",
    "halak hotel ke de, maidan ke da kar kai",
    "da dera yo mashom",
    "mata na da malom",
    "امریکې په سکول کې ډزې وشوې",
]


@pytest.mark.parametrize(
    ("text", "name", "level", "district"),
    [pytest.param(*case, id=f"{case[0]} is {case[1]}, {case[2]}") for case in FOUND],
)
def test_a_place_is_found(
    gazetteer: Gazetteer, text: str, name: str, level: str, district: str
) -> None:
    best = gazetteer.find(text)[0].place
    assert (best.name, best.level, best.district) == (name, level, district)


@pytest.mark.parametrize("text", NONE)
def test_a_common_word_is_no_place(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) == []


def test_every_place_is_found_by_each_of_its_own_names(
    places_csv: Path, gazetteer: Gazetteer
) -> None:
    lost = []
    for named in Gazetteer.read(places_csv):
        for name in named.names:
            texts = (f"gaon {name}", f"ilaqa {name}", f"tehsil {name}")
            found = {m.place.district for text in texts for m in gazetteer.find(text)}
            if named.place.district not in found:
                lost.append((named.place.id, name))
    assert lost == []


def test_an_ambiguous_name_gives_its_places_with_one_score(gazetteer: Gazetteer) -> None:
    mentions = gazetteer.find("Nawagai")
    assert {mention.place.district for mention in mentions} == {"Bajaur", "Buner"}
    assert len({mention.score for mention in mentions}) == 1


def test_who_writes_a_name_of_two_places_in_script_may_mean_either(
    places_csv: Path, gazetteer: Gazetteer
) -> None:
    homonyms: dict[str, list[NamedPlace]] = {}
    for named in Gazetteer.read(places_csv):
        if named.place.level in {"tehsil", "village"}:
            homonyms.setdefault(named.place.name, []).append(named)
    for same in homonyms.values():
        districts = {named.place.district for named in same}
        for name in {name for named in same for name in named.names if len(districts) > 1}:
            found = {mention.place.district for mention in gazetteer.find(name)}
            assert districts <= found, name


def test_a_district_in_the_text_chooses_among_homonyms(gazetteer: Gazetteer) -> None:
    mentions = gazetteer.find("Nawagai gaon zila Buner")
    assert [mention.place.district for mention in mentions] == ["Buner", "Buner"]
    assert mentions[0].place.level == "village"


def test_a_place_comes_before_its_district(gazetteer: Gazetteer) -> None:
    first, second = gazetteer.find("Swat, Mingora mein")
    assert (first.place.name, second.place.name) == ("Mingora", "Swat")
    assert first.score > second.score


@pytest.mark.parametrize(
    ("text", "district"),
    [
        pytest.param("we are from swat but she is in Mardan", "Mardan", id="from"),
        pytest.param("swat ke de kho plar ye da Mardan yam", "Swat", id="Pashto ke: is there"),
        pytest.param("larka swat ka hai lekin abi mardan me hai", "Mardan", id="is of"),
        pytest.param("swat ke rehne wale hain, bachi Mardan mein hai", "Mardan", id="lives of"),
        pytest.param("لڑکی دیر کی ہے مگر پشاور میں ہے", "Peshawar", id="is of, in script"),
        pytest.param("زه د سوات یم خو ماشوم په پېښور کې وهي", "Peshawar", id="I am of"),
        pytest.param("from Besham Shangla, he works in Mardan", "Mardan", id="with its district"),
        pytest.param("from Tank to Paharpur, kept in Paharpur", "Dera Ismail Khan", id="taken to"),
        pytest.param("samarbagh dir me bacha", "Lower Dir", id="Dir, once one"),
        pytest.param("Chitral pa Booni ke mashom", "Upper Chitral", id="Chitral, once one"),
        pytest.param("from Ladha South Waziristan", "Upper South Waziristan", id="and from there"),
    ],
)
def test_where_a_child_is_comes_before_where_somebody_is_of(
    gazetteer: Gazetteer, text: str, district: str
) -> None:
    found = gazetteer.find(text)
    best = {mention.place.district for mention in found if mention.score == found[0].score}
    assert best == {district}


def test_two_places_of_a_text_are_both_given(gazetteer: Gazetteer) -> None:
    found = {mention.place.name for mention in gazetteer.find("Mardan se Kohat le gaye")}
    assert found == {"Mardan", "Kohat"}


def test_a_mention_carries_the_words_as_typed(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("MENGORA ke qareeb")[0].words == "MENGORA"


def test_a_tehsil_knows_its_sub_division(gazetteer: Gazetteer) -> None:
    tehsil = gazetteer.get("tehsil.peshawar.hassan-khel.hassan-khel")
    assert tehsil is not None
    assert tehsil.subdivision == "Sub-division Peshawar"


def test_a_village_without_a_position_has_its_tehsils(gazetteer: Gazetteer) -> None:
    village = gazetteer.get("village.swat.babuzai.sangota")
    tehsil = gazetteer.get("tehsil.swat.babuzai.babuzai")
    assert village is not None
    assert tehsil is not None
    assert (village.lat, village.lon) == (tehsil.lat, tehsil.lon)


def test_an_unknown_id_is_no_place(gazetteer: Gazetteer) -> None:
    assert gazetteer.get("town.nowhere") is None


@pytest.mark.parametrize(
    ("query", "first"),
    [("ming", "Mingora"), ("Bara", "Bara"), ("مینگورہ", "Mingora"), ("Mengora", "Mingora")],
)
def test_a_search_gives_the_nearest_name_first(
    gazetteer: Gazetteer, query: str, first: str
) -> None:
    assert gazetteer.search(query, 5)[0].name == first


def test_a_search_keeps_to_its_limit(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.search("kh", 3)) == 3
    assert gazetteer.search("", 3) == []


@pytest.mark.parametrize(
    ("lat", "lon", "district", "below_km"),
    [
        pytest.param(32.30, 69.58, "Lower South Waziristan", 3, id="near Wana"),
        pytest.param(34.78, 72.36, "Swat", 3, id="in Mingora"),
        pytest.param(33.90, 70.10, "Kurram", 3, id="in Parachinar"),
    ],
)
def test_a_position_has_a_nearest_place(
    gazetteer: Gazetteer, lat: float, lon: float, district: str, below_km: float
) -> None:
    found = gazetteer.nearest(lat, lon)
    assert found is not None
    place, km = found
    assert place.district == district
    assert place.level == "town"  # the district stands at the same spot
    assert km < below_km


def test_ids_are_unique(places_csv: Path) -> None:
    ids = [named.place.id for named in Gazetteer.read(places_csv)]
    assert len(ids) == len(set(ids)) == 781

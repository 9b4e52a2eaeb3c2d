import pytest

from api.alerts.likeness import Child, Described, likeness
from api.alerts.merging import better_place, is_another_child, is_another_place, merged_children

GIRL_9 = Child(age=9, gender="girl")
BARA, BARA_TEHSIL = "town.khyber.bara.bara", "tehsil.khyber.bara.bara"
KHYBER, JAMRUD = "district.khyber.khyber", "town.khyber.jamrud.jamrud"
WANA = "town.lower-south-waziristan.wana.wana"


@pytest.mark.parametrize(
    ("known", "told", "after"),
    [
        pytest.param([], [GIRL_9], [GIRL_9], id="the first"),
        pytest.param([GIRL_9], [GIRL_9], [GIRL_9], id="told again"),
        pytest.param([Child(age=9)], [Child(gender="girl")], [GIRL_9], id="filled in"),
        pytest.param([GIRL_9], [Child()], [GIRL_9], id="nothing told"),
        pytest.param(
            [Child(age=13, gender="girl")],
            [Child(age=9)],
            [Child(age=13, gender="girl"), Child(age=9)],
            id="a sister, told in the middle of it",
        ),
        pytest.param([], [Child(), Child()], [Child(), Child()], id="two of whom nothing is told"),
        pytest.param(
            [Child(), Child()],
            [Child(age=7, gender="boy")],
            [Child(age=7, gender="boy"), Child()],
            id="one of them filled in",
        ),
        pytest.param(
            [],
            [GIRL_9, Child(age=10, gender="girl")],
            [GIRL_9, Child(age=10, gender="girl")],
            id="two of nearly the same age",
        ),
        pytest.param(
            [GIRL_9],
            [GIRL_9, Child(gender="boy")],
            [GIRL_9, Child(gender="boy")],
            id="two children",
        ),
        pytest.param(
            [GIRL_9, Child(gender="boy")],
            [Child(age=3, gender="boy")],
            [GIRL_9, Child(age=3, gender="boy")],
            id="the second filled in",
        ),
        pytest.param(
            [GIRL_9, Child(age=3, gender="boy")],
            [Child(age=14, gender="boy")],
            [GIRL_9, Child(age=3, gender="boy"), Child(age=14, gender="boy")],
            id="a third",
        ),
    ],
)
def test_children_are_filled_in_corrected_or_added(known, told, after):
    assert merged_children(known, told) == after


@pytest.mark.parametrize(
    ("known", "wrong", "told", "after"),
    [
        pytest.param(
            [Child(age=13, gender="girl")], Child(age=13), [Child(age=9)], [GIRL_9], id="an age"
        ),
        pytest.param(
            [Child(age=9, gender="boy")],
            Child(gender="boy"),
            [Child(gender="girl")],
            [GIRL_9],
            id="a gender",
        ),
        pytest.param(
            [GIRL_9, Child(age=13, gender="girl")],
            Child(age=13),
            [Child(age=3)],
            [GIRL_9, Child(age=3, gender="girl")],
            id="of two children the one it was said of",
        ),
        pytest.param([GIRL_9], Child(age=13), [GIRL_9], [GIRL_9], id="set right before"),
    ],
)
def test_what_a_text_says_is_wrong_is_set_right(known, wrong, told, after):
    assert merged_children(known, told, wrong) == after


@pytest.mark.parametrize(
    ("known", "told", "another"),
    [
        pytest.param([GIRL_9], [Child(age=9, gender="boy")], True, id="a boy, not a girl"),
        pytest.param([GIRL_9], [Child(age=14, gender="girl")], True, id="years older"),
        pytest.param([GIRL_9], [Child(age=10, gender="girl")], False, id="a guess of one year"),
        pytest.param([GIRL_9], [Child(age=None, gender=None)], False, id="nothing told"),
        pytest.param([], [GIRL_9], False, id="nothing known"),
        pytest.param([GIRL_9], [GIRL_9, Child(gender="boy")], False, id="one is the same"),
    ],
)
def test_another_child(known, told, another):
    assert is_another_child(known, told) is another


@pytest.mark.parametrize(
    ("known", "told", "another", "kept"),
    [
        pytest.param(None, BARA, False, BARA, id="the first"),
        pytest.param(BARA, None, False, BARA, id="nothing told"),
        pytest.param(KHYBER, BARA, False, BARA, id="nearer"),
        pytest.param(BARA_TEHSIL, BARA, False, BARA, id="a town of the tehsil"),
        pytest.param(BARA, KHYBER, False, BARA, id="coarser"),
        pytest.param(BARA, JAMRUD, True, JAMRUD, id="another town"),
        pytest.param(KHYBER, WANA, True, WANA, id="another district"),
    ],
)
def test_places(reference, known, told, another, kept):
    get = reference.gazetteer.get
    known, told = known and get(known), told and get(told)
    assert is_another_place(known, told) is another
    assert better_place(known, told) == get(kept)


def described(*children, place="Khyber/Bara", concerns=()):
    return Described(place=place, concerns=frozenset(concerns), children=children)


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        pytest.param(described(GIRL_9), described(GIRL_9), 0.8, id="same gender and age"),
        pytest.param(
            described(GIRL_9, concerns=["neglect"]),
            described(Child(age=11, gender="girl"), concerns=["neglect"]),
            1.0,
            id="near in age, same concern",
        ),
        pytest.param(
            described(Child(gender="girl"), concerns=["neglect"]),
            described(GIRL_9, concerns=["neglect"]),
            0.8,
            id="one age unknown, same concern",
        ),
        pytest.param(
            described(Child(gender="girl")), described(GIRL_9), None, id="any two girls of a town"
        ),
        pytest.param(
            described(GIRL_9), described(Child(age=9, gender="boy")), None, id="girl and boy"
        ),
        pytest.param(
            described(GIRL_9), described(Child(age=12, gender="girl")), None, id="too far in age"
        ),
        pytest.param(
            described(GIRL_9), described(GIRL_9, place="Swat/Matta"), None, id="elsewhere"
        ),
        pytest.param(described(), described(), None, id="no child known"),
    ],
)
def test_likeness(one, other, score):
    found = likeness(one, other)
    assert (found.score if found else None) == score
    assert found == likeness(other, one)

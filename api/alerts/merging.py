"""How what a text tells joins what is known: another child or place, or more of the same. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.alerts.likeness import Child

if TYPE_CHECKING:
    from collections.abc import Sequence

    from language.places import Place

NOTHING = Child()
LEVELS = {"district": 0, "subdivision": 1, "tehsil": 2, "town": 3, "village": 3}


def is_within(inner: Place, outer: Place) -> bool:
    """Whether a place is another, or lies in it."""
    if inner.id == outer.id:
        return True
    if inner.district != outer.district or LEVELS[inner.level] <= LEVELS[outer.level]:
        return False
    if outer.level == "subdivision":
        return inner.subdivision == outer.subdivision
    return outer.level == "district" or inner.tehsil == outer.tehsil


def is_another_place(known: Place | None, told: Place | None) -> bool:
    """Whether the place told is not the known one, nor around it, nor in it."""
    if known is None or told is None:
        return False
    return not is_within(told, known) and not is_within(known, told)


def is_another_child(known: Sequence[Child], told: Sequence[Child]) -> bool:
    """Whether no child that was told can be one of those known."""
    if not known or not told:
        return False
    return all(one.contradicts(other) for one in told for other in known)


def better_place(known: Place | None, told: Place | None, wrong: str | None = None) -> Place | None:
    """Return the place to keep: the nearer one, or the one told instead of a wrong one."""
    if told is None:
        return known
    if known is not None and known.id == wrong:
        return told
    return known if known is not None and is_within(known, told) else told


def merged_children(
    known: Sequence[Child], told: Sequence[Child], wrong: Child = NOTHING
) -> list[Child]:
    """Return the children after a text: filled in, set right where one is wrong, others added.

    Nothing that was told is lost but what the text itself says is wrong: a child who fits none of
    those known is one more. Of one child alone of whom nothing is told, there is nothing to keep;
    two of whom nothing is told are two.
    """
    children = set_right(known, wrong)
    free = list(range(len(children)))
    for child in told:
        if child == NOTHING and len(told) == 1:
            continue
        fitting = [index for index in free if not child.contradicts(children[index])]
        if fitting:
            free.remove(fitting[0])
            there = children[fitting[0]]
            children[fitting[0]] = Child(
                age=there.age if child.age is None else child.age,
                gender=there.gender if child.gender is None else child.gender,
            )
        else:
            children.append(child)
    return children


def set_right(known: Sequence[Child], wrong: Child) -> list[Child]:
    """Return the children without what is wrong of the one it was said of."""
    of = [
        index
        for index, child in enumerate(known)
        if (wrong.age is None or child.age == wrong.age)
        and (wrong.gender is None or child.gender == wrong.gender)
    ]
    children = list(known)
    if wrong != NOTHING and of:
        child = children[of[0]]
        children[of[0]] = Child(
            age=None if wrong.age is not None else child.age,
            gender=None if wrong.gender is not None else child.gender,
        )
    return children

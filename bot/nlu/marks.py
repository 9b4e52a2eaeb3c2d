"""What the readers found in a text, as features for the learner. Pure.

A place, an age or a code says more about the intent than any word; a reviewed phrase says the same
in five forms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

SHORT = 6  # words up to which the length itself tells (an answer, not a report)


def marks(found: Mapping[str, Any]) -> list[str]:
    """The marks of a text, from what `bot.nlu.readers` wrote about it under their keys."""
    form, figures, told = found["form"], found["figures"], found["child_facts"]
    length = len(found["words"])
    said = [
        f"form {form.language}",
        f"length {length}" if length <= SHORT else f"length {SHORT} and {min(length // SHORT, 4)}x",
    ]
    for name, votes in form.votes.items():
        said += [f"{name} {min(round(votes), SHORT)}", f"{name} {round(5 * votes / length)} fifths"]
    for hit in found["heard"].hits:
        said += [f"concern {code}" for code in hit.concerns]
        said += [f"fact {fact}" for fact in hit.facts if not fact.startswith("under_")]
        said += ["danger"] * hit.danger
    named = {
        "place": found["mentions"],
        "age": any(child.age is not None for child in told.children),
        "child": told.children,
        "writer is a child": told.writer,
        "time": found["when"],
        "number": figures.numbers,
        "code": figures.code,
        "stop": figures.stop,
    }
    return said + [name for name, is_there in named.items() if is_there]

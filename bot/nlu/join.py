"""How reviewed words and learned chances become one judgement each. Pure; gives JSON.

Reviewed words of danger always count. Those of a concern, and what is only learned, count where the
text is a report; what is learned from a chance chosen by measurement (docs/understanding.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from language.form import SCRIPT_FORMS
from language.normalise import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.nlu.learner import Learned
    from bot.nlu.readers import ChildFacts
    from language.form import Form
    from language.lexicon import Hit
    from language.places import Mention

Json = dict[str, Any]

BY_WORDS = 0.4  # chance that reviewed words give a concern at least; the learner has heard them too
LIKELY = 0.4  # chance from which a learned concern is told beside a likelier one
LEAST = 0.1  # chance below which even the likeliest concern of a report is not told
FACT = 0.65  # chance from which a learned fact is told
HIGH = 0.55  # chance of high risk from which no fact is needed: a text can be grave as a whole
IMMEDIATE = 0.35  # chance of immediate risk from which the lifeline goes out without reviewed words


def danger(hits: Sequence[Hit], learned: Learned, *, is_report: bool) -> tuple[bool, list[str]]:
    """Whether the text tells danger, and the reviewed words that say so (none: learned only)."""
    words = list(dict.fromkeys(hit.words for hit in hits if hit.danger))
    return bool(words) or (is_report and learned.immediate.chance >= IMMEDIATE), words


def concerns(hits: Sequence[Hit], learned: Learned, *, is_report: bool) -> list[Json]:
    """Codes with their chances, likeliest first. A report has at least one if any is likely."""
    chances: dict[str, float] = {}
    if is_report:
        chances |= {code: p for code, p in learned.concerns if p >= LIKELY}
        if not chances:
            chances |= {code: p for code, p in learned.concerns[:1] if p >= LEAST}
    for code in {code for hit in hits if is_report or hit.danger for code in hit.concerns}:
        chances[code] = max(BY_WORDS, dict(learned.concerns).get(code, 0.0))
    return [
        {"code": code, "p": round(p, 3)}
        for code, p in sorted(chances.items(), key=lambda told: (-told[1], told[0]))
    ]


def facts(found: Mapping[str, Any], learned: Learned, *, is_report: bool) -> list[Json]:
    """Facts with the words that tell them: reviewed phrases, ages and times, then learned ones.

    `seems_high` is no fact of the taxonomy: the learner rates the text as a whole.
    """
    words: dict[str, str] = {}
    typed = [found["text"][word.start : word.end] for word in words_in(found["text"])]
    for hit in found["heard"].hits:
        for fact in hit.facts:
            words.setdefault(fact, hit.words)
    for fact, said in found["child_facts"].facts:
        words.setdefault(fact, said)
    if is_report:
        for fact in found["when"].facts if found["when"] else ():
            words.setdefault(fact, found["when"].words)
        likely = [fact for fact in learned.facts if fact.chance >= FACT]
        grave = [learned.high] if learned.high.chance >= HIGH else []
        for learnt in (*likely, *grave):
            said = " ".join(typed[place] for place in learnt.places)
            words.setdefault(learnt.fact, said)
    return [{"fact": fact, "value": True, "words": said} for fact, said in words.items()]


def form(read: Form, learned: Learned) -> tuple[str, str | None]:
    """The language form, and the one to answer in (None: the conversation's).

    Where words spoke for a form the learner says which it is: it knows far more words than the
    lists, but not the conversation.
    """
    if not read.reply or not learned.form:
        return read.language, read.reply
    if learned.form == "mixed":
        return learned.form, read.reply
    same_script = (learned.form in SCRIPT_FORMS) == (read.reply in SCRIPT_FORMS)
    return (learned.form, learned.form) if same_script else (read.language, read.reply)


def children(told: ChildFacts, *, is_writer: bool) -> list[Json]:
    """The children told of. A child who writes is one, with the gender of its own verbs."""
    found: list[Json] = [{"age": child.age, "gender": child.gender} for child in told.children]
    if is_writer and told.own_gender:
        first = found[0] if found else {"age": None, "gender": None}
        # A gender without an age may well be somebody else's: "a boy has my pictures".
        own = told.own_gender if first["age"] is None else first["gender"] or told.own_gender
        found[:1] = [first | {"gender": own}]
    return found


def places(mentions: Sequence[Mention]) -> list[Json]:
    """The places named, best first."""
    return [
        {
            "id": mention.place.id,
            "name": mention.place.name,
            "level": mention.place.level,
            "district": mention.place.district,
            "score": mention.score,
            "words": mention.words,
        }
        for mention in mentions
    ]

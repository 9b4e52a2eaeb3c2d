"""How reviewed words and learned chances become one judgement each. Pure; gives JSON.

Reviewed words always count. What is only learned counts where the text is a report, and from a
chance chosen by cross-validation (docs/understanding.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from language.normalise import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.nlu.learner import Learned
    from language.lexicon import Hit
    from language.places import Mention

Json = dict[str, Any]

BY_WORDS = 0.4  # chance that reviewed words give a concern at least; the learner has heard them too
LIKELY = 0.4  # chance from which a learned concern is told beside a likelier one
LEAST = 0.1  # chance below which even the likeliest concern of a report is not told
FACT = 0.5  # chance from which a learned fact is told
# A danger that no reviewed words name raises to high and sends the lifeline: where high risk is
# likelier than not, or immediate risk not unlikely.
HIGH, IMMEDIATE = 0.5, 0.35


def danger(hits: Sequence[Hit], learned: Learned, *, is_report: bool) -> tuple[bool, list[str]]:
    """Whether the text tells danger, and the reviewed words that say so (none: learned only)."""
    words = list(dict.fromkeys(hit.words for hit in hits if hit.danger))
    likely = learned.high >= HIGH or learned.immediate >= IMMEDIATE
    return bool(words) or (is_report and likely), words


def concerns(hits: Sequence[Hit], learned: Learned, *, is_report: bool) -> list[Json]:
    """Codes with their chances, likeliest first. A report has at least one if any is likely."""
    chances: dict[str, float] = {}
    if is_report:
        chances |= {code: p for code, p in learned.concerns if p >= LIKELY}
        if not chances:
            chances |= {code: p for code, p in learned.concerns[:1] if p >= LEAST}
    for code in {code for hit in hits for code in hit.concerns}:
        chances[code] = max(BY_WORDS, dict(learned.concerns).get(code, 0.0))
    return [
        {"code": code, "p": round(p, 3)}
        for code, p in sorted(chances.items(), key=lambda told: (-told[1], told[0]))
    ]


def facts(found: Mapping[str, Any], learned: Learned, *, is_report: bool) -> list[Json]:
    """Facts with the words that tell them: reviewed phrases, ages and times, then learned ones."""
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
        for learnt in learned.facts:
            if learnt.chance >= FACT:
                said = " ".join(typed[place] for place in learnt.places)
                words.setdefault(learnt.fact, said)
    return [{"fact": fact, "value": True, "words": said} for fact, said in words.items()]


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

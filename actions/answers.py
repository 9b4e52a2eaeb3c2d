"""What an answer to one question means. Pure; None stands for "not an answer to it".

Numbers are the keypad's ("1 girl 2 boy 0 skip"); words come through the understanding.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.told import SafeContact

if TYPE_CHECKING:
    from actions.told import Gender
    from actions.turn import Turn

OLDEST_CHILD = 17
SKIP = 0
YES, NO = 1, 2
GIRL, BOY = 1, 2
SKIP_WORDS = frozenset({"skip", "pass", "-", "?"})

# How, when, what to say, and never, as people put it in five forms.
HOW = re.compile(
    r"\b(sms|text|msg|messages?|call|phone|fone|telegram|whatsapp|paigham|zang|tilifon)\b"
    r"|فون|کال|میسج|پیغام|پېغام|ایس ایم ایس|زنګ|ټیلیفون|ټیلیګرام|واٹس",
    re.IGNORECASE,
)
WHEN = re.compile(
    r"\b(nights?|days?|morning|evening|noon|after|before|\d+ ?[ap]m|ra+t|subha?|subah|sha+m|dopeh?ar|baje|bajay"
    r"|shpa|shpe|wraz|sahar|makham|maspakhin|juma|friday|sunday|itwar)\b"
    r"|رات|دن|صبح|شام|دوپہر|بجے|شپه|شپې|ورځ|سهار|ماښام|ماسپښین|بجې|جمعه|جمعہ|اتوار",
    re.IGNORECASE,
)
SAY = re.compile(
    r"\b(say|tell them|kehna|kehna ke|kahein|bolna|bolein|wawaya|wawayai)\b|کہنا|کہیں|بولنا|ووایه|ووایئ",
    re.IGNORECASE,
)
NEVER = re.compile(
    r"\b(never|kabhi nahi|kabhi bhi nahi|hargiz|hichkala|heskala|hes kala)\b"
    r"|کبھی نہیں|کبھی بھی نہیں|ہرگز|هېڅکله|هیڅکله",
    re.IGNORECASE,
)

LIMITS = {"how": HOW, "when": WHEN, "say": SAY}


def is_skipped(turn: Turn) -> bool:
    """Whether the reporter does not want to answer, or does not know."""
    word = turn.text.strip().casefold()
    return turn.number == SKIP or word in SKIP_WORDS or turn.intent == "dont_know"


def yes_or_no(turn: Turn) -> bool | None:
    """Yes or no, by number or by word."""
    if turn.number in {YES, NO}:
        return turn.number == YES
    return {"affirm": True, "deny": False}.get(turn.intent)


def age(turn: Turn) -> int | None:
    """The age in whole years: the text's one number, in digits or words; a child's age.

    "no" is nine in Urdu, and a no.
    """
    if turn.intent == "deny" and turn.number is None:
        return None
    numbers = [turn.number] if turn.number is not None else turn.understanding.numbers
    in_range = {number for number in numbers if number is not None and 0 < number <= OLDEST_CHILD}
    return in_range.pop() if len(in_range) == 1 else None


def gender(turn: Turn) -> Gender | None:
    """Girl or boy by number; the words come through the understanding's children."""
    numbers: dict[int | None, Gender] = {GIRL: "girl", BOY: "boy"}
    return numbers.get(turn.number)


def chosen(turn: Turn) -> int | None:
    """Which of the open choices was taken, from 0: by its number, or by its district's name."""
    choices = turn.known.get("choices") or []
    number = turn.number
    if number is None and len(turn.understanding.numbers) == 1:
        number = turn.understanding.numbers[0]
    if number is not None:
        return number - 1 if 1 <= number <= len(choices) else None
    districts = {place.district for place in turn.understanding.places}
    named = [index for index, choice in enumerate(choices) if choice["district"] in districts]
    return named[0] if len(named) == 1 else None


def safe_contact(turn: Turn) -> SafeContact | None:
    """Whether and how the unit may contact the reporter, their words kept as they are.

    A yes has to be said: the default is that we do not contact first. "Only sms" says it; a "no"
    with a time in it ("no, not at night") says neither, and staff read the words.
    """
    text = turn.text.strip()
    plain = yes_or_no(turn)
    if NEVER.search(text):
        return SafeContact(allowed=False, never=text)
    limits = {name: text for name, words in LIMITS.items() if words.search(text)}
    if limits:
        return SafeContact(allowed=None if plain is False else True, **limits)
    return None if plain is None else SafeContact(allowed=plain)

"""Whether and how the unit may contact a reporter, as people put it in five forms. Pure.

A wrong yes can cost a child its safety: whoever holds the phone learns of the report. So a yes has
to be said, a "not" beside calling is never one, and what stays unclear is for staff to read.
"""

from __future__ import annotations

import re

from actions.told import SafeContact


def _any(*words: str) -> re.Pattern[str]:
    """A pattern of whole words: "کال" is a call, and "کاله" are years."""
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


HOW = _any(
    r"sms|te?xt|msg|messages?|calls?|phone|fone|telegram|whatsapp|paigham|zang|til[ie]fon",
    r"فون|کال|میسج|میسیج|پیغام|پېغام|ایس ایم ایس|زنګ|زنگ|ټیلیفون|ټیلیګرام|ٹیلیگرام|واٹس ?ایپ",
)
REACH = _any(
    r"ra+b[ie]?ta|contact|number|nambar|nmbr|write|likh\w*|walik\w*",
    r"رابطہ|رابطه|اړیکه|اړیکې|نمبر|لکھ\w*|ولیک\w*",
)
WHEN = _any(
    r"nights?|days?|morning|evening|noon|after|before|\d+ ?[ap]m|ra+t|subha?|subah|sha+m|dopeh?ar",
    r"baje|bajay|bje|shpa|shpe|wraz|sahar|makham|maspakhin|juma|friday|sunday|itwar",
    r"رات|دن|صبح|شام|دوپہر|بجے|شپه|شپې|ورځ|سهار|ماښام|ماسپښین|بجې|جمعه|جمعہ|اتوار",
)
SAY = _any(
    r"say|tell them|kehna|kehna ke|kahein|bolna|bolein|wawaya|wawayai",
    r"کہنا|کہیں|بولنا|ووایه|ووایئ",
)
OFFER = _any(
    HOW.pattern,
    r"ra+b[ie]?ta|contact|likh (?:den|dein|do|sakte)|walikai",
    r"رابطہ|رابطه|اړیکه|لکھ (?:دیں|دو|سکتے)|ولیکئ",
)
NEVER = _any(
    r"never|kabhi nahi|kabhi bhi nahi|hargiz|hichkala|heskala|hes kala",
    r"کبھی نہیں|کبھی بھی نہیں|ہرگز|هېڅکله|هیڅکله",
)
# Pashto "ma" is both "not" and "me"; before a command it is the "not".
COMMAND = r"ma (?:kaw|ka\b|kra|wah|lik|leg|ras|wark|nis)\w*"
NOT = _any(
    r"no|not|don'?t|na|nah|nahi|nahin|nai|nhi|mat",
    COMMAND,
    r"نہ|نہیں|مت|نه|مه",
)
NO_FIRST = re.compile(r"\W*(?:no|na|nah|nahi|nahin|nai|nhi|نہ|نہیں|نه)\b", re.IGNORECASE)
NO_MATTER = _any(
    r"no (?:problem|issue)|koi (?:masla|baat) (?:nahi|nahin|nai|nhi)",
    r"کوئی (?:مسئلہ|بات) نہیں|پروا نشته|خبره نه ده",
)
CLAUSE = re.compile(r"[,،.;؛۔!\n]|\b(?:but|lekin|laikin|magar|kho|لیکن|مگر|خو)\b", re.IGNORECASE)
ME = _any(r"me|mujhe|mujh|mjhe|mata|ma ta|ma sara|hamein", r"مجھے|مجھ|ماته|ما ته|ما سره|ماسره")
# "My father reads my phone" is a warning, and no yes.
WATCHED = _any(
    r"checks?|checking|reads?|sees?|listens?|chek|dekh\w*|sunt\w*|parht\w*|gori|goori|loli|awri",
    r"چیک|دیکھ\w*|سنت\w*|پڑھت\w*|ګوري|لولي|اوري|ویني",
)
ASKS = re.compile("[?؟]")
LIMITS = {"how": HOW, "when": WHEN, "say": SAY}

# A text that asks us, in these words, not to contact the writer. Stories have calls in them too
# ("he does not let me phone"), so outside our question only a request counts.
_CALL = r"(?:ra+b[ie]?ta|contact|call|phone|fone|number|nambar|sms|msg|messages?|zang)"
_CALL_SCRIPT = r"(?:رابطہ|رابطه|فون|کال|نمبر|میسج|اړیکه|زنګ|زنگ)"
REFUSED = re.compile(
    r"(?:^|[,.;!\n]\s*|\b(?:and|but|please|pls|plz) )"
    r"(?:do not|don'?t|never) (?:call|contact|phone|text|message|ring) (?:me|us|my|back|this)\b"
    rf"|\b(?:mujh|mujhe|mjhe|mer[aie]|ham|hum|hamein|ham[aei]r[aie])\b[^,.;\n]*\b{_CALL}\b[^,.;\n]*"
    r"\b(?:na|nahi|nahin|nai|nhi|mat) (?:kar(?:en|ein|o|na|iye)|kren|kro|krna|den|dein|dena|do)\b(?! to\b)"
    rf"|\b(?:ma sara|mata|ma ta|zama)\b[^,.;\n]*\b{_CALL}\b[^,.;\n]*\b{COMMAND}"
    rf"|\b(?:مجھ|مجھے|میر[اےی]|ہم|ہمیں|ہمار[اےی])\b[^،,۔\n]*\b{_CALL_SCRIPT}\b[^،,۔\n]*"
    r"\b(?:نہ|مت|نہیں) (?:کریں|کرنا|کرو|کیجیے|کیجئے|دیں|دینا|دو)\b"
    rf"|\b(?:ما ?سره|ما ?ته|زما)\b[^،,۔\n]*\b{_CALL_SCRIPT}\b[^،,۔\n]*\bمه \w+",
    re.IGNORECASE,
)


def answered(text: str, *, says: bool | None) -> SafeContact | None:
    """What an answer to "may we contact you?" says; `says` is its yes or no, as far as known.

    Their words are kept as they are. "Only sms" says yes; a "no" with a time in it ("no, not at
    night") says neither, and staff read the words.
    """
    heard = NO_MATTER.sub(" ", text)
    if NEVER.search(heard):
        return SafeContact(allowed=False, never=text)
    if says is None and NO_FIRST.match(heard):
        says = False
    ways = [clause for clause in CLAUSE.split(heard) if HOW.search(clause) or REACH.search(clause)]
    offered = [clause for clause in ways if not NOT.search(clause)]
    if ways and not offered:
        # "Yes, but do not call home": yes to what, a person has to read.
        return SafeContact(how=text) if says else SafeContact(allowed=False, never=text)
    limits = {name: text for name, words in LIMITS.items() if words.search(heard)}
    if limits or offered:
        is_unclear = says is False or WATCHED.search(heard)
        return SafeContact(allowed=None if is_unclear else True, **(limits or {"how": text}))
    return None if says is None else SafeContact(allowed=says)


def refused(text: str) -> SafeContact | None:
    """The wish not to be contacted, told before or after it is asked; None without one."""
    found = REFUSED.search(text)
    return SafeContact(allowed=False, never=found.group()) if found else None


def late(text: str, *, is_story: bool) -> SafeContact | None:
    """What a text says of contact when our question is over; None where that is not plain.

    A "not" beside calling counts in a story too: the worst of a no too many is that nobody calls.
    """
    found = answered(text, says=None)
    if found is None or ASKS.search(text):
        return None
    if found.never:
        return found
    is_plain = OFFER.search(text) and (ME.search(text) or WHEN.search(text))
    return found if found.allowed and is_plain and not is_story else None

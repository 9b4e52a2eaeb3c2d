"""Which of five language forms a text is written in: en, ur, ps, roman_ur, roman_ps.

Every word votes: by letters only Pashto or only Urdu has, and by lists of frequent words
(`form_words.tsv`). A word two forms share gives each its part; a name votes for nobody.
"""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from language.normalise import Word, is_arabic, skeleton, squeeze, words_in
from language.tables import rows

FORMS = ("en", "ur", "ps", "roman_ur", "roman_ps")
SCRIPT_FORMS = frozenset({"ur", "ps"})
LOAN = "loan"  # an English word at home in all forms
# A second form makes a text mixed from this many words and this share of the votes on. Urdu and
# Pashto share words that the lists do not know, so between them it takes more.
_MIXED_WORDS = 2.0
_MIXED_SHARE = 0.3
_MIXED_SHARE_ENGLISH = 0.13
# This many words of another script are a phrase.
_PHRASE = 2
# A form with this many words of its own rules out another that has none.
_RULES_OUT = 2
_PASHTO_LETTERS = frozenset("ښړځڅېۍګټډڼږ")
_URDU_LETTERS = frozenset("ٹڈڑےھں")


@dataclass(frozen=True)
class Form:
    """The form of a text.

    `language` is one of FORMS, "mixed" or "unknown"; `reply` the form to answer in, or None when
    the text does not tell and the conversation's form stays; `votes` how many words spoke for each
    form, and for `LOAN`.
    """

    language: str
    reply: str | None
    votes: dict[str, float] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class FormWords:
    """The frequent words of each form, and English words at home in all forms.

    `forms` holds each word as it is spelt and by its skeleton; a spelling is surer than a skeleton.
    """

    forms: dict[str, frozenset[str]]
    loans: frozenset[str]

    @classmethod
    def load(cls, folder: Path) -> "FormWords":
        """Read `form_words.tsv`; its form `loan` lists English words that Urdu and Pashto use."""
        forms: dict[str, set[str]] = {}
        loans: set[str] = set()
        for row in rows(folder / "form_words.tsv"):
            for word in row["words"].split():
                if row["form"] == LOAN:
                    loans.add(squeeze(word))
                else:
                    forms.setdefault(word, set()).add(row["form"])
                    forms.setdefault(_key(word), set()).add(row["form"])
        return cls({key: frozenset(value) for key, value in forms.items()}, frozenset(loans))

    def knows(self, word: str) -> bool:
        """Tell whether the normalised word is a frequent one of any form."""
        return bool(self.of(word)) or squeeze(word) in self.loans

    def of(self, word: str) -> frozenset[str]:
        """Give the forms the normalised word belongs to; none for a loan word or a name."""
        if squeeze(word) in self.loans:
            return frozenset()
        forms = frozenset() if is_arabic(word) else self.forms.get(word, frozenset())
        return forms or self.forms.get(_key(word), frozenset()) - {"en"}


def _key(word: str) -> str:
    """Give the skeleton, marked so that it never equals a spelling."""
    return "~" + skeleton(word)


def form_of(text: str, words: FormWords, conversation: str | None = None) -> Form:
    """Tell the form of the text; one word keeps the conversation's, where there is one."""
    found = [word for word in words_in(text) if not word.text.isdigit()]
    votes = _votes(text, found, words)
    if not votes:
        return Form(_without_votes(found, words, conversation), None)
    if len(found) == 1 and conversation in FORMS:
        return Form(conversation, None)
    (first, most), *others = sorted(votes.items(), key=lambda vote: -vote[1])
    if others and others[0][1] == most and conversation == others[0][0]:
        (first, _), *others = [others[0], (first, most)]
    total = sum(votes.values())
    second, fewer = others[0] if others else ("", 0.0)
    share = _MIXED_SHARE_ENGLISH if "en" in {first, second} else _MIXED_SHARE
    mixed = fewer >= _MIXED_WORDS and fewer / total >= share
    loans = sum(squeeze(word.text) in words.loans for word in found)
    language = "mixed" if mixed or _two_scripts(found) else first
    return Form(language, first, {LOAN: loans, **votes})


def _two_scripts(found: list[Word]) -> bool:
    """Tell whether whole phrases stand in each script, not a name or a number word alone."""
    arabic = sum(is_arabic(word.text) for word in found)
    return min(arabic, len(found) - arabic) >= _PHRASE


def forms_in(text: str, found: list[Word], words: FormWords) -> frozenset[str]:
    """Give the forms the words of a text may be of: English always, others unless ruled out.

    One form rules another of its script out when it has several words of its own and the other
    has none, so that "me" is not Pashto "me" (to me) in a sentence of Roman Urdu.
    """
    sure, open_words = _sure_votes(text, found, words)
    if max(sure.values(), default=0) < _RULES_OUT:
        return frozenset(FORMS)
    forms = frozenset(sure) | {"en"} | _of_other_script(sure)
    undecided = [shared for shared in open_words if shared.isdisjoint(forms)]
    return forms.union(*undecided)


def _of_other_script(sure: Counter[str]) -> frozenset[str]:
    """Give the forms of a script in which no word voted, whose words therefore stay open."""
    script = SCRIPT_FORMS if sure.keys().isdisjoint(SCRIPT_FORMS) else frozenset()
    latin = frozenset(FORMS) - SCRIPT_FORMS
    return script | (latin if sure.keys().isdisjoint(latin) else frozenset())


def _sure_votes(
    text: str, found: list[Word], words: FormWords
) -> tuple[Counter[str], list[frozenset[str]]]:
    """Count the words that are of one form alone, and give the forms of each other word."""
    sure: Counter[str] = Counter()
    open_words: list[frozenset[str]] = []
    for word in found:
        # Pashto is often typed with Urdu letters, so a listed word is surer than its letters.
        forms = words.of(word.text)
        letters = _by_letters(text[word.start : word.end])
        if not forms or (len(forms) > 1 and "ps" in letters):
            forms = letters
        if len(forms) == 1:
            sure[next(iter(forms))] += 1
        elif forms:
            open_words.append(forms)
    return sure, open_words


def _votes(text: str, found: list[Word], words: FormWords) -> dict[str, float]:
    """Count the votes; what could be several forms goes to the one that is ahead without it."""
    sure, open_words = _sure_votes(text, found, words)
    votes: dict[str, float] = dict(sure)
    for forms in open_words:
        ahead = max((sure[form] for form in forms), default=0)
        leading = [form for form in sorted(forms) if sure[form] == ahead]
        for form in leading:
            votes[form] = votes.get(form, 0.0) + 1 / len(leading)
    return votes


def _by_letters(typed: str) -> frozenset[str]:
    """Give the form whose own letters the typed word holds; none when both or neither."""
    letters = set(typed)
    pashto = bool(letters & _PASHTO_LETTERS)
    urdu = bool(letters & _URDU_LETTERS)
    if pashto == urdu:
        return frozenset()
    return frozenset({"ps" if pashto else "ur"})


def _without_votes(found: list[Word], words: FormWords, conversation: str | None) -> str:
    """Tell the form of a text of loan words, names or numbers alone."""
    if conversation in FORMS:
        return conversation
    if any(is_arabic(word.text) for word in found):
        return "ur"
    return "en" if any(squeeze(word.text) in words.loans for word in found) else "unknown"

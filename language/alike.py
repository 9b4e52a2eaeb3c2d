"""Words that sound like a reviewed word and are another, so that they are known by their spelling.

"bhi" (also) is no brother, "raat" (night) no rat, and who is "cooking" is not choking. A closed
list like the number words; a native reviewer confirms Urdu and Pashto.
"""

from functools import cache

from language.normalise import normalise

_WORDS = """
bhi be by ban baitha betha bitha bethe baithe baithi bethi baithta bethta bite money soon
the thi they thay te tea tie ti deewar social aur our ur raat peet pait gae
kote kotha kota kotay cute kiraye toota match aadhi aadha adhi adha dhobi boli bole bolo
chirta chair thane thana tandoor tang thanks thank tank tankhwa tankhwah tankha thanra thand tangi
darra darya father fathers fat parhai parhi mela mele goli chup code chori lari lare gali race
zabardast gussa chhari charha bata bataye height good city seekh ice essay isi isay aisi aise
call kaan can sit seat band kid at che chi chai sath teen ten then thin
drawing kabari heroine warden karwana sleeves bakery process showing shutting cooking
qari carry three tree try nice book books booking sir id chhat kisi sindh send chalo
haal dir dear toll maan laugh marry no na chhoot wagera waghera waghaira ghundi burying buried bottle bottles
نہی چے چا چہ سر این مارکیٹ گاڑیاں بوتل گولی حال ساعت صبح سبا معلومہ نہ او کسی ظہر وعدہ سوری نومونہ
تیرا مہ گلی طعنے میری میرا پلہ
"""


@cache
def _as_spelt() -> frozenset[str]:
    return frozenset(map(normalise, _WORDS.split()))


def is_as_spelt(word: str) -> bool:
    """Tell whether the normalised word is known by its spelling alone."""
    return word in _as_spelt()

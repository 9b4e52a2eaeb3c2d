"""The number words of five language forms, 1 to 100: a closed class, so a table and not a lookup.

A native reviewer confirms Urdu and Pashto. Words stand in order of their number, spellings that a
skeleton does not join are parted by a bar.
"""

ENGLISH = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty
"""
ENGLISH_TENS = "twenty thirty forty fifty sixty seventy eighty ninety hundred"

ROMAN_URDU = """
ek|aik|ik do|dou teen|tin char|chaar panch|paanch|panj chay|chhe|chhay|chhah|cheh saat|sat aath|ath|aat nau|naw|no das|dus
gyara|gyarah|giara|gayara|gyaran bara|barah|baran tera|terah|taira|tehra choda|chauda|chawda|chaudah|chohda pandra|pandrah|pandara|pundra|pndra sola|solah|solan satra|satrah|sattara|satran athara|atharah unnis|unees bees|bis
ikkis|ikees bais|baees teis|tais|teyees chobis|chaubees pachis|pacchees chabis|chhabbees sattais atthais|athais untis|unatees tees
iktis|ikattees battis|bateess tentis|taintees chontis|chauntees paintis|painttees chattis|chhattees saintis|saintees artis|artees|adtees untalis|untaalees chalis|chaalees
iktalis|iktaalees biyalis|bayalees tentalis|taintalees chawalis|chawalees paintalis|paintalees chiyalis|chhiyalees saintalis|saintalees artalis|artalees unchas|unanchas pachas|pachaas
ikawan|ikyawan bawan|baawan tirpan|trepan chawwan|chauwan pachpan|pachapan chappan|chhappan sattawan|satawan athawan|atthawan unsath|unsatth saath|saatth
iksath|iksatth basath|basatth tirsath|tresath chonsath|chaunsath painsath|painsatth chiyasath|chhiyasath sarsath|sarsatth arsath|arsatth unhattar|unhatar sattar|sat'tar
ikhattar|ikhatar bahattar|bahatar tihattar|tehattar chohattar|chauhattar pachhattar|pachatar chihattar|chhihattar satattar|sathattar athattar|athhattar unasi|unnasi assi|asi
ikasi|ikyasi bayasi|biyasi tirasi|terasi chaurasi|chorasi pachasi|pichasi chiyasi|chhiyasi satasi|sattasi athasi|atthasi nawasi|navasi nawway|nabbe|nawwe
ikanway|ikyanwe banway|baanwe tiranway|tranwe chauranway|choranwe pachanway|pichanwe chiyanway|chhiyanwe satanway|sattanwe athanway|atthanwe ninanway|ninyanwe sau|so
"""

URDU = """
ایک دو تین چار پانچ چھ|چھے|چھہ سات آٹھ نو دس
گیارہ|گیاراں بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس
اکیس بائیس تئیس|تیئس چوبیس پچیس چھبیس ستائیس اٹھائیس انتیس تیس
اکتیس بتیس تینتیس چونتیس پینتیس چھتیس سینتیس اڑتیس انتالیس چالیس
اکتالیس بیالیس تینتالیس چوالیس پینتالیس چھیالیس سینتالیس اڑتالیس انچاس پچاس
اکاون باون ترپن چون پچپن چھپن ستاون اٹھاون انسٹھ ساٹھ
اکسٹھ باسٹھ تریسٹھ چونسٹھ پینسٹھ چھیاسٹھ سڑسٹھ اڑسٹھ انہتر ستر
اکہتر بہتر تہتر چوہتر پچھتر چھہتر ستتر اٹھتر اناسی اسی
اکاسی بیاسی تراسی چوراسی پچاسی چھیاسی ستاسی اٹھاسی نواسی نوے
اکانوے بانوے ترانوے چورانوے پچانوے چھیانوے ستانوے اٹھانوے ننانوے سو
"""

ROMAN_PASHTO = """
yaw|yao|yo dwa|dua|dwah dre|dray|dreh tsalor|salor|calor|saloor|sloor pinza|pinzah|pinzuh|panza shpag|shpaz|shpeg|shpagh|shpug|shpaj|spag|spug owa|uwa|owwa|wowa ata|atah nah|naha|neh las|lus
yawolas|yolas|yawulas dwolas|dolas|dwalas diyarlas|dyarlas|darlas swarlas|tswarlas|sawarlas pinzalas|pinzelas shparas|shpaaras|shparus owalas|uwalas atalas nulas|noolas|nunas shal
yawisht|yawvisht dwawisht|dwavisht drewisht|dervisht tsalerisht|salerisht pinzawisht|pinzavisht shpagwisht|shpagvisht owawisht|owavisht atawisht|atavisht nawisht|navisht dersh|dairsh
"""
ROMAN_PASHTO_TENS = "shal dersh|dairsh tsalwekht|salwekht panzos|pinzos shpeta|shpitah awya|avia atya|atia nawi|nevi"

PASHTO = """
یو|یوه دوه درې|دری|دریو|درو څلور|څلورو پنځه|پنځو|پینځه شپږ|شپګ|شپږو|شپژ اووه|اوه اته نهه|نه‌هه لس|لسو
یوولس|یولس دوولس|دولس|دوولسو دیارلس|دیارلسو څوارلس|څورلس پنځلس|پنځلسو|پینځلس|پنځه‌لس شپاړس|شپاړسو|شپارس اوولس|اولس|اووه‌لس اتلس|اتلسو نولس|نولسو شل
یوویشت|یوه‌ویشت دوه‌ویشت|دوویشت درویشت|درېویشت څلېریشت|څلورویشت پنځه‌ویشت|پنځویشت شپږویشت اووه‌ویشت اته‌ویشت نهه‌ویشت دېرش
"""
PASHTO_TENS = "شل دېرش|دیرش څلوېښت|څلویښت پنځوس شپېته|شپیته اویا اتیا نوي سل"

# Spellings whose skeleton is another word's ("dhai" and "di"), each behind its number. Halves
# count the whole years: two and a half is two.
AS_SPELT = """
1 derh dedh yawa yawe ڈیڑھ یوې
2 dhai dhaai adhai ڈھائی
5 pinzo
7 owo uwo owe اوو
8 ato اتو
9 naho nahu nahe نهو
"""

# "Da shpago kalo", "da shpagu kalu", "د یوولسو کالو": the oblique case of a Pashto number, from two on.
OBLIQUE = ((PASHTO, "و"), (ROMAN_PASHTO, "o"), (ROMAN_PASHTO, "u"))
VOWELS = "aeioyuهېیو"

# Eleven to nineteen in Roman Pashto, each up to its last "-as": their vowels are written as heard
# (yawolas, yolus, yaolaso), so that no list of spellings would end. "Dallas", "atlas" and "wallas"
# are none of them.
TEENS = r"""
y[aeou]*w*[aeou]*l  d(?:[aeu]*w[aeou]*|[ou]+)l  d[aeiy]+rl  (?:ts?|ch?|s)[aou]*w*[aeo]*rl
p[aeiu]n[dt]?[sz][aeou]*l  ss?h?p[aeou]+r+h?  (?:w?[aou]+[vw][aeou]+|oo+)l  at+h?[aou]+l  n[aou]+h?l
"""
TEEN_ENDING = "[aeou]s[aou]?"

# These say something else too ("do": two and give; "no": nine and no; "tera": thirteen and yours;
# "saath": sixty and with), so they count only beside a word that numbers stand with.
ALSO_WORDS = """
do dou no so sau das dus sat ath aat ata las tera terah taira bara barah ik char nah naha neh
sal yo dre asi assi bis tin tais artis nawi saath sath chay chhay che uwa sola bais tira tere
owe lus baran solan panza spag naho nahu nahe
نو سو چون نوي سات اسی سل یو یوه یوې نوے تیره تېره yawa yawe naho ato owo
"""
# Their skeleton is a number's and they never are one: uncle is not six, nor "at" eight, nor "chi"
# (that, in Pashto) six.
NEVER = "چچا چاچا at nai nay chi"
COUNTED = """
saal sal saala baras bars mahine mahina month months year years yr yrs din day days umar umr age
bachay bache bachi bachon larkiyan larke kids children girls boys class classes jamat baje
kaal kala kale kalan kalana kalane kalena kalo kalu kalono kalin kalun myashte myashto myashti myashtani wraze
سال سالہ برس ماہ مہینے دن بچے بچیاں بچوں لڑکیاں لڑکے عمر جماعت
کال کاله کالو کلن کلنه کلنې کلنۍ کلونو میاشتې میاشتو ورځې ماشومان نجونې هلکان
"""
# What may stand between the two numbers of a range.
BETWEEN = "se ya or to tar na سے یا تر نه"

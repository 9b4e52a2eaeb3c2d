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
gyara|gyarah|giara|gayara bara|barah tera|terah|taira choda|chauda|chawda|chaudah pandra|pandrah|pandara sola|solah satra|satrah|sattara athara|atharah unnis|unees bees|bis
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
گیارہ بارہ تیرہ چودہ پندرہ سولہ سترہ اٹھارہ انیس بیس
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
yaw|yao|yo dwa|dua|dwah dre|dray|dreh tsalor|salor|calor|saloor pinza|pinzah|pinzuh shpag|shpaz|shpeg|shpagh owa|uwa|owwa ata|atah nah|naha|neh las
yawolas|yolas|yawulas dwolas|dolas|dwalas diyarlas|dyarlas|darlas swarlas|tswarlas|sawarlas pinzalas|pinzelas shparas|shpaaras|shparus owalas|uwalas atalas nulas|noolas|nunas shal
yawisht|yawvisht dwawisht|dwavisht drewisht|dervisht tsalerisht|salerisht pinzawisht|pinzavisht shpagwisht|shpagvisht owawisht|owavisht atawisht|atavisht nawisht|navisht dersh|dairsh
"""
ROMAN_PASHTO_TENS = "shal dersh|dairsh tsalwekht|salwekht panzos|pinzos shpeta|shpitah awya|avia atya|atia nawi|nevi"

PASHTO = """
یو|یوه دوه درې|دری څلور|څلورو پنځه|پنځو شپږ|شپګ|شپږو اووه|اوه اته نهه|نه‌هه لس|لسو
یوولس|یولس دوولس|دولس|دوولسو دیارلس|دیارلسو څوارلس|څورلس پنځلس|پنځلسو شپاړس|شپاړسو اوولس|اولس اتلس|اتلسو نولس|نولسو شل
یوویشت|یوه‌ویشت دوه‌ویشت|دوویشت درویشت|درېویشت څلېریشت|څلورویشت پنځه‌ویشت|پنځویشت شپږویشت اووه‌ویشت اته‌ویشت نهه‌ویشت دېرش
"""
PASHTO_TENS = "شل دېرش|دیرش څلوېښت|څلویښت پنځوس شپېته|شپیته اویا اتیا نوي سل"

# Spellings whose skeleton is another word's ("dhai" and "di"), each behind its number. Halves
# count the whole years: two and a half is two.
AS_SPELT = """
1 derh dedh yawa yawe ڈیڑھ یوې
2 dhai dhaai adhai ڈھائی
5 pinzo
7 owo اوو
8 ato اتو
9 naho نهو
"""

# "Da shpago kalo", "د یوولسو کالو": the oblique case of a Pashto number, from two on.
OBLIQUE = ((PASHTO, "و"), (ROMAN_PASHTO, "o"))
VOWELS = "aeioyuهېیو"

# These say something else too ("do": two and give; "no": nine and no; "tera": thirteen and yours;
# "saath": sixty and with), so they count only beside a word that numbers stand with.
ALSO_WORDS = """
do dou no so sau das dus sat ath aat ata las tera terah taira bara barah ik char nah naha neh
sal yo dre asi assi bis tin tais artis nawi saath sath chay chhay uwa sola bais tira tere
نو سو چون نوي سات اسی سل یو یوه یوې نوے تیره تېره yawa yawe naho ato owo
"""
# Their skeleton is a number's and they never are one: uncle is not six, nor "at" eight.
NEVER = "چچا چاچا at nai nay"
COUNTED = """
saal sal saala baras bars mahine mahina month months year years yr yrs din day days umar umr age
bachay bache bachi bachon larkiyan larke kids children girls boys class classes jamat baje
kaal kala kalan kalana kalena kalo kalono myashte myashto myashti myashtani wraze
سال سالہ برس ماہ مہینے دن بچے بچیاں بچوں لڑکیاں لڑکے عمر جماعت
کال کاله کالو کلن کلنه کلنې کلنۍ کلونو میاشتې میاشتو ورځې ماشومان نجونې هلکان
"""

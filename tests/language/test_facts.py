"""What a text tells besides its concern, with the words that tell it."""

import pytest

from language.lexicon import Lexicon

CASES = [
    ("happening_now", "chacha bachi ko abhi mar raha hai"),
    ("weapon", "us ke paas pistol hai aur bachi ko dhamki deta hai"),
    ("weapon", "د هغه سره چاړه ده"),
    ("injury_needs_care", "mar mar ke bachay ki haddi tor di"),
    ("injury_needs_care", "ماشوم زخمي دی"),
    ("injury_needs_care", "the girl has a black eye again"),
    ("injury_needs_care", "bachay ke bazu par neel hai, ustad marta hai"),
    ("injury_needs_care", "بچی کا منہ سوج گیا ہے باپ نے مارا"),
    ("injury_needs_care", "د هلک لاس پړسېدلی دی"),
    ("injury_needs_care", "da halak makh parsedale de"),
    ("unconscious", "the child is unconscious"),
    ("poison", "bachi ne zeher kha liya"),
    ("burn", "ustad ne bachay ko garam istri se jalaya"),
    ("choking", "wo bachi ka gala daba raha hai"),
    ("locked_or_chained", "bachi ko kamre mein band kar ke rakha hai"),
    ("locked_or_chained", "ماشوم یې تړلی دی"),
    ("food_or_medicine_withheld", "bachi ko khana nahi dete"),
    ("food_or_medicine_withheld", "mashom ta dodai na warkawi"),
    ("death_threat", "kehta hai tumhe jan se mar dunga meri beti ko"),
    ("harmer_has_access", "mamu bachi ko galat jagah hath lagata hai"),
    ("harmer_has_access", "my stepfather beats my brother"),
    ("harmer_has_power", "police walay bachay ko mar rahe hain"),
    ("several_victims", "teen bachiyan wahan band hain"),
    ("under_5", "ek nomolood bachi"),
    ("cannot_speak", "goonga bacha hai bol nahi sakta"),
    ("disability", "the boy is deaf and they beat him"),
    ("alone", "bacha akela hai"),
    ("no_adult_tonight", "bacha akela hai raat kahan guzare ga"),
    ("outdoors_or_night", "baby left on the road"),
    ("in_transit", "bachon ko torkham border le ja rahe hain"),
    ("taken_by_someone", "larki ko aghwa kar liya"),
    ("ransom", "tawan mang rahe hain bachay ka"),
    ("within_24h", "aaj subah se gum hai"),
    ("within_24h", "kal raat ko hua"),
    ("within_72h", "parson ka waqia hai"),
    ("within_72h", "saba nikah da"),
    ("within_14_days", "jumay ko nikah hai"),
    ("within_14_days", "the wedding is next week"),
    ("handed_over", "bachi ka nikah kar diya gaya hai"),
    ("jirga", "jirga baitha hai"),
    ("refuses", "zabardasti shadi kar rahe hain"),
    ("dangerous_work", "bacha bhatte par kaam karta hai"),
    ("not_allowed_to_leave", "bachi ko ghar nahi jane dete"),
    ("lives_with_employer", "bachi malik ke ghar rehti hai kaam karti hai"),
    ("beaten", "baap bachay ko roz marta hai"),
    ("adult_supplies_drugs", "wo bachay ko nasha deta hai"),
    ("ice_or_injecting", "larka ice ka nasha karta hai"),
    ("self_harm_words", "main marna chahti hun"),
    ("suicide_plan_or_means", "aaj raat khudkushi kar lungi"),
    ("suicide_attempt", "meri behan ne zeher kha liya"),
    ("meeting_arranged", "facebook par ek admi mujhe akele milne bula raha hai"),
    ("blackmail", "meri tasveerein viral karne ki dhamki"),
    ("detained", "police ne bachay ko giraftar kiya"),
    ("with_adults_in_detention", "bacha jail mein baron ke sath hai"),
    ("torture", "police larke ko thane mein mar rahi hai"),
    ("about_to_be_taken", "taliban larke ko apne sath le ja rahe hain"),
    ("sexual_element", "galat harkat karta hai"),
    ("repeated", "ustad bachon ko roz marta hai"),
    ("group", "char larke mil kar marte hain"),
    ("pregnancy", "larki hamila hai"),
    ("two_weeks_not_functioning", "do hafte se khana nahi khata bacha"),
    ("denied_on_purpose", "bachi ko school nahi jane dete"),
    ("kept_home_before_marriage", "shadi ke liye school se utha liya bachi ko"),
    ("child_heads_household", "bara bhai chote behan bhaiyon ko palta hai 13 saal ka bacha"),
    ("exploited_by_guardian", "chacha yateem bachon ki jaidad kha gaya"),
    ("over_3_months_ago_no_access", "do saal pehle ustad ne mara tha"),
]


@pytest.mark.parametrize(
    ("fact", "text"), [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in CASES]
)
def test_a_fact_is_heard_with_its_words(lexicon: Lexicon, fact: str, text: str) -> None:
    words = [hit.words for hit in lexicon.hits(text) if fact in hit.facts]
    assert words
    assert all(heard in text for heard in words)


@pytest.mark.parametrize("text", ["abhi", "aaj school nahi gaya", "ابھی آتا ہوں", "os zam"])
def test_a_time_alone_is_no_danger(lexicon: Lexicon, text: str) -> None:
    assert not any(hit.danger for hit in lexicon.hits(text))


def test_a_hit_carries_the_words_as_they_were_typed(lexicon: Lexicon) -> None:
    text = "Salam. BACHI ko us ka Chachaa Maar rhaaa hai, jaldi"
    heard = [hit.words for hit in lexicon.hits(text) if hit.danger]
    assert "BACHI ko us ka Chachaa Maar rhaaa" in heard


GRAVE = [
    ("locked_or_chained", "they keep her shut in the back room the girl is 9"),
    ("locked_or_chained", "بچہ گھر کے اندر بند ہے"),
    ("locked_or_chained", "هلک يې په تشناب کې قلف کړی دی"),
    ("locked_or_chained", "halak ye washroom ke qulf kre de"),
    ("weapon", "he came to the boy with a razor"),
    ("weapon", "tra topancha rawre da"),
    ("injury_needs_care", "toy exploded and the boy's fingers gone"),
    ("injury_needs_care", "machine me bache ki ungli kat gayi"),
    ("injury_needs_care", "آرا مشین میں بچے کی انگلیاں کٹ گئیں"),
]


@pytest.mark.parametrize(
    ("fact", "text"), [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in GRAVE]
)
def test_what_is_grave_is_heard_by_other_words_too(lexicon: Lexicon, fact: str, text: str) -> None:
    assert fact in {heard for hit in lexicon.hits(text) for heard in hit.facts}


NOT_TOLD = [
    ("several_victims", "two children go to school without shoes"),
    ("several_victims", "do bachay bhook se pareshan hain"),
    ("outdoors_or_night", "the boy sells pakora outside the college"),
    ("outdoors_or_night", "لڑکا مسجد کے باہر مانگتا ہے"),
    ("within_24h", "aaj kal bachi chup rehti hai"),
    ("within_24h", "آج کل بچی چپ رہتی ہے"),
    ("within_24h", "نن سبا ماشوم چپ وي"),
    ("disability", "the girl's grandmother is blind"),
    ("disability", "baap mazoor hai bacha kaam karta hai"),
    ("detained", "د ديارلسو كالو هلك كتاب نيولی دی"),
    ("locked_or_chained", "larki ghungru bandh kar nachti hai"),
    ("locked_or_chained", "bachon ne bakri bandh kar rakhi hai"),
    ("food_or_medicine_withheld", "ماشومان په نهر کې لوبې کوي"),
    ("unconscious", "bachi paas baithi hai"),
]


@pytest.mark.parametrize(
    ("fact", "text"), [pytest.param(*case, id=f"{case[0]}: {case[1]}") for case in NOT_TOLD]
)
def test_a_fact_is_not_heard_where_it_is_not_told(lexicon: Lexicon, fact: str, text: str) -> None:
    assert fact not in {heard for hit in lexicon.hits(text) for heard in hit.facts}

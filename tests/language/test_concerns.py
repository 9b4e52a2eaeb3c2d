"""Each of the concerns is heard in each of five forms."""

import pytest

from language.lexicon import Lexicon

TOLD = {
    "sexual_abuse": [
        "my uncle touches me in private parts",
        "chacha mujhe galat jagah hath lagata hai",
        "ماموں بچی کو غلط جگہ چھوتا ہے",
        "کاکا مې بدو ځایونو ته لاس وړي",
        "kaka me bado zayuno ta las wri",
    ],
    "sexual_exploitation": [
        "men give the boy money for sex",
        "larke ko bacha bazi ke liye le jate hain",
        "لڑکی سے جسم فروشی کروا رہے ہیں",
        "هلک بچه بازۍ ته بیایي",
        "halak bacha bazai ta bozi",
    ],
    "online_abuse": [
        "a boy is blackmailing me with my pictures",
        "wo meri tasveerein facebook par dalne ki dhamki deta hai",
        "وہ میری تصویریں وائرل کرنے کی دھمکی دے رہا ہے",
        "زما تصویرونه خپروي او بلېک مېل کوي مې",
        "zma tasweeruna facebook ta achawi blackmail kawi me",
    ],
    "physical_abuse": [
        "father beats his children every day",
        "baap bachon ko roz marta hai",
        "سوتیلی ماں بچی کو بہت مارتی ہے",
        "پلار یې هره ورځ ماشومان وهي",
        "mere ye mashoman wahi hara wraz",
    ],
    "corporal_punishment": [
        "the teacher beats students with a stick",
        "qari sahib madrassay mein bachon ko dande se marta hai",
        "استاد سکول میں بچوں کو چھڑی سے مارتا ہے",
        "ملا په مدرسه کې ماشومان وهي",
        "ustaz pa school ke mashoman wahi",
    ],
    "emotional_abuse": [
        "he abuses and insults the child all day and threatens her",
        "har waqt bachi ko galiyan deta hai aur dhamkiyan",
        "بچے کو ہر وقت گالیاں اور دھمکیاں دیتا ہے",
        "ماشوم ته ښکنځل کوي او ډاروي یې",
        "mashom ta kanzal kawi aw daarawi ye",
    ],
    "neglect": [
        "they do not feed the child",
        "bachon ko khana nahi dete bhookay rehte hain",
        "بچی کو کھانا نہیں دیتے",
        "ماشوم ته ډوډۍ نه ورکوي",
        "mashom ta dodai na warkawi",
    ],
    "abandonment": [
        "somebody left a baby at the mosque door",
        "koi masjid ke bahar bacha chor gaya",
        "کوئی نومولود بچی چھوڑ گیا",
        "یو ماشوم یې پرې ایښی دی",
        "mashom ye pa jumat ke pre ekhe de",
    ],
    "child_marriage": [
        "they are marrying off a 13 year old girl",
        "12 saal ki bachi ki shadi kar rahe hain",
        "تیرہ سالہ بچی کی زبردستی شادی",
        "د دیارلس کلنې نجلۍ په زور واده کوي",
        "da dyarlas kalana jinai pa zor wada kawi",
    ],
    "harmful_custom": [
        "the girl is being given in swara to settle a feud",
        "badle mein larki wani kar di",
        "لڑکی کو سورہ میں دے رہے ہیں",
        "پر نجلۍ یې غږ کړی دی",
        "jinai ye pa swara ke warkri da",
    ],
    "trafficking": [
        "a man is selling girls to afghanistan",
        "bachi ko paison ke badlay bech diya",
        "بچوں کو بیچ رہے ہیں",
        "نجلۍ یې خرڅه کړه",
        "jinai ye kharsa kra",
    ],
    "missing_child": [
        "my son is missing since morning",
        "mera beta kal se ghar nahi aaya gum ho gaya",
        "میرا بچہ گم ہو گیا ہے",
        "زما زوی ورک دی",
        "zama zwe wrak de",
    ],
    "child_labour": [
        "a 10 year old boy works in a mechanic workshop",
        "9 saal ka bacha hotel par bartan dhota hai",
        "بچہ ورکشاپ میں کام کرتا ہے",
        "ماشوم په هوټل کې کار کوي",
        "mashom pa workshop ke kar kawi",
    ],
    "bonded_labour": [
        "family must work at the brick kiln to pay the loan, children too",
        "qarz ke badlay bachon se bhatte par kaam karwate hain",
        "قرض کے بدلے بچوں سے بھٹے پر مزدوری کروا رہے ہیں",
        "د پور په بدل کې پر ماشومانو په بټۍ کې کار کوي",
        "da por pa badal ke pa mashomano kar kawi",
    ],
    "street_begging": [
        "children begging at the traffic signal",
        "chhoti bachi chowk par bheek mang rahi hai",
        "بچے سڑک پر بھیک مانگتے ہیں",
        "ماشوم په بازار کې سوال کوي",
        "mashoman pa sarak sawal kawi",
    ],
    "separated_unaccompanied": [
        "a little boy is alone here, he lost his family",
        "ek bacha akela hai us ke maa baap bichar gaye hain",
        "ایک بچہ اکیلا ہے ماں باپ سے بچھڑ گیا ہے",
        "یو ماشوم یوازې دی له کورنۍ بېل شوی",
        "yao mashom yawaze de da koranai na juda shawe",
    ],
    "child_on_move": [
        "afghan refugee children have no shelter at torkham",
        "afghan muhajir bachay hain wapis bheje ja rahe hain",
        "افغان مہاجر بچے بے گھر ہیں",
        "د افغان مهاجرو ماشومان بې ځایه شوي دي",
        "afghan muhajir mashoman be kora di",
    ],
    "orphan_without_care": [
        "orphan children with nobody to look after them",
        "yateem bachay hain koi sambhalne wala nahi",
        "یتیم بچے بے سہارا ہیں",
        "یتیم ماشومان بې سرپرسته دي",
        "yateem mashoman be asre di",
    ],
    "contact_with_law": [
        "police arrested a 14 year old boy",
        "police ne bachay ko giraftar kar liya",
        "پولیس نے بچے کو گرفتار کر لیا ہے",
        "پولیسو ماشوم نیولی دی",
        "police mashom newale de",
    ],
    "armed_recruitment": [
        "militants are recruiting boys from the village",
        "taliban larkon ko bharti kar rahe hain",
        "شدت پسند لڑکوں کو بھرتی کر رہے ہیں",
        "طالبان هلکان جلبوي",
        "taliban halakan bharti kawi",
    ],
    "explosive_hazard": [
        "children found a mortar shell",
        "khet mein barodi surang hai",
        "بچوں کو ایک بم ملا ہے",
        "ماین مو لیدلی دی",
        "pa lara ke mine prot de",
    ],
    "drug_use": [
        "my 15 year old brother is addicted to ice",
        "bacha samad bond ka nasha karta hai",
        "لڑکا آئس کا نشہ کرتا ہے",
        "هلک چرس څکوي",
        "halak nasha kawi ice skawi",
    ],
    "disability_at_risk": [
        "they keep the disabled boy tied",
        "mazoor bachay ko bandh kar rakhte hain",
        "معذور بچی کو باندھ کر رکھتے ہیں",
        "معذور ماشوم یې تړلی دی",
        "mazur mashom ye tarale de",
    ],
    "self_harm": [
        "i want to die",
        "mai marna chahti hun",
        "میں مرنا چاہتی ہوں",
        "زه ځان وژل غواړم",
        "za mrag ghwaram",
    ],
    "psychosocial_distress": [
        "the child is very scared and cries at night",
        "bacha dara hua hai raat ko rota hai",
        "بچی بہت ڈری ہوئی ہے اور کسی سے بات نہیں کرتی",
        "ماشوم ډېر وېرېږي او شپه نه خوب کوي",
        "mashom der yaregi aw jari",
    ],
    "access_to_services": [
        "the girl is not allowed to go to school",
        "bachi ko school nahi jane dete",
        "بچے کا ب فارم نہیں بنا رہے",
        "نجلۍ ښوونځي ته نه پرېږدي",
        "jinai school ta na pregdi",
    ],
    "bullying": [
        "older boys bully my son at school",
        "school mein larke mere bhai ko tang karte hain",
        "سکول میں لڑکے مجھے تنگ کرتے ہیں",
        "هلکان مې په ښوونځي کې تنګوي",
        "halakan me pa school ke tangawi",
    ],
    "other_unsure": [
        "I am not sure but something is wrong with a child",
        "kuch garbar hai us bachi ke sath pata nahi",
        "بچی کے ساتھ کچھ غلط ہے یقین نہیں",
        "د ماشوم سره څه ستونزه ده خو ډاډه نه یم",
        "da mashom sara sa masla da kho pata na lagi",
    ],
}
CASES = [
    pytest.param(concern, text, id=f"{concern}: {text}")
    for concern, texts in TOLD.items()
    for text in texts
]


@pytest.mark.parametrize(("concern", "text"), CASES)
def test_a_concern_is_heard(lexicon: Lexicon, concern: str, text: str) -> None:
    assert concern in {found for hit in lexicon.hits(text) for found in hit.concerns}

"""Numbers and case codes, in digits of three scripts and words of five forms."""

import pytest

from language.numbers import code_in, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("umar 9 saal", [9], id="a digit"),
        pytest.param("9saal", [9], id="a digit written on to its word"),
        pytest.param("12-13 saal", [12, 13], id="a range"),
        pytest.param("۱۲ کلنه، ١٣", [12, 13], id="digits of two scripts"),
        pytest.param("bara saal ki", [12], id="Roman Urdu"),
        pytest.param("baarah saal", [12], id="Roman Urdu, another spelling"),
        pytest.param("chauda saal", [14], id="fourteen"),
        pytest.param("pandrah", [15], id="a bare word as an answer"),
        pytest.param("بارہ سال", [12], id="Urdu"),
        pytest.param("سات سال کی", [7], id="seven in Urdu"),
        pytest.param("دولس کلنه", [12], id="Pashto"),
        pytest.param("دیارلس کلن", [13], id="thirteen in Pashto"),
        pytest.param("dolas kalana", [12], id="Roman Pashto"),
        pytest.param("shpag kala", [6], id="six in Roman Pashto"),
        pytest.param("twelve years old", [12], id="English"),
        pytest.param("twenty five years", [25], id="two English words"),
        pytest.param("do bachay", [2], id="two children"),
        pytest.param("das gyarah saal", [10, 11], id="a number beside the next one"),
        pytest.param("dhai saal", [2], id="two and a half are two whole"),
        pytest.param("us ko di", [], id="di sounds like dhai and is gave"),
        pytest.param("da shpago kalo", [6], id="the oblique case, Roman Pashto"),
        pytest.param("د یوولسو کالو", [11], id="the oblique case, Pashto"),
        pytest.param("dolus, swarlaso, pinzlas kala", [12, 14, 15], id="teens written by ear"),
        pytest.param("da shpagu kalu", [6], id="the oblique case as it is said in the north"),
        pytest.param("dallas, atlas, wallas", [], id="words that sound like Pashto's teens"),
        pytest.param("das se bara saal", [10, 12], id="from ten to twelve"),
        pytest.param("che 8 kalan de", [8], id="that, and not six"),
        pytest.param("پینځلس کلن", [15], id="fifteen in Pashto, another spelling"),
        pytest.param("aurat ko paisa do", [], id="do is also give"),
        pytest.param("tera naam kya", [], id="tera is also yours"),
        pytest.param("us ke saath", [], id="saath is also with"),
        pytest.param("bara bhai", [], id="bara is also elder"),
        pytest.param("school mein no help", [], id="no is also no"),
        pytest.param("482 177 306", [], id="a case code is no number"),
        pytest.param("+923000000123", [], id="a phone number is none"),
        pytest.param("teen saal", [3], id="three in Urdu is no English ten"),
        pytest.param("ten years", [10], id="English ten"),
        pytest.param("بچی چچا کے گھر", [], id="uncle is not six"),
        pytest.param("9 saal, Bara bazar", [9], id="what is counted stands in the same clause"),
    ],
)
def test_numbers_are_read(text: str, numbers: list[int]) -> None:
    assert numbers_in(text) == numbers


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param("482177306", "482177306", id="as one"),
        pytest.param("code 482 177 306 ka kya hua", "482177306", id="as we write it"),
        pytest.param("482-177-306", "482177306", id="with dashes"),
        pytest.param("٤٨٢ ١٧٧ ٣٠٦", "482177306", id="in Arabic digits"),
        pytest.param("۴۸۲۱۷۷۳۰۶", "482177306", id="in Urdu digits"),
        pytest.param("4 8 2 1 7 7 3 0 6", "482177306", id="digit by digit"),
        pytest.param("48217730", None, id="eight digits"),
        pytest.param("4821773066", None, id="ten digits"),
        pytest.param("+923000000123", None, id="a phone number"),
        pytest.param("03000000123", None, id="a phone number as dialled at home"),
        pytest.param("umar 9", None, id="an age"),
    ],
)
def test_a_case_code_is_read_in_any_spacing(text: str, code: str | None) -> None:
    assert code_in(text) == code

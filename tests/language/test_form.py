"""The form a text is written in, and the one to answer in."""

import pytest

from language.form import Form, FormWords, form_of

SURE = [
    ("en", "he is beating my sister please come"),
    ("en", "what is this number"),
    ("en", "a girl is missing since morning"),
    ("ur", "میرے ابو مجھے مارتے ہیں"),
    ("ur", "بچی گم ہو گئی ہے"),
    ("ur", "آپ کون ہیں"),
    ("ps", "پلار مې ما وهي اوس"),
    ("ps", "زما ماشوم ورک دی"),
    ("ps", "تاسو څوک یئ"),
    ("ps", "ماشوم پہ سکول کے وہی"),
    ("ps", "ہغہ زما خور پہ زور بوتلہ"),
    ("roman_ur", "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"),
    ("roman_ur", "school mein teacher ne mara"),
    ("roman_ur", "meri behan gum hai"),
    ("roman_ur", "koi nahi hai"),
    ("roman_ps", "zama mashoom da kor na wrak de"),
    ("roman_ps", "plar me ma wahi os"),
    ("roman_ps", "ta sok ye"),
    ("roman_ps", "da mashom pa swat ke dai"),
    ("mixed", "my sister ko chacha beat kar raha hai he will kill her"),
    ("mixed", "میرے neighbour اپنے بچوں کو daily مارتے ہیں"),
    ("mixed", "زړه مې نه غواړي چې ژوندۍ پاتې شم مجھے مر جانا چاہیے"),
]


@pytest.mark.parametrize(("language", "text"), SURE)
def test_the_form_is_told(form_words: FormWords, language: str, text: str) -> None:
    assert form_of(text, form_words).language == language


def test_loan_words_do_not_make_a_text_mixed(form_words: FormWords) -> None:
    text = "police ne school ke bus driver ko please phone kiya hai"
    assert form_of(text, form_words) == Form("roman_ur", "roman_ur")


def test_a_mixed_text_is_answered_in_the_form_with_most_words(form_words: FormWords) -> None:
    text = "my sister ko chacha beat kar raha hai abhi jaldi karo he is bad"
    assert form_of(text, form_words) == Form("mixed", "roman_ur")


@pytest.mark.parametrize("word", ["ok", "nahi", "help", "Bara", "سوات"])
@pytest.mark.parametrize("conversation", ["ps", "en"])
def test_one_word_keeps_the_conversations_form(
    form_words: FormWords, word: str, conversation: str
) -> None:
    assert form_of(word, form_words, conversation) == Form(conversation, None)


def test_one_word_that_opens_a_conversation_tells_its_form(form_words: FormWords) -> None:
    assert form_of("بچاؤ", form_words).reply == "ur"


@pytest.mark.parametrize("text", ["", "482 177 306", "..."])
def test_a_text_without_words_tells_nothing(form_words: FormWords, text: str) -> None:
    assert form_of(text, form_words) == Form("unknown", None)

"""The page says when an answer of ours did not reach the reporter, in the officer's language."""

import pytest

DANGER = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
TITLES = {
    "en": "Our answer did not reach the reporter",
    "ur": "ہمارا جواب اطلاع دینے والے تک نہیں پہنچا",
}
LINES = {"en": "The helpline numbers · It cannot be sent", "ur": "مدد کے نمبر · انہیں بھیجا نہیں"}


@pytest.fixture
async def page(make_alert):
    alert = await make_alert("1", DANGER, place="town.khyber.bara.bara", complete=True)
    return f"/alerts/{alert['alert']}"


@pytest.mark.parametrize("language", ["en", "ur"])
async def test_an_answer_that_did_not_arrive(language, browser_of, channels, page):
    browser = await browser_of()
    await browser.get(page)
    await browser.post("/language", language=language, back=page)
    assert TITLES[language] not in browser.text
    told = {
        "key": "africastalking:1:0",
        "conversation": "c1",
        "report": "africastalking:1",
        "kind": "lifeline",
        "state": "refused",
        "at": "2026-03-02T12:00:00Z",
    }
    await channels.post("/internal/v1/deliveries", told)
    await browser.get(page)
    assert TITLES[language] in browser.text
    assert LINES[language] in browser.text
    await channels.post("/internal/v1/deliveries", told | {"state": "reached"})
    await browser.get(page)
    assert TITLES[language] not in browser.text

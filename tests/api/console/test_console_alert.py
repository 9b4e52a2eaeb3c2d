"""One alert's page: all that was told, who may see it, and what can be done with it."""

import re

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow

TEXT = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
KHYBER = {"place": "town.khyber.bara.bara", "complete": True}
GIRL = {
    "concerns": [{"code": "physical_abuse", "p": 0.9}],
    "children": [{"age": 9, "gender": "girl"}],
    "facts": [{"fact": "happening_now", "value": True, "words": "abhi"}],
    "when": "abhi",
}


@pytest.fixture
async def page(make_alert):
    """The address of an alert of Khyber."""
    alert = await make_alert("1", TEXT, **GIRL, **KHYBER)
    return f"/alerts/{alert['alert']}"


async def test_the_page_shows_what_was_told_and_why_it_is_urgent(browser_of, page):
    browser = await browser_of()
    await browser.get(page)
    for told in (
        "Beating, burning, injury",
        "Immediate",
        TEXT,
        "Violence or danger to life is going on now",
        "Happening now",
        "Girl, 9 years",
        "DCPU Khyber serves Khyber",
        "Not told. Do not contact them first.",
        "Opened, risk Immediate",
    ):
        assert told in browser.text


async def test_nothing_that_was_told_is_in_the_title_or_the_address(browser_of, page):
    browser = await browser_of()
    answer = await browser.get(page)
    assert re.search(r"<title>(.*)</title>", answer.text)[1] == "Alert · Amaan"
    assert re.fullmatch(r"/alerts/[0-9a-f-]{36}", answer.url.path)


async def test_what_was_told_is_shown_as_letters_and_never_as_a_page(browser_of, make_alert):
    text = '<script>alert(1)</script> "quoted" & <b>bold</b>'
    contact = {"allowed": True, "how": "<i>sms</i>"}
    alert = await make_alert("1", text, safe_contact=contact, **KHYBER)
    browser = await browser_of()
    answer = await browser.get(f"/alerts/{alert['alert']}")
    assert "<script>" not in answer.text
    assert "<i>sms" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in answer.text


async def test_every_report_finds_its_own_direction(browser_of, make_alert):
    text = "یوه نجلۍ په زور ودوي"
    alert = await make_alert("1", text, language="ps", **KHYBER)
    browser = await browser_of()
    answer = await browser.get(f"/alerts/{alert['alert']}")
    assert f'<p dir="auto">{text}</p>' in answer.text


async def test_safe_contact_says_how_when_and_never(browser_of, make_alert):
    contact = {"allowed": True, "how": "sirf sms", "when": "shaam ko", "never": "ghar par nahi"}
    alert = await make_alert("1", safe_contact=contact, unanswered=["happening_now"], **KHYBER)
    browser = await browser_of()
    await browser.get(f"/alerts/{alert['alert']}")
    assert "They may be contacted How sirf sms When shaam ko Never ghar par nahi" in browser.text
    assert "Call back" in browser.text
    assert "Whether it is happening now" in browser.text


@pytest.mark.parametrize(
    ("role", "unit"),
    [("officer", "swat"), ("supervisor", "swat"), ("commission", None), ("administrator", None)],
)
async def test_an_alert_that_is_not_yours_looks_like_one_that_does_not_exist(
    browser_of, page, role, unit
):
    browser = await browser_of(role, unit)
    there = await browser.get(page)
    nowhere = await browser.get("/alerts/00000000-0000-4000-8000-000000000000")
    no_id = await browser.get("/alerts/482177306")
    assert there.status_code == nowhere.status_code == no_id.status_code == 404
    assert there.text == nowhere.text == no_id.text


@pytest.mark.parametrize("act", ["acknowledge", "note", "assign", "retriage", "transfer", "close"])
async def test_nobody_works_on_an_alert_that_is_not_theirs(browser_of, begin, page, act):
    browser = await browser_of("officer", "swat")
    await browser.get("/")
    whole = {
        "text": "seen",
        "username": browser.staff.username,
        "risk": "low",
        "unit": "swat",
        "outcome": "drill",
        "reason": "because",
    }
    answer = await browser.post(f"{page}/{act}", **whole)
    assert answer.status_code == 404
    async with begin() as call:
        query = select(AuditRow.act).where(AuditRow.staff_id == browser.staff.id)
        acts = set(await call.session.scalars(query))
    assert acts == {"list"}


async def test_each_look_is_in_the_audit_log(browser_of, begin, page):
    browser = await browser_of()
    await browser.get(page)
    async with begin() as call:
        query = select(AuditRow).where(AuditRow.staff_id == browser.staff.id)
        [row] = list(await call.session.scalars(query))
    assert (row.act, f"/alerts/{row.alert_id}") == ("look", page)


async def test_acknowledge_note_and_close(browser_of, page):
    browser = await browser_of(username="zara")
    await browser.get(page)
    await browser.post(f"{page}/acknowledge")
    assert "You acknowledged this alert." in browser.text
    assert "by zara" not in browser.text
    assert "Acknowledge</button>" not in browser.page.text
    await browser.post(f"{page}/note", text="Called the committee.\nThey go there now.")
    assert "Your note is kept." in browser.text
    assert "Called the committee.\nThey go there now." in browser.page.text
    await browser.post(f"{page}/close", outcome="child_safe", reason="She is with her aunt.")
    assert "The alert is closed." in browser.text
    assert "Closed: The child is safe" in browser.text
    assert "She is with her aunt." in browser.text
    assert "<form method" not in browser.page.text.partition("<main")[2]


async def test_assign_and_set_another_risk(browser_of, account, page):
    await account(username="omar", password=None)
    browser = await browser_of()
    await browser.get(page)
    await browser.post(f"{page}/assign", username="omar")
    assert "Assigned to omar" in browser.text
    await browser.post(f"{page}/retriage", risk="low", reason="Spoke with the mother.")
    assert "Risk set from Immediate to Low" in browser.text
    assert "Spoke with the mother." in browser.text


async def test_a_transfer_leads_back_to_the_queue_without_it(browser_of, page):
    browser = await browser_of()
    await browser.get(page)
    await browser.post(f"{page}/transfer", unit="swat", reason="The family lives there.")
    assert browser.page.url.path == "/"
    assert "The alert went to the other unit." in browser.text
    assert page not in browser.page.text
    assert (await browser.get(page)).status_code == 404


async def test_who_comes_second_is_told_who_was_first(browser_of, page):
    first, second = await browser_of(username="zara"), await browser_of(username="omar")
    await first.get(page)
    await second.get(page)
    await first.post(f"{page}/acknowledge")
    answer = await second.post(f"{page}/acknowledge")
    assert answer.status_code == 409
    assert "zara acknowledged this alert before you." in second.text


@pytest.mark.parametrize(
    ("form", "sentence", "kept"),
    [
        pytest.param(
            ("note", {"text": " \n "}), "The note is empty.", "</textarea>", id="a note of blanks"
        ),
        pytest.param(("note", {}), "The note is empty.", "</textarea>", id="no note at all"),
        pytest.param(
            ("note", {"text": "x" * 2001}), "2000 characters at most", "x" * 2001, id="a long note"
        ),
        pytest.param(
            ("close", {"outcome": "", "reason": "She is safe."}),
            "Choose how it ended.",
            "She is safe.</textarea>",
            id="no outcome",
        ),
        pytest.param(
            ("close", {"outcome": "child_safe", "reason": " "}),
            "Say why, in your own words.",
            '<option value="child_safe" selected>',
            id="no reason",
        ),
        pytest.param(
            ("assign", {"username": "nobody"}), "No active account", 'value="nobody"', id="nobody"
        ),
        pytest.param(
            ("retriage", {"risk": "", "reason": "Spoke with her."}),
            "Choose a risk.",
            "Spoke with her.</textarea>",
            id="no risk",
        ),
        pytest.param(
            ("transfer", {"unit": "moon", "reason": "Lives there."}),
            "No operating unit has this code.",
            "Lives there.</textarea>",
            id="no such unit",
        ),
    ],
)
async def test_a_form_says_what_is_missing_and_keeps_what_was_typed(
    browser_of, page, form, sentence, kept
):
    act, typed = form
    browser = await browser_of()
    await browser.get(page)
    answer = await browser.post(f"{page}/{act}", **typed)
    assert answer.status_code == 422
    assert sentence in browser.text
    assert 'role="alert"' in answer.text
    assert kept in answer.text
    assert "Not yet" in browser.text  # nothing was done


async def test_what_was_typed_for_an_alert_that_was_just_closed_is_not_lost(browser_of, page):
    first, second = await browser_of(), await browser_of()
    await first.get(page)
    await second.get(page)
    await first.post(f"{page}/close", outcome="drill", reason="A drill.")
    answer = await second.post(f"{page}/note", text="I spoke with the teacher.")
    assert answer.status_code == 409
    assert "The alert is closed; nothing can be added to it." in second.text
    assert "I spoke with the teacher.</textarea>" in answer.text


async def test_what_was_typed_after_the_session_ended_is_given_back(browser_of, page):
    browser = await browser_of()
    await browser.get(page)
    csrf = browser.csrf
    browser.http.cookies.clear()
    answer = await browser.post(f"{page}/note", csrf, text="I spoke with the teacher.")
    assert answer.status_code == 403
    assert "I spoke with the teacher.</textarea>" in answer.text
    assert "Beating" not in browser.text


async def test_an_act_without_what_belongs_to_the_session_does_nothing(browser_of, page):
    browser = await browser_of()
    await browser.get(page)
    answer = await browser.post(f"{page}/acknowledge", csrf="")
    assert answer.status_code == 403
    await browser.get(page)
    assert "Acknowledge</button>" in browser.page.text


async def test_an_alert_in_urdu(browser_of, page):
    browser = await browser_of()
    await browser.get(page)
    await browser.post("/language", language="ur", back=page)
    assert '<html lang="ur" dir="rtl">' in browser.page.text
    for told in ("جسمانی تشدد", "فوری", "لڑکی، عمر 9 سال", TEXT):
        assert told in browser.text

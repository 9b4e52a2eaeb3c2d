"""The queue as each role sees it: narrowed, page by page, and reloading itself only if wanted."""

import re

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow

KHYBER = {"place": "town.khyber.bara.bara", "complete": True}
NO_CHILD = KHYBER | {"children": []}  # of these, two are not alike
SWAT = {"place": "district.swat", "complete": True}
UNKNOWN = {"place": None, "place_words": None}


def shown(browser):
    """The concerns of the queue's rows, in their order."""
    return re.findall(r'<a href="/alerts/[^"]+">([^<]+)</a>', browser.page.text)


async def test_an_officer_sees_the_own_units_alerts_and_no_other(browser_of, make_alert):
    await make_alert("1", conversation="a", **KHYBER)
    await make_alert("2", conversation="b", place="district.peshawar")
    browser = await browser_of("officer", "khyber")
    await browser.get("/")
    assert shown(browser) == ["Child labour (workshop, home, mine, kiln)"]
    for told in ("Medium", "Bara", "Khyber", "Boy, 12 years", "Roman Urdu", "SMS", "New", "left"):
        assert told in browser.text
    assert re.search(r"\b\d{3} \d{3} \d{3}\b", browser.text)


async def test_the_most_urgent_stands_first(browser_of, make_alert):
    await make_alert("1", conversation="a", **KHYBER)
    explosive = [{"code": "explosive_hazard", "p": 0.9}]
    await make_alert("2", conversation="b", concerns=explosive, **KHYBER)
    browser = await browser_of("officer", "khyber")
    await browser.get("/")
    assert [name.split()[0] for name in shown(browser)] == ["Mine,", "Child"]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        pytest.param({}, 2, id="all that are open"),
        pytest.param({"risk": "immediate"}, 1, id="by risk"),
        pytest.param({"status": "closed"}, 0, id="by status"),
        pytest.param({"status": "new", "risk": "medium"}, 1, id="by both"),
    ],
)
async def test_a_queue_is_narrowed(browser_of, make_alert, asked, rows):
    await make_alert("1", conversation="a", **NO_CHILD)
    explosive = [{"code": "explosive_hazard", "p": 0.9}]
    await make_alert("2", conversation="b", concerns=explosive, **NO_CHILD)
    browser = await browser_of("officer", "khyber")
    await browser.get("/", **asked)
    assert len(shown(browser)) == rows
    assert ("No alert fits here." in browser.text) is (rows == 0)


async def test_what_was_chosen_stays_chosen(browser_of):
    browser = await browser_of()
    await browser.get("/", status="closed", risk="high")
    assert '<option value="closed" selected>' in browser.page.text
    assert '<option value="high" selected>' in browser.page.text


async def test_the_next_page_goes_on_where_this_one_ends(browser_of, make_alert):
    for number in range(3):
        await make_alert(str(number), conversation=str(number), **NO_CHILD)
    browser = await browser_of("officer", "khyber")
    await browser.get("/", risk="medium", limit=2)
    first = re.findall(r'href="(/alerts/[^"]+)"', browser.page.text)
    [following] = re.findall(r'href="(/\?[^"]+)" rel="next"', browser.page.text)
    await browser.get(following.replace("&amp;", "&"))
    second = re.findall(r'href="(/alerts/[^"]+)"', browser.page.text)
    assert (len(first), len(second)) == (2, 1)
    assert not set(first) & set(second)
    assert 'rel="next"' not in browser.page.text
    assert "First page" in browser.text


@pytest.mark.parametrize("asked", [{"cursor": "none"}, {"status": "lost"}, {"risk": "huge"}])
async def test_an_address_nobody_gave_out_finds_nothing(browser_of, asked):
    browser = await browser_of()
    assert (await browser.get("/", **asked)).status_code == 404


async def test_the_queue_reloads_itself_until_somebody_switches_it_off(browser_of):
    reload = '<meta http-equiv="refresh" content="60">'
    browser = await browser_of()
    await browser.get("/", risk="high")
    assert reload in browser.page.text
    await browser.post("/reload", reloading="off", back="/?risk=high")
    assert browser.page.url.query == b"risk=high"
    assert reload not in browser.page.text
    assert "This page does not reload itself." in browser.text
    await browser.post("/reload", reloading="on", back="/")
    assert reload in browser.page.text


async def test_the_commission_sees_its_desk_and_of_the_units_counts(browser_of, make_alert):
    await make_alert("1", conversation="a", **KHYBER)
    await make_alert("2", conversation="b", concerns=[{"code": "neglect", "p": 0.9}], **UNKNOWN)
    browser = await browser_of("commission")
    await browser.get("/")
    assert shown(browser) == ["Neglect: food, care, medicine, left alone"]
    assert "The units in numbers" in browser.text
    assert re.search(r"DCPU Khyber 0 0 1 0 1 0", browser.text)


async def test_a_unit_sees_no_counts_of_others(browser_of, make_alert):
    await make_alert("1", conversation="a", **SWAT)
    browser = await browser_of("supervisor", "khyber")
    await browser.get("/")
    assert "The units in numbers" not in browser.text
    assert "Swat" not in browser.text


async def test_restricted_alerts_are_the_supervisors(browser_of, make_alert):
    armed = [{"code": "armed_recruitment", "p": 0.9}]
    await make_alert("1", conversation="a", concerns=armed, **KHYBER)
    officer = await browser_of("officer", "khyber")
    await officer.get("/")
    assert shown(officer) == []
    supervisor = await browser_of("supervisor", "khyber")
    await supervisor.get("/")
    assert len(shown(supervisor)) == 1
    assert "Restricted" in supervisor.text


async def test_each_look_at_the_queue_is_in_the_audit_log(browser_of, make_alert, begin):
    alert = await make_alert("1", **KHYBER)
    browser = await browser_of("officer", "khyber")
    await browser.get("/")
    async with begin() as call:
        query = select(AuditRow.detail).where(AuditRow.staff_id == browser.staff.id)
        [detail] = list(await call.session.scalars(query.where(AuditRow.act == "list")))
    assert detail == {"alerts": [alert["alert"]]}

"""The administrator's page: accounts and links, and never a report."""

import re

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow
from api.staff.models import Staff


async def test_an_administrator_sees_accounts_and_no_queue(browser_of, make_alert):
    alert = await make_alert("1")
    other = await browser_of("officer", "khyber", username="zara")
    browser = await browser_of("administrator")
    await browser.get("/")
    assert browser.page.url.path == "/accounts"
    assert "zara Officer DCPU Khyber No password yet" in browser.text
    assert alert["alert"] not in browser.page.text
    assert (await browser.get(f"/alerts/{alert['alert']}")).status_code == 404
    assert other.staff.role == "officer"


@pytest.mark.parametrize("role", ["officer", "supervisor", "commission"])
async def test_accounts_are_for_administrators_only(browser_of, begin, role):
    browser = await browser_of(role)
    await browser.get("/")
    typed = {"username": "mallory", "role": "administrator", "unit": ""}
    assert (await browser.get("/accounts")).status_code == 404
    await browser.get("/")
    assert (await browser.post("/accounts", **typed)).status_code == 404
    await browser.get("/")
    link = f"/accounts/{browser.staff.id}/link"
    assert (await browser.post(link)).status_code == 404
    async with begin() as call:
        assert len(list(await call.session.scalars(select(Staff)))) == 1


@pytest.mark.parametrize(
    ("typed", "unit"),
    [
        ({"username": "omar", "role": "officer", "unit": "swat"}, "swat"),
        ({"username": "omar", "role": "commission", "unit": ""}, "commission"),
        ({"username": "omar", "role": "administrator", "unit": "swat"}, None),
    ],
)
async def test_a_new_account_begins_with_a_link(browser_of, browser, begin, typed, unit):
    administrator = await browser_of("administrator")
    await administrator.get("/accounts")
    answer = await administrator.post("/accounts", **typed)
    assert "One-time link for omar" in administrator.text
    link = re.search(r"http://\S+/password/[\w-]+", answer.text)[0]
    await browser.get(link)
    await browser.post(link, password="a quite new password", again="a quite new password")
    await browser.post("/sign-in", username="omar", password="a quite new password")
    assert browser.page.url.path in {"/", "/accounts"}
    async with begin() as call:
        query = select(Staff).where(Staff.username == "omar")
        omar = (await call.session.scalars(query)).one()
        acts = select(AuditRow.act).where(AuditRow.staff_id == administrator.staff.id)
        assert "link_asked" in set(await call.session.scalars(acts))
    assert (omar.role, omar.unit) == (typed["role"], unit)


async def test_a_forgotten_password_is_set_anew_by_a_link(browser_of):
    other = await browser_of("officer", "khyber", username="zara")
    administrator = await browser_of("administrator")
    await administrator.get("/accounts")
    answer = await administrator.post(f"/accounts/{other.staff.id}/link")
    assert re.search(r"/password/[\w-]{43}", answer.text)


@pytest.mark.parametrize(
    ("typed", "status", "sentence"),
    [
        pytest.param({"username": "zara"}, 409, "This username is taken.", id="taken"),
        pytest.param({"username": "Zara Khan"}, 422, "Write a username", id="no username"),
        pytest.param({"role": "king"}, 422, "Choose a role.", id="no role"),
        pytest.param({"unit": ""}, 422, "works in an operating unit", id="an officer of nowhere"),
        pytest.param({"unit": "moon"}, 422, "works in an operating unit", id="no such unit"),
    ],
)
async def test_an_account_that_cannot_be_says_why(browser_of, account, typed, status, sentence):
    await account(username="zara", password=None)
    browser = await browser_of("administrator")
    await browser.get("/accounts")
    whole = {"username": "omar", "role": "officer", "unit": "khyber"} | typed
    answer = await browser.post("/accounts", **whole)
    assert answer.status_code == status
    assert sentence in browser.text
    assert f'value="{whole["username"]}"' in answer.text

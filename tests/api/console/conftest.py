"""A browser for the console's pages, without a browser: cookies, forms, and what a page shows."""

import html
import re
import shutil
from uuid import uuid4

import httpx
import pytest

from api.console.browser import SESSION
from api.staff import tokens
from api.staff.models import Kind, Role
from api.staff.service import add, set_password

ORIGIN = "http://console.test"
PASSWORD = "a long made-up password"


@pytest.fixture
def store_url(sqlite_template, tmp_path):
    """SQLite only: pages know no database, and what they call is tested on both."""
    shutil.copy(sqlite_template, tmp_path / "amaan.db")
    return f"sqlite+direct:///{tmp_path / 'amaan.db'}"


class Browser:
    """Keeps cookies, follows redirects, and sends a form with what the last page put into it."""

    def __init__(self, app):
        transport = httpx.ASGITransport(app)
        self.http = httpx.AsyncClient(transport=transport, base_url=ORIGIN, follow_redirects=True)
        self.page = None

    async def get(self, path, **params):
        self.page = await self.http.get(path, params=params or None)
        return self.page

    async def post(self, path, csrf=None, **typed):
        form = typed | {"csrf": self.csrf if csrf is None else csrf}
        self.page = await self.http.post(path, data=form)
        return self.page

    @property
    def csrf(self):
        return re.search(r'name="csrf" value="(\w+)"', self.page.text)[1]

    @property
    def text(self):
        """What the page says: without tags, marks of direction and runs of blanks."""
        body = re.sub(r"<head>.*</head>|<[^>]*>", " ", self.page.text, flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub("[\u2068\u2069]", "", html.unescape(body)))


@pytest.fixture
async def browser(app):
    browser = Browser(app)
    yield browser
    await browser.http.aclose()


@pytest.fixture
def account(begin):
    """Add an account; a password takes its time, so it is set only where somebody types it."""

    async def account(role="officer", unit="khyber", username=None, password=PASSWORD):
        role = Role(role)
        unit = {Role.COMMISSION: "commission", Role.ADMINISTRATOR: None}.get(role, unit)
        async with begin() as call:
            staff = await add(call, username or f"{role}.{uuid4().hex[:6]}", role, unit)
            if password:
                await set_password(call, staff, password)
        return staff

    return account


@pytest.fixture
async def browser_of(app, begin, account):
    """Open a browser that somebody is signed in with, without the slow password."""
    opened = []

    async def browser_of(role="officer", unit="khyber", username=None):
        staff = await account(role, unit, username, password=None)
        async with begin() as call:
            token, _ = await tokens.issue(call.session, staff, Kind.SESSION, call.now)
        browser = Browser(app)
        browser.http.cookies.set(SESSION, token, domain=browser.http.base_url.host)
        browser.staff, browser.token = staff, token
        opened.append(browser)
        return browser

    yield browser_of
    for browser in opened:
        await browser.http.aclose()

"""The console in Chromium, without scripts: a real api, its own SQLite, reports by the services' way.

Nothing here needs Rasa or a provider, so the api runs alone.
"""

import asyncio
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from time import monotonic, sleep

import httpx
import pytest
from playwright.sync_api import expect, sync_playwright

from api.commands import command_call
from api.settings import Settings
from api.staff.models import Role
from api.staff.service import add, set_password
from tests.standins.ending import with_us
from tests.standins.server import free_port, plain

ROOT = Path(__file__).parents[2]
CHANNELS, ACTIONS = "channels-token-of-the-tests", "actions-token-of-the-tests"
KEY = "a2V5IGZvciB0ZXN0cywgb2YgdGhpcnR5LXR3byBieXQ"
PASSWORD = "a long made-up password"
ROMAN = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"
PASHTO = "یوه نجلۍ په زور ودوي"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
KEYS = count()


class Server:
    """The api as its own process, and what tells it of reports."""

    def __init__(self, home):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.output = home / "output"
        told = {
            "AMAAN_HOME": str(home),
            "AMAAN_API_PORT": str(self.port),
            "AMAAN_CHANNELS_TOKEN": CHANNELS,
            "AMAAN_ACTIONS_TOKEN": ACTIONS,
            "AMAAN_API_KEYS": KEY,
        }
        mine = {name: value for name, value in os.environ.items() if "AMAAN" not in name}
        self.environment = mine | told
        self.settings = Settings(
            home=home, channels_token=CHANNELS, actions_token=ACTIONS, api_keys=KEY
        )

    def run(self, module):
        """Start one of the api's commands."""
        with self.output.open("a") as output:
            return subprocess.Popen(
                with_us([sys.executable, "-m", module]),
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    async def add_accounts(self):
        async with command_call(self.settings) as call:
            for username, role, unit in (
                ("zara", Role.OFFICER, "khyber"),
                ("commission", Role.COMMISSION, "commission"),
                ("admin", Role.ADMINISTRATOR, None),
            ):
                await set_password(call, await add(call, username, role, unit), PASSWORD)

    def wait(self):
        until = monotonic() + 120
        while monotonic() < until:
            try:
                if httpx.get(f"{self.url}/readyz", verify=plain()).status_code == 200:
                    return
            except httpx.TransportError:
                sleep(0.2)
        pytest.fail("The api is not ready.")

    def tell(self, text, **understood):
        """Tell of a report as channels and actions do; return the alert's id."""
        key = f"africastalking:{next(KEYS)}"
        about = {"key": key, "conversation": f"conversation-{key}", "channel": "sms"}
        now = datetime.now(UTC).isoformat()
        self.post("reports", CHANNELS, about | {"text": text, "received_at": now, "drill": True})
        whole = about | {"intent": "report_concern", "place": "town.khyber.bara.bara"}
        return self.post("alerts", ACTIONS, whole | {"complete": True} | understood)["alert"]

    def post(self, path, token, told):
        headers = {"Authorization": f"Bearer {token}"}
        answer = httpx.post(
            f"{self.url}/internal/v1/{path}", json=told, headers=headers, verify=plain()
        )
        assert answer.status_code == 200, answer.status_code
        return answer.json()


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("console"))
    assert server.run("api.migrate").wait(120) == 0
    asyncio.run(server.add_accounts())
    process = server.run("api")
    try:
        server.wait()
        yield server
    finally:
        process.terminate()
        process.wait(30)
    said = server.output.read_text()
    assert not [told for told in (ROMAN, PASHTO, PASSWORD, "zara") if told in said]


@pytest.fixture(scope="module")
def chromium(server):  # noqa: ARG001  # first: Playwright keeps a loop in this thread
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install -y chromium"
    flags = ["--disable-gpu", "--disable-background-networking", "--no-first-run"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")  # Chromium refuses root with it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, server):
    """Open a window without scripts, and hold it to our own host."""
    windows, elsewhere = [], []

    def open_page(size=WIDE, language="en", username=None):
        window = chromium.new_context(java_script_enabled=False, viewport=size, base_url=server.url)
        window.add_cookies([{"name": "amaan_language", "value": language, "url": server.url}])
        windows.append(window)
        page = window.new_page()
        page.on(
            "request",
            lambda asked: asked.url.startswith(server.url) or elsewhere.append(asked.url),
        )
        if username:
            page.goto("/")
            sign_in(page, username)
        return page

    yield open_page
    for window in windows:
        window.close()
    assert elsewhere == []


def sign_in(page, username):
    page.locator("#username").fill(username)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    expect(page.locator(".who")).to_have_text(username)
    page.wait_for_load_state()


def test_an_officer_works_an_alert(open_page, server):
    alert = server.tell(
        ROMAN,
        language="roman_ur",
        concerns=[{"code": "physical_abuse", "p": 0.9}],
        children=[{"age": 9, "gender": "girl"}],
    )
    page = open_page()
    page.goto("/")
    page.get_by_label("Username").fill("zara")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    row = page.get_by_role("row").filter(has=page.locator(f'a[href="/alerts/{alert}"]'))
    expect(row).to_contain_text("Immediate")
    expect(row).to_contain_text("Girl")
    row.get_by_role("link").click()
    expect(page.get_by_text(ROMAN)).to_be_visible()
    page.get_by_role("button", name="Acknowledge").click()
    expect(page.get_by_role("status")).to_contain_text("You acknowledged this alert.")
    page.get_by_label("Note").fill("   ")
    page.get_by_role("button", name="Keep note").click()
    expect(page.get_by_role("alert")).to_contain_text("The note is empty.")
    page.get_by_label("Note").fill("Called the committee.")
    page.get_by_role("button", name="Keep note").click()
    expect(page.get_by_text("Called the committee.")).to_be_visible()
    page.get_by_text("Close the alert").click()
    page.get_by_label("How it ended").select_option(label="The child is safe")
    page.locator("#close-reason").fill("She is with her aunt.")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("The alert is closed.")
    page.get_by_role("link", name="Back to the queue").click()
    expect(page.locator(f'a[href="/alerts/{alert}"]')).to_have_count(0)
    page.get_by_label("Status").select_option(label="Closed")
    page.get_by_role("button", name="Show").click()
    expect(page.locator(f'a[href="/alerts/{alert}"]')).to_have_count(1)


def test_going_back_after_signing_out_shows_nothing(open_page, server):
    alert = server.tell(ROMAN, concerns=[{"code": "neglect", "p": 0.9}])
    page = open_page(username="zara")
    page.goto(f"/alerts/{alert}")
    expect(page.get_by_text(ROMAN)).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out.")
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    expect(page.get_by_text(ROMAN)).to_have_count(0)


def test_urdu_runs_from_right_to_left(open_page):
    page = open_page(username="zara")
    in_english = page.locator(".brand").bounding_box()
    page.get_by_role("button", name="اردو").click()
    in_urdu = page.locator(".brand").bounding_box()
    assert in_english["x"] < WIDE["width"] / 2 < in_urdu["x"]
    expect(page.get_by_role("heading", level=1)).to_contain_text("قطار ·")


def test_a_report_runs_in_its_own_direction(open_page, server):
    alert = server.tell(PASHTO, language="ps", concerns=[{"code": "child_marriage", "p": 0.9}])
    page = open_page(username="zara")
    page.goto(f"/alerts/{alert}")
    expect(page.get_by_text(PASHTO, exact=True)).to_have_css("direction", "rtl")
    expect(page.locator("html")).to_have_css("direction", "ltr")


@pytest.mark.parametrize(
    ("username", "size", "language"),
    [
        ("zara", PHONE, "en"),
        ("zara", PHONE, "ur"),
        ("zara", WIDE, "ur"),
        ("commission", PHONE, "ur"),
        ("admin", PHONE, "en"),
    ],
    ids=["phone", "phone in Urdu", "wide in Urdu", "the commission", "an administrator"],
)
def test_no_page_scrolls_sideways(open_page, server, username, size, language):
    alert = server.tell(
        "x" * 300,
        concerns=[{"code": "child_labour", "p": 0.9}, {"code": "street_begging", "p": 0.8}],
        safe_contact={"allowed": True, "how": "y" * 200},
        place_words="z" * 120,
    )
    page = open_page(size, language)
    page.goto("/sign-in")
    widths = [width_of(page)]
    sign_in(page, username)
    widths.append(width_of(page))
    page.goto(f"/alerts/{alert}")
    for summary in page.locator("summary").all():
        summary.click()
    widths.append(width_of(page))
    assert widths == [size["width"]] * 3


def width_of(page):
    """How wide a page is, with what would have to be scrolled to."""
    return page.evaluate("document.documentElement.scrollWidth")


def test_the_keyboard_reaches_the_content_first(open_page):
    page = open_page(username="zara")
    skip = page.get_by_role("link", name="Skip to the content")
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_every_field_has_a_label_and_every_table_its_headers(open_page, server):
    alert = server.tell(ROMAN, concerns=[{"code": "neglect", "p": 0.9}])
    page = open_page(username="zara")
    for path in ("/", f"/alerts/{alert}"):
        page.goto(path)
        fields = page.locator("main :is(input:not([type=hidden]), select, textarea)").all()
        assert fields
        for field in fields:
            assert page.locator(f'label[for="{field.get_attribute("id")}"]').count() == 1
    page.goto("/")
    assert page.get_by_role("columnheader").count() == 7
    assert page.get_by_role("rowheader").count() == page.locator("tbody tr").count()

"""Signing in and out, links, languages, and what every page's headers say."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow
from api.console.browser import LANGUAGE, SESSION, own_path
from api.staff import tokens
from api.staff.models import Kind
from api.staff.service import FREE_TRIES, link_for

PASSWORD = "a long made-up password"


async def test_a_right_password_opens_the_queue(browser, account):
    await account(username="zara")
    await browser.get("/")
    assert browser.page.url.path == "/sign-in"
    await browser.post("/sign-in", username=" Zara ", password=PASSWORD, next="/")
    assert browser.page.url.path == "/"
    assert "Queue · DCPU Khyber" in browser.text


async def test_signing_in_goes_on_to_the_page_that_was_asked_for(browser, account):
    await account(username="zara")
    await browser.get("/alerts/4aa0d43c-408d-4e5c-aec2-fafdf038ce37")
    assert browser.page.url.query == b"next=%2Falerts%2F4aa0d43c-408d-4e5c-aec2-fafdf038ce37"
    path = "/alerts/4aa0d43c-408d-4e5c-aec2-fafdf038ce37"
    await browser.post("/sign-in", username="zara", password=PASSWORD, next=path)
    assert browser.page.url.path == path


async def test_a_wrong_password_keeps_the_username_and_nothing_else(browser, account):
    await account(username="zara")
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", username="zara", password="another password")
    assert answer.status_code == 401
    assert "The username or the password is not right." in browser.text
    assert 'value="zara"' in answer.text
    assert "another password" not in answer.text
    assert SESSION not in browser.http.cookies


async def test_a_missing_field_is_a_wrong_password(browser):
    await browser.get("/sign-in")
    assert (await browser.post("/sign-in", username="zara")).status_code == 401


async def test_who_guesses_has_to_wait_and_is_told_how_long(browser, account):
    await account(username="zara")
    await browser.get("/sign-in")
    for _ in range(FREE_TRIES):
        await browser.post("/sign-in", username="zara", password="guessed password")
    answer = await browser.post("/sign-in", username="zara", password=PASSWORD)
    assert answer.status_code == 429
    assert "Too many tries for this username. Wait 1 min, then try again." in browser.text
    assert int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    ("served", "secure"),
    [
        pytest.param(("http://console.test", ""), False, id="plain http on one machine"),
        pytest.param(("https://console.test", ""), True, id="https"),
        pytest.param(
            ("http://amaan.example", "https://amaan.example"), True, id="https ends at a proxy"
        ),
        pytest.param(("http://console.test", "https://amaan.example"), False, id="past the proxy"),
    ],
)
async def test_the_session_is_in_a_cookie_that_no_script_and_no_other_site_can_use(
    app, browser, account, served, secure
):
    await account(username="zara")
    origin, app.state.settings.public_url = served
    browser.http.follow_redirects = False
    await browser.get(f"{origin}/sign-in")
    # The client would keep a secure cookie to itself; the browser sent it to the proxy.
    browser.http.cookies.clear()
    browser.http.headers["Cookie"] = browser.page.headers["set-cookie"].partition(";")[0]
    answer = await browser.post(f"{origin}/sign-in", username="zara", password=PASSWORD)
    [cookie] = [
        value for value in answer.headers.get_list("set-cookie") if value.startswith(SESSION)
    ]
    flags = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert {"httponly", "samesite=strict", "path=/"} <= flags
    assert ("secure" in flags) is secure


async def test_signing_out_makes_the_session_worthless(browser_of, begin):
    browser = await browser_of()
    await browser.get("/")
    await browser.post("/sign-out")
    assert "You are signed out." in browser.text
    async with begin() as call:
        holder = await tokens.holder(call.session, browser.token, Kind.SESSION, call.now)
    assert holder is None
    await browser.get("/")
    assert browser.page.url.path == "/sign-in"


async def test_a_session_that_ended_shows_nothing(browser_of, begin):
    browser = await browser_of()
    await browser.get("/")
    assert "Khyber" in browser.text
    async with begin() as call:
        await tokens.revoke_all(call.session, browser.staff)
    await browser.get("/")
    assert browser.page.url.path == "/sign-in"
    assert "Khyber" not in browser.text


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/language", "/reload", "/accounts"])
async def test_a_form_without_what_belongs_to_the_visit_is_refused(browser, path):
    await browser.get("/sign-in")
    answer = await browser.post(path, csrf="0" * 64, username="zara", password=PASSWORD)
    assert answer.status_code == 403
    assert PASSWORD not in answer.text


async def test_another_visits_form_is_refused(browser, browser_of):
    other = await browser_of()
    await other.get("/")
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", csrf=other.csrf, username="a", password="b")
    assert answer.status_code == 403


async def test_a_letter_that_no_database_keeps_is_left_out(browser):
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", username="za\0ra", password=PASSWORD)
    assert 'value="zara"' in answer.text


async def test_a_form_of_more_than_64_kb_is_refused(browser):
    await browser.get("/sign-in")
    answer = await browser.post("/sign-in", username="z" * 70_000, password=PASSWORD)
    assert answer.status_code == 413


async def test_a_link_sets_a_password_once(browser, account, begin):
    staff = await account(username="zara")
    async with begin() as call:
        token = await link_for(call, staff)
    page = f"/password/{token}"
    await browser.get(page)
    answer = await browser.post(page, password="short", again="short")
    assert (answer.status_code, "12 or more" in browser.text) == (422, False)
    assert "A password has 12 characters or more." in browser.text
    answer = await browser.post(page, password="a quite new password", again="a quite old password")
    assert answer.status_code == 422
    assert "The two are not the same." in browser.text
    assert "a quite new password" not in answer.text
    await browser.post(page, password="a quite new password", again="a quite new password")
    assert "Your password is set. Sign in with it." in browser.text
    await browser.post("/sign-in", username="zara", password="a quite new password")
    assert browser.page.url.path == "/"
    answer = await browser.get(page)
    assert (answer.status_code, "was used or has expired" in browser.text) == (404, True)


async def test_a_link_is_good_for_an_hour(browser, account, begin):
    staff = await account()
    async with begin(now=datetime.now(UTC) - timedelta(minutes=61)) as call:
        token = await link_for(call, staff)
    assert (await browser.get(f"/password/{token}")).status_code == 404


async def test_urdu_runs_from_right_to_left_and_stays(browser):
    await browser.get("/sign-in")
    assert '<html lang="en" dir="ltr">' in browser.page.text
    await browser.post("/language", language="ur", back="/sign-in?next=%2Faccounts")
    assert str(browser.page.url) == "http://console.test/sign-in?next=%2Faccounts"
    assert '<html lang="ur" dir="rtl">' in browser.page.text
    assert "سائن ان" in browser.text
    await browser.get("/sign-in")
    assert '<html lang="ur" dir="rtl">' in browser.page.text


async def test_a_language_we_do_not_have_changes_nothing(browser):
    await browser.get("/sign-in")
    await browser.post("/language", language="fr", back="/sign-in")
    assert LANGUAGE not in browser.http.cookies
    assert '<html lang="en" dir="ltr">' in browser.page.text


@pytest.mark.parametrize(
    ("asked", "language"),
    [("ur-PK,ur;q=0.9,en;q=0.8", "ur"), ("en-US", "en"), ("fr", "en"), ("", "en")],
)
async def test_before_anybody_chose_the_browser_asks(browser, asked, language):
    browser.http.headers["Accept-Language"] = asked
    await browser.get("/sign-in")
    assert f'<html lang="{language}"' in browser.page.text


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/", "/"),
        ("/alerts/1?done=note", "/alerts/1?done=note"),
        ("https://elsewhere.example", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere.example", "/"),
        ("/a\r\nSet-Cookie: a=b", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_only_paths_of_ours_are_gone_back_to(path, safe):
    assert own_path(path) == safe


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/",
        "/accounts",
        "/alerts/4aa0d43c-408d-4e5c-aec2-fafdf038ce37",
        "/alerts/no-id",
        "/password/none",
    ],
)
async def test_every_page_says_what_a_browser_may_not_do_with_it(browser_of, path):
    browser = await browser_of()
    headers = (await browser.get(path)).headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "script-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe-inline" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


async def test_the_style_is_ours_and_may_be_kept(browser):
    page = await browser.get("/sign-in")
    assert "http://" not in page.text
    assert "https://" not in page.text
    assert "<script" not in page.text
    assert "style=" not in page.text
    style = await browser.get("/console.css")
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert style.headers["Content-Type"].startswith("text/css")
    assert "url(" not in style.text
    assert "@import" not in style.text


async def test_signing_in_and_out_are_in_the_audit_log(browser, account, begin):
    staff = await account(username="zara")
    await browser.get("/sign-in")
    await browser.post("/sign-in", username="zara", password="guessed password")
    await browser.post("/sign-in", username="zara", password=PASSWORD)
    await browser.post("/sign-out")
    async with begin() as call:
        query = select(AuditRow.act).where(AuditRow.staff_id == staff.id).order_by(AuditRow.id)
        acts = list(await call.session.scalars(query))
    assert [act for act in acts if act.startswith("sign")] == [
        "sign_in_failed",
        "sign_in",
        "sign_out",
    ]

"""Signing in, slowly for those who guess; sessions; links; and what passwords become."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow
from api.staff import service, tokens
from api.staff.models import Attempt, Kind, Role, Staff, Token
from api.staff.passwords import PasswordTooShort
from api.staff.service import LinkUsed, TooManyTries, WrongPassword, sign_in, wait_after

PASSWORD = "a long made-up password"
NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
async def officer(begin):
    async with begin(NOW) as call:
        staff = await service.add(call, "Officer.Khyber", Role.OFFICER, "khyber")
        await service.set_password(call, staff, PASSWORD)
    return staff


@pytest.fixture
def attempt(begin):
    async def attempt(password, now=NOW, username="officer.khyber", kind=Kind.BEARER):
        return await sign_in(lambda: begin(now, "staff"), username, password, kind)

    return attempt


async def test_a_right_password_gives_a_token_that_opens_the_api(http, officer, begin):
    told = {"username": "officer.khyber", "password": PASSWORD}
    answer = await http.post("/api/v1/auth/token", json=told)
    assert answer.status_code == 200
    assert answer.json()["token_type"] == "bearer"
    assert datetime.fromisoformat(answer.json()["expires_at"]) > datetime.now(UTC)
    token = answer.json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await http.get("/api/v1/alerts", headers=headers)).status_code == 200
    async with begin() as call:
        kept = (await call.session.scalars(select(Token))).one()
        assert kept.staff_id == officer.id
    assert token not in kept.hash


@pytest.mark.usefixtures("officer")
@pytest.mark.parametrize(
    ("username", "password"),
    [("officer.khyber", "wrong"), ("nobody", PASSWORD), ("", ""), ("officer.khyber", "")],
)
async def test_a_wrong_name_and_a_wrong_password_look_the_same(http, username, password):
    told = {"username": username, "password": password}
    answer = await http.post("/api/v1/auth/token", json=told)
    assert (answer.status_code, answer.json()["error"]) == (401, "wrong_password")
    assert answer.json()["message"] == "The username or the password is not right."


async def test_a_username_is_read_in_any_case(officer, attempt):
    assert (await attempt(PASSWORD, username=" OFFICER.Khyber ")).staff.id == officer.id


async def test_an_account_that_was_closed_signs_in_no_more(officer, attempt, begin):
    signed_in = await attempt(PASSWORD)
    async with begin() as call:
        (await call.session.get_one(Staff, officer.id)).active = False
    with pytest.raises(WrongPassword):
        await attempt(PASSWORD)
    async with begin(NOW) as call:
        assert await tokens.holder(call.session, signed_in.token, Kind.BEARER, NOW) is None


async def test_guessing_becomes_slow_and_time_makes_it_possible_again(officer, attempt):
    for _ in range(service.FREE_TRIES):
        with pytest.raises(WrongPassword):
            await attempt("guess")
    with pytest.raises(TooManyTries) as refused:
        await attempt(PASSWORD)
    assert refused.value.headers == {"Retry-After": "30"}
    signed_in = await attempt(PASSWORD, now=NOW + timedelta(seconds=31))
    assert signed_in.staff.id == officer.id
    await attempt(PASSWORD, now=NOW + timedelta(seconds=31))


async def test_a_name_nobody_has_is_slowed_down_alike(attempt):
    for _ in range(service.FREE_TRIES):
        with pytest.raises(WrongPassword):
            await attempt("guess", username="nobody")
    with pytest.raises(TooManyTries):
        await attempt("guess", username="nobody")


async def test_the_log_of_tries_keeps_no_name(attempt, begin):
    """People type their password into the field of the name."""
    with pytest.raises(WrongPassword):
        await attempt("x", username="my-secret")
    async with begin() as call:
        [name] = (await call.session.scalars(select(Attempt.name))).all()
        [row] = (await call.session.scalars(select(AuditRow))).all()
    assert "my-secret" not in name
    assert (row.act, row.staff_id, row.detail) == ("sign_in_failed", None, {})


def test_the_wait_grows_to_a_quarter_of_an_hour():
    waits = [int(wait_after(failures).total_seconds()) for failures in (1, 4, 5, 6, 7, 9, 10, 99)]
    assert waits == [0, 0, 30, 60, 120, 480, 900, 900]


async def test_old_tries_and_tokens_are_forgotten(attempt, begin, officer):
    await attempt(PASSWORD)
    with pytest.raises(WrongPassword):
        await attempt("guess")
    async with begin(NOW + timedelta(days=2)) as call:
        await service.forget_tries(call)
        await tokens.forget_expired(call.session, call.now)
        assert (await call.session.scalars(select(Attempt))).all() == []
        assert (await call.session.scalars(select(Token))).all() == []
        assert await service.named(call, officer.username) is not None


async def test_a_token_is_good_for_its_kind_and_its_time(officer, begin):
    async with begin(NOW) as call:
        token, expires_at = await tokens.issue(call.session, officer, Kind.SESSION, NOW)
        held = await tokens.holder(call.session, token, Kind.SESSION, NOW)
        assert held is not None
        assert await tokens.holder(call.session, token, Kind.BEARER, NOW) is None
        assert await tokens.holder(call.session, token, Kind.SESSION, expires_at) is None
        assert await tokens.holder(call.session, "guess", Kind.SESSION, NOW) is None


async def test_signing_out_ends_this_session_only(attempt, begin):
    async with begin(NOW) as call:
        staff = await service.add(call, "supervisor.swat", Role.SUPERVISOR, "swat")
        await service.set_password(call, staff, PASSWORD)
    here = await attempt(PASSWORD, username="supervisor.swat", kind=Kind.SESSION)
    there = await attempt(PASSWORD, username="supervisor.swat", kind=Kind.SESSION)
    async with begin(NOW) as call:
        await service.sign_out(call, staff, here.token)
        assert await tokens.holder(call.session, here.token, Kind.SESSION, NOW) is None
        assert await tokens.holder(call.session, there.token, Kind.SESSION, NOW) is not None


async def test_a_link_sets_a_password_once_and_ends_all_sessions(officer, attempt, begin):
    before = await attempt(PASSWORD)
    async with begin(NOW) as call:
        link = await service.link_for(call, officer)
    async with begin(NOW) as call:
        await service.set_password_by_link(call, link, "another long password")
        assert await tokens.holder(call.session, before.token, Kind.BEARER, NOW) is None
    async with begin(NOW) as call:
        with pytest.raises(LinkUsed):
            await service.set_password_by_link(call, link, "a third long password")
    assert (await attempt("another long password")).staff.id == officer.id


async def test_a_link_is_good_for_an_hour(officer, begin):
    async with begin(NOW) as call:
        link = await service.link_for(call, officer)
    async with begin(NOW + timedelta(hours=1)) as call:
        with pytest.raises(LinkUsed):
            await service.set_password_by_link(call, link, "another long password")


async def test_a_short_password_is_refused_and_the_link_stays_good(officer, begin):
    async with begin(NOW) as call:
        link = await service.link_for(call, officer)
    async with begin(NOW) as call:
        with pytest.raises(PasswordTooShort):
            await service.set_password_by_link(call, link, "short")
        await service.set_password_by_link(call, link, "long enough now")


def test_a_form_must_belong_to_its_session():
    token = "made-up-session"
    assert tokens.csrf_matches(token, tokens.csrf_of(token))
    assert not tokens.csrf_matches(token, tokens.csrf_of("another"))
    assert not tokens.csrf_matches(token, "ü")
    assert token not in tokens.csrf_of(token)


async def test_passwords_are_kept_as_argon2(officer):
    assert officer.password.startswith("$argon2id$")
    assert PASSWORD not in repr(officer)

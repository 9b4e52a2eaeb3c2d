"""The accounts of a demo, and the first administrator of a production."""

import json
import stat
from dataclasses import replace

import pytest

from api import admin, demo
from api.app import create_app
from api.staff.demo import DemoAccountsFound, make_accounts, wanted
from api.staff.models import Kind, Role
from api.staff.service import WrongPassword, add, set_password_by_link, sign_in

PASSWORD = "a long made-up password"


@pytest.fixture
def accounts(settings):
    return settings.home / "demo-accounts.json"


@pytest.fixture
def make(begin, reference, accounts):
    """Make the accounts of two units: hashes are slow on purpose."""
    few = replace(reference, units=reference.units[:2])

    async def make():
        async with begin(actor="command") as call:
            return await make_accounts(replace(call, reference=few), accounts)

    return make


def test_every_operating_unit_has_its_accounts(reference):
    made = list(wanted(reference.units))
    units = {role: [unit for one, unit, _ in made if one == role] for role in Role}
    codes = [unit.code for unit in reference.units]
    assert len(codes) == 21
    assert units["officer"] == units["supervisor"] == codes
    assert (units["commission"], units["administrator"]) == (["commission"], [None])
    assert len({username for _, _, username in made}) == len(made)


async def test_accounts_stand_in_a_file_for_the_owner_alone(make, accounts, http):
    await make()
    assert stat.S_IMODE(accounts.stat().st_mode) == 0o600
    made = json.loads(accounts.read_text())
    assert [account.keys() for account in made] == [{"role", "unit", "username", "password"}] * 6
    assert len({account["password"] for account in made}) == 6
    for account in made[:1] + made[-1:]:
        told = {name: account[name] for name in ("username", "password")}
        assert (await http.post("/api/v1/auth/token", json=told)).status_code == 200


async def test_accounts_stay_as_they_are(make, accounts):
    assert await make() == 6
    told = accounts.read_text()
    assert await make() == 0
    assert accounts.read_text() == told


async def test_accounts_without_their_file_get_new_passwords(make, accounts, begin):
    await make()
    old = json.loads(accounts.read_text())[0]
    accounts.unlink()
    assert await make() == 6
    new = json.loads(accounts.read_text())[0]
    with pytest.raises(WrongPassword):
        await sign_in(begin, old["username"], old["password"], Kind.BEARER)
    await sign_in(begin, new["username"], new["password"], Kind.BEARER)


def test_no_made_up_accounts_in_production(settings, monkeypatch, accounts):
    monkeypatch.setenv("AMAAN_ENV", "production")
    monkeypatch.setenv("AMAAN_HOME", str(settings.home))
    for name in ("CHANNELS_TOKEN", "ACTIONS_TOKEN"):
        monkeypatch.setenv(f"AMAAN_{name}", name * 3)
    monkeypatch.setenv("AMAAN_API_KEYS", settings.api_keys.get_secret_value())
    with pytest.raises(SystemExit, match="belong in a demo"):
        demo.main()
    assert not accounts.exists()


async def test_production_does_not_start_with_made_up_accounts(settings, reference, begin):
    async with begin() as call:
        await add(call, "officer.khyber", Role.OFFICER, "khyber", demo=True)
    production = settings.model_copy(update={"env": "production"})
    app = create_app(production, reference)
    with pytest.raises(DemoAccountsFound):
        async with app.router.lifespan_context(app):
            pytest.fail("it started")
    await app.state.engine.dispose()


async def test_the_first_administrator_sets_a_password_by_a_link(settings, begin):
    link = await admin.run(settings, "Zarghuna")
    assert link.startswith("http://127.0.0.1:8000/password/")
    token = link.rpartition("/")[2]
    async with begin() as call:
        staff = await set_password_by_link(call, token, PASSWORD)
    assert (staff.username, staff.role, staff.unit) == ("zarghuna", "administrator", None)
    signed_in = await sign_in(begin, "zarghuna", PASSWORD, Kind.SESSION)
    assert signed_in.staff.id == staff.id


async def test_a_link_for_an_administrator_who_lost_the_password(settings, begin):
    await admin.run(settings, "zarghuna")
    link = await admin.run(settings, "zarghuna")
    async with begin() as call:
        await set_password_by_link(call, link.rpartition("/")[2], PASSWORD)


async def test_no_link_for_somebody_elses_account(settings, begin):
    async with begin() as call:
        await add(call, "officer.swat", Role.OFFICER, "swat")
    with pytest.raises(SystemExit, match="no administrator"):
        await admin.run(settings, "officer.swat")

"""The home: one mode for good, private secrets, and a production that refuses to start half-ready."""

import json
from pathlib import Path

import pytest

from scripts.home import Refused, check_production, open_home, secrets_of

STRONG = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def helplines(tmp_path: Path) -> Path:
    file = tmp_path / "helplines.yml"
    file.write_text(
        "helplines:\n"
        + "".join(
            f"  - {{number: '{number}', verified_on: 2026-11-01}}\n"
            for number in ("1121", "15", "1122")
        ),
    )
    return file


def test_the_mode_of_a_home_is_written_once_and_kept(home: Path) -> None:
    open_home({"AMAAN_HOME": str(home)})
    assert (home / "mode").read_text() == "demo"
    with pytest.raises(Refused, match="is a demo home"):
        open_home({"AMAAN_HOME": str(home), "AMAAN_ENV": "production"})


def test_an_unknown_mode_is_refused(home: Path) -> None:
    with pytest.raises(Refused, match="demo or production"):
        open_home({"AMAAN_HOME": str(home), "AMAAN_ENV": "live"})


def test_a_nearly_full_disk_is_said_in_one_sentence(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.home.ENOUGH_DISK", 2**80)
    with pytest.raises(Refused, match="nearly full"):
        open_home({"AMAAN_HOME": str(home)})


def test_secrets_are_made_once_readable_by_the_owner_only(home: Path) -> None:
    settings = {"AMAAN_HOME": str(home)}
    open_home(settings)
    first = secrets_of(home, settings)
    assert secrets_of(home, settings) == first
    assert (home / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert len(set(first.values())) == len(first)


def test_a_secret_that_is_set_wins_over_the_one_of_the_home(home: Path) -> None:
    settings = {"AMAAN_HOME": str(home), "AMAAN_WEBHOOK_SECRET": STRONG}
    open_home(settings)
    assert secrets_of(home, settings)["AMAAN_WEBHOOK_SECRET"] == STRONG


def test_production_makes_no_webhook_secret_of_its_own(home: Path) -> None:
    settings = {"AMAAN_HOME": str(home), "AMAAN_ENV": "production"}
    open_home(settings)
    secrets_of(home, settings)
    assert "AMAAN_WEBHOOK_SECRET" not in json.loads((home / "secrets.json").read_text())


def test_production_starts_with_strong_secrets_and_called_helplines(
    home: Path, helplines: Path
) -> None:
    open_home({"AMAAN_HOME": str(home), "AMAAN_ENV": "production"})
    check_production(home, {"AMAAN_WEBHOOK_SECRET": STRONG}, helplines)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        pytest.param({}, "AMAAN_WEBHOOK_SECRET", id="no webhook secret"),
        pytest.param({"AMAAN_WEBHOOK_SECRET": "hunter2"}, "AMAAN_WEBHOOK_SECRET", id="a short one"),
        pytest.param({"AMAAN_WEBHOOK_SECRET": "a" * 64}, "AMAAN_WEBHOOK_SECRET", id="one letter"),
        pytest.param(
            {"AMAAN_WEBHOOK_SECRET": STRONG, "AMAAN_TELEGRAM_TOKEN": "1:made-up"},
            "AMAAN_TELEGRAM_SECRET",
            id="a bot without a webhook secret",
        ),
    ],
)
def test_production_refuses_weak_settings(
    home: Path, helplines: Path, settings: dict[str, str], said: str
) -> None:
    with pytest.raises(Refused, match=said):
        check_production(home, settings, helplines)


def test_production_refuses_a_helpline_nobody_has_called(home: Path, helplines: Path) -> None:
    helplines.write_text(helplines.read_text().replace("2026-11-01", "null", 1))
    with pytest.raises(Refused, match="helpline 1121"):
        check_production(home, {"AMAAN_WEBHOOK_SECRET": STRONG}, helplines)


def test_production_refuses_demo_accounts(home: Path, helplines: Path) -> None:
    open_home({"AMAAN_HOME": str(home), "AMAAN_ENV": "production"})
    (home / "demo-accounts.json").write_text("[]")
    with pytest.raises(Refused, match="demo accounts"):
        check_production(home, {"AMAAN_WEBHOOK_SECRET": STRONG}, helplines)

"""What the api starts with, and what it refuses to start with."""

import pytest
from pydantic import ValidationError

from api.settings import Settings

KEY = "a2V5IGZvciB0ZXN0cywgb2YgdGhpcnR5LXR3byBieXQ"
GOOD = {"channels_token": "c" * 40, "actions_token": "a" * 40, "api_keys": KEY}


@pytest.fixture(autouse=True)
def _empty_environment(monkeypatch):
    for name in ("CHANNELS_TOKEN", "ACTIONS_TOKEN", "API_KEYS", "ENV", "DATABASE_URL", "HOME"):
        monkeypatch.delenv(f"AMAAN_{name}", raising=False)


@pytest.mark.parametrize("missing", sorted(GOOD))
def test_no_start_without_a_secret(missing):
    with pytest.raises(ValidationError, match=missing):
        Settings(**{name: value for name, value in GOOD.items() if name != missing})


@pytest.mark.parametrize(
    ("wrong", "env"),
    [
        pytest.param({}, "production", id="good ones"),
        pytest.param({"actions_token": "short"}, "demo", id="a demo may be weak"),
    ],
)
def test_secrets_that_do(wrong, env):
    assert Settings(**GOOD | wrong, env=env).env == env


@pytest.mark.parametrize(
    ("wrong", "env"),
    [
        pytest.param({"actions_token": "short"}, "production", id="a weak token"),
        pytest.param({"actions_token": "c" * 40}, "production", id="one token for both"),
        pytest.param({"api_keys": "short"}, "demo", id="a key that is none"),
    ],
)
def test_secrets_that_do_not(wrong, env):
    with pytest.raises(ValidationError) as refused:
        Settings(**GOOD | wrong, env=env)
    assert KEY not in str(refused.value)
    assert "cccc" not in str(refused.value)


@pytest.mark.parametrize(
    ("url", "used"),
    [
        ("", "sqlite+direct:///home/amaan.db"),
        ("sqlite:////data/a.db", "sqlite+direct:////data/a.db"),
        ("postgresql://u@db/amaan", "postgresql+asyncpg://u@db/amaan"),
        ("postgres://u@db/amaan", "postgresql+asyncpg://u@db/amaan"),
        ("postgresql+asyncpg://u@db/amaan", "postgresql+asyncpg://u@db/amaan"),
    ],
)
def test_the_address_of_the_store(url, used):
    assert Settings(**GOOD, home="home", database_url=url).store_url == used


def test_secrets_have_no_repr():
    assert "cccc" not in repr(Settings(**GOOD))

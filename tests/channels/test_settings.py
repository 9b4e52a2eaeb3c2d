"""What the channels refuse to start with, and what a mode means."""

import pytest

from channels.errors import SettingsRefused
from channels.settings import load_settings
from tests.channels.conftest import make_settings

WEAK = "weak-weak"


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ({}, "AMAAN_REDIS_URL"),
        ({"AMAAN_WEBHOOK_SECRET": ""}, "AMAAN_WEBHOOK_SECRET"),
        ({"AMAAN_CHANNELS_PORT": WEAK}, "AMAAN_CHANNELS_PORT"),
        ({"AMAAN_ENV": WEAK}, "AMAAN_ENV"),
        ({"AMAAN_SEND_SCHEDULE": "[]"}, "AMAAN_SEND_SCHEDULE"),
        ({"AMAAN_SMS_RATE": "0"}, "AMAAN_SMS_RATE"),
    ],
)
def test_a_refusal_names_the_setting_and_shows_no_value(given, names, monkeypatch) -> None:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsRefused, match=names) as caught:
        load_settings()
    assert WEAK not in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param({"webhook_secret": "short"}, id="a short secret"),
        pytest.param({"webhook_secret": "a" * 64}, id="one letter again and again"),
        pytest.param({"telegram_token": "1:x", "telegram_secret": None}, id="a bot without one"),
    ],
)
def test_production_refuses_weak_secrets_and_a_demo_does_not(given) -> None:
    make_settings(env="demo", **given)
    with pytest.raises(ValueError, match="missing or weak"):
        make_settings(env="production", **given)


def test_a_key_that_seals_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="sealing key"):
        make_settings(channels_keys="c2hvcnQ")


AFRICAS_TALKING = {"africastalking_username": "sandbox", "africastalking_api_key": "k"}


@pytest.mark.parametrize(
    ("given", "provider", "drill"),
    [
        pytest.param({}, "africastalking", False, id="the simulated phone"),
        pytest.param(AFRICAS_TALKING, "africastalking", True, id="a real host"),
        pytest.param(
            AFRICAS_TALKING | {"africastalking_api_url": "http://127.0.0.1:1"},
            "africastalking",
            False,
            id="an address of ours",
        ),
        pytest.param(
            AFRICAS_TALKING | {"env": "production"}, "africastalking", False, id="in earnest"
        ),
        pytest.param({"telegram_token": "1:x"}, "telegram", True, id="a real bot"),
        pytest.param({"telegram_token": "1:x"}, "phone_telegram", False, id="beside it the phone"),
        pytest.param({"m3tech_username": "u", "m3tech_password": "p"}, "m3tech", True, id="M3"),
    ],
)
def test_a_demo_that_speaks_to_real_people_is_a_drill(given, provider, drill) -> None:
    assert make_settings(**given).is_drill(provider) is drill


def test_no_setting_shows_a_secret() -> None:
    settings = make_settings(telegram_token="123:made-up", **AFRICAS_TALKING)
    shown = repr(settings) + repr(settings.account("telegram"))
    for secret in ("made-up", "webhook-secret", "telegram-secret", "channels-token"):
        assert secret not in shown

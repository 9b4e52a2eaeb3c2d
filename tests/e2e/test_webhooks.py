"""What the webhooks take, refuse and keep, seen from outside."""

import httpx
import pytest

from tests.e2e.installation import SECRET, Installation, new_number

SMS = {"to": "8585", "text": "salam", "id": "made-up", "date": "2026-11-22T06:04:45Z"}


def post(amaan: Installation, secret: str = SECRET, **form: str) -> int:
    url = f"{amaan.channels}/sms/africastalking/{secret}/inbound"
    return httpx.post(url, data=form).status_code


def test_a_wrong_secret_finds_nothing_and_keeps_nothing(amaan: Installation) -> None:
    number = new_number()
    text = "Bajaur mein aik bache ko zanjeer se bandha hua hai abhi"
    assert post(amaan, "guess", **SMS | {"from": number, "text": text}) == 404
    amaan.sms("Khar Bajaur mein aik bacha workshop mein kaam karta hai", number)
    amaan.replies(number)
    assert amaan.alerts_with("bajaur", text) == []


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"text": ""}, id="an empty text"),
        pytest.param({"from": ""}, id="no sender"),
        pytest.param({"date": "yesterday"}, id="an odd date"),
        pytest.param({"unheard": "of"}, id="an unknown field"),
    ],
)
def test_what_is_authentic_is_answered_200(amaan: Installation, form: dict[str, str]) -> None:
    number = new_number()
    assert post(amaan, **SMS | {"from": number, "id": number} | form) == 200


def test_a_body_of_a_megabyte_is_refused(amaan: Installation) -> None:
    number = new_number()
    assert post(amaan, **SMS | {"from": number, "id": number, "text": "x" * 2**20}) == 413


def test_telegram_without_its_token_finds_nothing(amaan: Installation) -> None:
    url = f"{amaan.channels}/telegram/webhook"
    headers = {"X-Telegram-Bot-Api-Secret-Token": "guess"}
    assert httpx.post(url, json={"update_id": 1}, headers=headers).status_code == 404


def test_metrics_and_internal_routes_are_not_public(amaan: Installation) -> None:
    assert httpx.get(f"{amaan.channels}/metrics").status_code == 404
    assert httpx.get(f"{amaan.api}/metrics").status_code == 404
    assert httpx.post(f"{amaan.api}/internal/v1/reports", json={}).status_code in {401, 404}

"""One SMS becomes one alert in the right queue, and one reply; an officer acts on it."""

import uuid

import pytest

from tests.e2e.installation import CASE_CODE, Installation, new_number, wait_for

TEXT = "bachi ko us ka chacha mar raha hai abhi, umar 9 saal, Bara bazar"


@pytest.fixture
def number() -> str:
    return new_number()


def test_one_sms_becomes_one_alert_and_one_reply_however_often_it_is_handed_over(
    anywhere: Installation, number: str
) -> None:
    message_id = anywhere.sms(TEXT, number)
    replies = anywhere.replies(number)
    alert = next(one for one in anywhere.alerts_with("khyber", TEXT) if is_mine(one, replies))
    assert alert["risk"] in {"immediate", "high"}
    assert all(reason["rule"] for reason in alert["risk_reasons"])
    assert any(reason["words"] for reason in alert["risk_reasons"])
    assert alert["children"] == [{"age": 9, "gender": "girl"}]
    assert (alert["language"], alert["channel"]) == ("roman_ur", "sms")
    assert (alert["unit"], alert["district"], alert["status"]) == ("khyber", "Khyber", "new")
    assert "physical_abuse" in alert["concerns"]
    assert "karein" in replies[0]

    for _ in range(3):
        anywhere.sms(TEXT, number, message_id)
    anywhere.sms("shukriya", number)
    wait_for("the answer to what came after", lambda: len(anywhere.received(number)) > len(replies))
    assert sum(is_mine(one, replies) for one in anywhere.alerts_with("khyber", TEXT)) == 1
    assert anywhere.received(number)[: len(replies)] == replies
    assert sum("15" in reply for reply in anywhere.received(number)) == 1


def test_an_officer_acknowledges_notes_and_closes(anywhere: Installation, number: str) -> None:
    text = "Jamrud mein ustad ne larke ko danday se mara hai, umar 11 saal"
    anywhere.sms(text, number)
    alert = anywhere.alert("khyber", text)
    with anywhere.staff("khyber") as officer, anywhere.staff("khyber", "supervisor") as supervisor:
        path = f"/alerts/{alert['id']}"
        assert officer.post(f"{path}/acknowledge").json()["status"] == "acknowledged"
        second = supervisor.post(f"{path}/acknowledge")
        assert second.status_code == 409
        assert officer.post(f"{path}/note", json={"text": "Made-up note"}).is_success
        assert officer.get(path).json()["status"] == "in_progress"
        closing = {"outcome": "no_action", "reason": "made up"}
        assert officer.post(f"{path}/close", json=closing).json()["status"] == "closed"


def test_an_alert_of_another_unit_does_not_exist(anywhere: Installation, number: str) -> None:
    text = "Landi Kotal mein 8 saal ka bacha hotel pe kaam karta hai"
    anywhere.sms(text, number)
    alert = anywhere.alert("khyber", text)
    with anywhere.staff("swat") as officer:
        assert officer.get(f"/alerts/{alert['id']}").status_code == 404
        assert officer.get(f"/alerts/{uuid.uuid4()}").status_code == 404
        assert officer.post(f"/alerts/{alert['id']}/acknowledge").status_code == 404


def is_mine(alert: dict[str, object], replies: list[str]) -> bool:
    """Whether the reporter was told the case code of this alert."""
    code = str(alert["case_code"]).replace(" ", "")
    return any(
        code in found.replace(" ", "") for text in replies for found in CASE_CODE.findall(text)
    )

"""A voice nobody heard and a picture that was refused: kept as what they are, and counted."""

import pytest


@pytest.fixture
def tell(channels, report, sign_in_as):
    """Post a report and, when its turn failed, that; return the alerts of all units."""

    async def tell(key, text, *, failed=True, **given):
        answer = await channels.post("/internal/v1/reports", report(key, text, **given))
        assert answer.status_code == 200
        outcome = "failed" if failed else "handled"
        turn = {"key": f"africastalking:{key}", "outcome": outcome}
        assert (await channels.post("/internal/v1/turns", turn)).status_code == 200
        commission = await sign_in_as("commission", None)
        page = (await commission.get("/api/v1/alerts")).json()["items"]
        return [(await commission.get(f"/api/v1/alerts/{one['id']}")).json() for one in page]

    return tell


@pytest.mark.parametrize(
    ("media", "risk", "rules"),
    [
        pytest.param("voice", "high", {"R13"}, id="a voice is high"),
        pytest.param("picture", "medium", {"R13"}, id="a picture is medium"),
        pytest.param("other", "medium", {"R12"}, id="a sticker is what any unread text is"),
        pytest.param(None, "medium", {"R12"}, id="and so is nothing"),
    ],
)
async def test_what_came_instead_of_a_text(tell, media, risk, rules):
    [alert] = await tell("1", "", media=media)
    assert alert["risk"] == risk
    assert {reason["rule"] for reason in alert["risk_reasons"]} == rules
    assert [one["media"] for one in alert["reports"]] == [media]


async def test_what_was_told_before_a_turn_was_known_to_have_failed_is_in_its_alert(
    tell, channels, report
):
    await channels.post("/internal/v1/reports", report("1", "kuch theek nahi ho raha"))
    assert await tell("2", "wo ghar ke paas rehta hai", failed=False) == []
    [alert] = await tell("1", "kuch theek nahi ho raha")
    told = [one["text"] for one in alert["reports"]]
    assert told == ["kuch theek nahi ho raha", "wo ghar ke paas rehta hai"]


async def test_a_voice_counts_though_a_turn_read_its_caption(tell):
    [alert] = await tell("1", "salam", media="voice", failed=False)
    assert alert["risk"] == "high"


async def test_a_voice_raises_the_open_alert_and_opens_no_other(tell):
    await tell("1", "", media="picture")
    [alert] = await tell("2", "", media="voice")
    assert alert["risk"] == "high"
    assert [one["media"] for one in alert["reports"]] == ["picture", "voice"]


async def test_a_picture_does_not_lower_what_words_tell(tell):
    await tell("1", "", media="voice")
    [alert] = await tell("2", "", media="picture")
    assert alert["risk"] == "high"


async def test_a_voice_sends_no_lifeline_by_itself(channels, report):
    answer = await channels.post("/internal/v1/reports", report("1", "", media="voice"))
    assert answer.json() == {"danger": False, "joined": True, "lifeline": None, "case_code": None}


async def test_the_same_voice_again_changes_nothing(tell):
    await tell("1", "", media="voice")
    [alert] = await tell("1", "", media="voice")
    assert len(alert["reports"]) == 1


async def test_another_kind_is_refused(channels, report):
    answer = await channels.post("/internal/v1/reports", report("1", "", media="smell"))
    assert answer.status_code == 422

"""Whatever breaks, a person will read the text, and the reporter is not left without a number."""

import time

from tests.e2e.installation import Installation, new_number, wait_for
from tests.e2e.reporter import Reporter, read


def test_without_rasa_the_text_becomes_an_alert_and_the_reporter_gets_the_numbers(
    amaan: Installation,
) -> None:
    reporter = Reporter(amaan, "sms")
    calm = "hamare gaon mein aik bache ke sath kuch theek nahi ho raha"
    with amaan.without("rasa", amaan.rasa_ready):
        replies = reporter.tell(calm)
        assert [read(text).kinds for text in replies] == [{"lifeline"}]
        alert = amaan.alert("commission", calm)
        assert alert["concerns"] == ["other_unsure"]
        assert alert["risk"] in {"medium", "high", "immediate"}
    after = reporter.tell("Mingora mein, 10 saal ka larka hai")
    assert after
    mine = [one for one in amaan.queue("swat") if one["case_code"] == alert["case_code"]]
    assert [report["text"] for report in mine[0]["reports"]].count(calm) == 1


def test_without_rasa_danger_is_still_danger(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    text = "jaldi aao mera bhai chaqu se bachi ko maar raha hai abhi"
    with amaan.without("rasa", amaan.rasa_ready):
        replies = reporter.tell(text)
        assert "15" in replies[0]
        assert amaan.alert("commission", text)["risk"] == "immediate"


def test_without_the_api_a_message_waits_and_becomes_an_alert_after(amaan: Installation) -> None:
    number = new_number()
    text = "Saidu Sharif mein 7 saal ki bachi se ghar ka kaam karwate hain"
    with amaan.without("api", f"{amaan.api}/readyz"):
        amaan.sms(text, number)
        wait_for("the holding answer", lambda: amaan.received(number))
        assert "utter_not_read" in read(amaan.received(number)[0]).responses
    alert = amaan.alert("swat", text)
    assert len(alert["reports"]) == 1
    assert len(amaan.replies(number, after=1)) >= 1


def test_stop_without_rasa_gets_one_neutral_line_and_nothing_after(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    reporter.tell("aik larki ko school jane nahi dete, Matta Swat")
    with amaan.without("rasa", amaan.rasa_ready):
        (line,) = reporter.tell("STOP")
        assert "utter_stopped" in read(line).responses
    time.sleep(3)  # nothing to wait for: silence is what is tested
    assert amaan.received(reporter.who) == reporter.heard


def test_danger_with_stop_raises_the_alert_and_stays_neutral(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    text = "bas karo koi aa gaya, abbu chaqu se maar rahe hain abhi, Mardan"
    (line,) = reporter.tell(text)
    assert "utter_stopped" in read(line).responses
    assert amaan.alert("mardan", text)["risk"] == "immediate"


def test_a_process_that_dies_is_started_again(amaan: Installation) -> None:
    pid = amaan.control("pid", "actions").strip()
    amaan.control("signal", "KILL", "actions")
    wait_for("a new process", lambda: amaan.control("pid", "actions").strip() not in {pid, "0"})
    wait_for("the word of it", lambda: "actions stopped unexpectedly" in amaan.output())
    reporter = Reporter(amaan, "sms")
    assert reporter.tell("Batkhela mein aik bacha bheek mangta hai")

"""An answer that did not reach the reporter is seen by the officer, end to end."""

import json

import httpx

from tests.e2e.installation import SECRET, Installation, new_number, wait_for
from tests.standins.africastalking import accepted
from tests.standins.faults import Fault

DANGER = "jaldi aao mera bhai chaqu se bachi ko maar raha hai abhi, Mingora"


def test_a_number_that_the_provider_refuses_shows_on_the_alert(amaan: Installation) -> None:
    number = new_number()
    amaan.africastalking.faults.add(Fault(201, json.dumps(accepted("x", number, 403))))
    amaan.sms(DANGER, number)
    (lost,) = wait_for("a lost answer", lambda: amaan.alert("swat", DANGER)["unreached"])
    assert (lost["kind"], lost["state"]) == ("lifeline", "refused")
    assert amaan.alert("swat", DANGER)["risk"] == "immediate"


def test_an_sms_that_the_network_could_not_deliver_shows_on_the_alert(amaan: Installation) -> None:
    number = new_number()
    text = f"{DANGER} jaldi"
    amaan.sms(text, number)
    wait_for("an answer", lambda: amaan.received(number))
    assert amaan.alert("swat", text)["unreached"] == []
    sent = next(one for one in amaan.africastalking.sent if one["to"] == number)
    form = {"id": sent["id"], "status": "AbsentSubscriber", "phoneNumber": number}
    path = f"{amaan.channels}/sms/africastalking/{SECRET}/delivery"
    assert httpx.post(path, data=form).status_code == 200
    (lost,) = wait_for("a lost answer", lambda: amaan.alert("swat", text)["unreached"])
    assert lost["state"] == "undelivered"

"""From a place to the unit that serves it, and to the reason that staff read."""

import pytest

from tests.e2e.installation import Installation, new_number
from tests.e2e.reporter import Reporter, read

PASHTO = "یو ماشوم یوازې دی او هېڅوک ورسره نشته"
WANA = (32.2989, 69.5725)


@pytest.mark.parametrize(
    ("place", "unit", "why"),
    [
        pytest.param("Wari Upper Dir", "lower_dir", "Upper Dir", id="Upper Dir falls to Lower Dir"),
        pytest.param("Hangu", "kohat", "Hangu", id="Hangu falls to Kohat"),
        pytest.param("Haripur", "abbottabad", "Haripur", id="Haripur falls to Abbottabad"),
        pytest.param("zila Tank", "south_waziristan", "Tank", id="Tank falls to South Waziristan"),
        pytest.param("Mingora Swat", "swat", "Swat", id="Swat has its own"),
    ],
)
def test_a_place_lands_in_the_unit_that_serves_it(
    amaan: Installation, place: str, unit: str, why: str
) -> None:
    text = f"{place} mein 10 saal ka bacha bhatte pe kaam karta hai"
    amaan.sms(text, new_number())
    alert = amaan.alert(unit, text)
    assert alert["unit"] == unit
    assert why in alert["routing_reason"]


def test_a_pin_near_wana_after_a_pashto_text_lands_in_south_waziristan(amaan: Installation) -> None:
    reporter = Reporter(amaan, "telegram")
    reporter.tell(PASHTO)
    reporter.point(*WANA)
    mine = [
        alert
        for alert in amaan.alerts_with("south_waziristan", PASHTO)
        if alert["channel"] == "telegram"
    ]
    assert len(mine) == 1
    assert mine[0]["language"] == "ps"
    assert "Wana" in mine[0]["routing_reason"]


def test_an_unknown_place_is_asked_about_once_and_lands_at_the_commission(
    amaan: Installation,
) -> None:
    reporter = Reporter(amaan, "sms")
    text = "aik bachi ko roz school se nikal ke kaam karwate hain"
    asked = reporter.report(
        text,
        {
            "place": "Zzyvrabad",
            "nearest_town": "Qqlumkot",
            "happening_now": "2",
            "age": "12",
            "gender": "1",
            "safe_contact": "2",
        },
    )
    assert asked.count("place") == 1
    assert asked.count("nearest_town") <= 1
    alert = amaan.alert("commission", text)
    assert alert["unit"] == "commission"
    assert alert["place"] is None
    assert any("Zzyvrabad" in report["text"] for report in alert["reports"])


def test_a_place_of_two_districts_is_offered_as_a_choice(amaan: Installation) -> None:
    reporter = Reporter(amaan, "sms")
    replies = reporter.tell("Mandori mein aik bacha hotel pe kaam karta hai 12 saal ka larka")
    assert "choice" in set.union(*(read(text).kinds for text in replies))

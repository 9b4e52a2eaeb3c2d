from pathlib import Path

import pytest

from api.alerts.lifeline import lifeline_for, load_lifelines

FILE = Path("api/alerts/lifeline.yml")


@pytest.fixture(scope="module")
def lifelines():
    return load_lifelines(FILE)


@pytest.mark.parametrize(
    ("told", "variant"),
    [
        pytest.param({"concern:physical_abuse": None}, "general", id="any other danger"),
        pytest.param({"concern:contact_with_law": None}, "police", id="held by the police"),
        pytest.param({"harmer_has_power": "Police wala"}, "police", id="harmed by the police"),
        pytest.param({"harmer_has_power": "پولیس والا"}, "police", id="the same in Urdu"),
        pytest.param({"harmer_has_power": "wadera"}, "general", id="harmed by another"),
        pytest.param({"harmer_has_power": None}, "general", id="power without words"),
        pytest.param({"concern:child_on_move": None}, "on_move", id="a child on the move"),
        pytest.param({"concern:self_harm": None}, "self_harm", id="self-harm"),
        pytest.param({"concern:missing_child": None}, "missing_child", id="missing"),
        pytest.param({"concern:explosive_hazard": None}, "explosive", id="an explosive"),
        pytest.param({"concern:online_abuse": None}, "online", id="online"),
        pytest.param(
            {"concern:online_abuse": None, "weapon": None}, "general", id="online, and a weapon"
        ),
        pytest.param(
            {"concern:explosive_hazard": None, "concern:contact_with_law": None},
            "explosive",
            id="safety words first",
        ),
        pytest.param(
            {"concern:self_harm": None, "concern:contact_with_law": None},
            "police",
            id="never 15 against the police",
        ),
        pytest.param(
            {"concern:missing_child": None, "concern:child_on_move": None},
            "on_move",
            id="a missing child on the move",
        ),
        pytest.param({}, "general", id="nothing known"),
    ],
)
def test_which_lifeline_goes_out(lifelines, told, variant):
    assert lifeline_for(told, lifelines) == variant


def test_a_variant_without_a_reply_stops_the_start(tmp_path):
    file = tmp_path / "lifeline.yml"
    file.write_text(FILE.read_text().replace("variant: online", "variant: on_line"))
    with pytest.raises(ValueError, match="on_line"):
        load_lifelines(file)

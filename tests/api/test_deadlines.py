from datetime import datetime
from pathlib import Path

import pytest

from api.alerts.deadlines import KARACHI, due_at, load_deadlines
from api.alerts.risk import Risk

FILE = Path("api/alerts/deadlines.yml")


@pytest.fixture(scope="module")
def deadlines():
    return load_deadlines(FILE)


@pytest.mark.parametrize(
    ("risk", "told", "due"),
    [
        pytest.param("immediate", "2026-03-01 02:00", "2026-03-01 02:15", id="Sunday, by night"),
        pytest.param("high", "2026-03-01 23:30", "2026-03-02 00:30", id="day and night"),
        pytest.param("medium", "2026-03-02 09:30", "2026-03-02 12:30", id="in working hours"),
        pytest.param("medium", "2026-03-02 14:00", "2026-03-02 17:00", id="just before it closes"),
        pytest.param("medium", "2026-03-02 16:00", "2026-03-03 11:00", id="the rest next morning"),
        pytest.param("medium", "2026-03-02 20:00", "2026-03-03 12:00", id="told in the evening"),
        pytest.param("medium", "2026-03-02 06:00", "2026-03-02 12:00", id="told before it opens"),
        pytest.param("medium", "2026-03-06 16:00", "2026-03-09 11:00", id="over the weekend"),
        pytest.param("low", "2026-03-02 11:00", "2026-03-03 11:00", id="one working day"),
        pytest.param("low", "2026-03-07 11:00", "2026-03-09 17:00", id="told on Saturday"),
    ],
)
def test_when_an_alert_is_due(deadlines, risk, told, due):
    now = datetime.fromisoformat(told).replace(tzinfo=KARACHI)
    expected = datetime.fromisoformat(due).replace(tzinfo=KARACHI)
    assert due_at(Risk.of(risk), now, deadlines) == expected


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        pytest.param("  low: {working_hours: 8}\n", "", id="a band without a time"),
        pytest.param('to: "17:00"', 'to: "08:00"', id="a day that never opens"),
    ],
)
def test_a_table_that_cannot_work_stops_the_start(tmp_path, right, wrong):
    file = tmp_path / "deadlines.yml"
    file.write_text(FILE.read_text().replace(right, wrong))
    with pytest.raises(ValueError, match="Deadlines"):
        load_deadlines(file)

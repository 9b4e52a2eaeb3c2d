"""What pages show of an alert, from what the api tells of it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from api.alerts.schemas import AlertLine, AlertOut, ChildOut, EventOut, FactOut, SafeContact
from api.console.alert_views import alert_view, contact_view, event_view
from api.console.moments import moment, span
from api.console.views import Lookups, children, line_view
from api.console.words import all_words

NOW = datetime(2026, 11, 22, 2, 5, tzinfo=UTC)  # five past seven in Peshawar
ENGLISH, URDU = all_words()["en"], all_words()["ur"]
LINE = {
    "id": UUID(int=1),
    "case_code": "482177306",
    "unit": "khyber",
    "district": "Khyber",
    "place": None,
    "risk": "high",
    "risk_reasons": [{"rule": "R1", "words": None}],
    "concerns": ["physical_abuse", "neglect", "child_labour"],
    "status": "new",
    "created_at": NOW - timedelta(minutes=20),
    "updated_at": NOW,
    "due_at": NOW + timedelta(minutes=40),
    "acknowledged_at": None,
    "acknowledged_by": None,
    "assigned_to": None,
    "language": "roman_ur",
    "channel": "sms",
    "complete": True,
    "children": [{"age": 9, "gender": "girl"}],
    "routing_reason": "DCPU Khyber serves Khyber",
    "restricted": False,
    "drill": False,
}
WHOLE = LINE | {
    "reports": [{"received_at": NOW, "text": "bachi ko mar raha hai", "media": None}],
    "facts": [],
    "safe_contact": None,
    "when": None,
    "place_words": None,
    "location": None,
    "reporter_is_child": False,
    "unanswered": [],
    "duplicates": [],
    "unreached": [],
    "timeline": [],
}


@pytest.fixture
def lookups(reference):
    return Lookups.of(reference, ENGLISH)


def plain(text):
    """Take the marks out that isolate what is filled in."""
    return text.replace("\u2068", "").replace("\u2069", "")


def line(lookups, **told):
    return line_view(AlertLine.model_validate(LINE | told), NOW, lookups)


def alert(lookups, **told):
    return alert_view(AlertOut.model_validate(WHOLE | told), NOW, lookups)


@pytest.mark.parametrize(
    ("told", "text", "late"),
    [
        pytest.param({}, "40 min left", False, id="time is left"),
        pytest.param(
            {"due_at": NOW + timedelta(days=1, hours=9, minutes=5)},
            "1 d 9 h left",
            False,
            id="days",
        ),
        pytest.param(
            {"due_at": NOW - timedelta(hours=2, minutes=3)}, "2 h 3 min overdue", True, id="overdue"
        ),
        pytest.param(
            {"due_at": NOW - timedelta(seconds=5)}, "0 min overdue", True, id="just overdue"
        ),
        pytest.param(
            {"status": "acknowledged", "acknowledged_at": NOW, "due_at": NOW - timedelta(1)},
            "Acknowledged",
            False,
            id="acknowledging meets the deadline, however late",
        ),
    ],
)
def test_a_row_says_how_much_time_is_left(lookups, told, text, late):
    due = line(lookups, **told).due
    assert (plain(due.text), due.late) == (text, late)


def test_a_closed_alert_that_nobody_acknowledged_is_due_no_more(lookups):
    assert line(lookups, status="closed").due is None


def test_a_row_names_two_concerns_and_counts_the_others(lookups):
    row = line(lookups)
    assert row.concern == "Beating, burning, injury"
    assert row.others == ["Neglect: food, care, medicine, left alone"]
    assert row.more == 1


def test_a_row_names_concerns_in_the_language_of_the_page(reference):
    row = line(Lookups.of(reference, URDU))
    assert (row.concern, row.language, row.status) == ("جسمانی تشدد", "رومن اردو", "نیا")


def test_a_number_is_written_as_people_read_it(lookups):
    assert line(lookups).number == "482 177 306"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        pytest.param([], "Not told", id="none told"),
        pytest.param([{"age": 9, "gender": "girl"}], "Girl, 9 years", id="a girl"),
        pytest.param([{"age": None, "gender": "boy"}], "Boy, age not told", id="no age"),
        pytest.param([{"age": 0, "gender": None}], "Child, 0 years", id="a baby is 0, not unknown"),
        pytest.param(
            [{"age": 9, "gender": "girl"}, {"age": 12, "gender": "boy"}],
            "Girl, 9 years | Boy, 12 years",
            id="two",
        ),
    ],
)
def test_children_in_words(told, text):
    assert plain(children([ChildOut.model_validate(one) for one in told], ENGLISH)) == text


@pytest.mark.parametrize(
    ("told", "marks"),
    [
        pytest.param({}, [], id="nothing special"),
        pytest.param({"drill": True, "restricted": True}, ["drill", "restricted"], id="both"),
        pytest.param({"complete": False}, ["incomplete"], id="questions are still open"),
        pytest.param(
            {"risk_reasons": [{"rule": "R8", "words": None}, {"rule": "R9", "words": None}]},
            ["reporter_is_child", "call_back"],
            id="what rules mark",
        ),
    ],
)
def test_a_row_is_marked(lookups, told, marks):
    assert line(lookups, **told).marks == marks


@pytest.mark.parametrize(
    ("told", "who"),
    [
        pytest.param({}, None, id="nobody"),
        pytest.param({"acknowledged_by": "zara"}, "by zara", id="acknowledged"),
        pytest.param(
            {"acknowledged_by": "zara", "assigned_to": "omar"}, "with omar", id="assigned"
        ),
    ],
)
def test_a_row_says_with_whom_an_alert_is(lookups, told, who):
    found = line(lookups, **told).who
    assert (found and plain(found)) == who


@pytest.mark.parametrize(
    ("told", "allowed", "words"),
    [
        pytest.param(None, "unknown", [], id="not told: not first"),
        pytest.param({"how": "sms"}, "unknown", [("how", "sms")], id="a way is no leave"),
        pytest.param({"allowed": False}, "refused", [], id="refused"),
        pytest.param(
            {"allowed": True, "never": "subah", "when": "raat"},
            "allowed",
            [("when", "raat"), ("never", "subah")],
            id="allowed, with limits",
        ),
    ],
)
def test_contact_is_allowed_only_when_they_said_so(told, allowed, words):
    view = contact_view(SafeContact.model_validate(told) if told is not None else None)
    assert (view.allowed, list(view.words)) == (allowed, words)


@pytest.mark.parametrize(
    ("kind", "detail", "text"),
    [
        ("created", {"risk": "high", "unit": "khyber"}, "Opened, risk High, DCPU Khyber"),
        ("raised", {"from": "high", "to": "immediate"}, "Risk raised from High to Immediate"),
        (
            "routed",
            {"from": "commission", "to": "khyber"},
            "Moved from Commission's desk to DCPU Khyber, as the place became known",
        ),
        ("report_moved", {"to": "482177306"}, "A report moved to alert 482 177 306"),
        ("assigned", {"to": "omar"}, "Assigned to omar"),
        ("closed", {"outcome": "child_safe"}, "Closed: The child is safe"),
        ("closed", {"outcome": "went home"}, "Closed: went home"),
        ("closed", {}, "Closed: –"),
        ("sent_to_cpims", {"case": "7"}, "sent to cpims"),
    ],
)
def test_an_event_in_words(lookups, kind, detail, text):
    event = EventOut(at=NOW, kind=kind, by=None, detail=detail, text=None)
    assert plain(event_view(event, lookups).what) == text


def fact(name, *, value, words=None):
    return FactOut(fact=name, value=value, words=words).model_dump()


def test_a_fact_that_one_text_affirms_is_not_undone_by_another(lookups):
    told = [
        fact("weapon", value=True, words="chaqu"),
        fact("weapon", value=False, words="nahi"),
        fact("poison", value=False, words="zeher nahi"),
    ]
    shown = alert(lookups, facts=told)
    assert [(told.name, told.words) for told in shown.facts] == [("Weapon", "chaqu")]
    assert [told.name for told in shown.not_so] == ["Poison"]


def test_reasons_say_what_a_rule_means_and_the_words_behind_it(lookups):
    [reason] = alert(lookups, risk_reasons=[{"rule": "R0", "words": "mar raha"}]).reasons
    assert (reason.name, reason.words) == (ENGLISH.say("rule.R0"), "mar raha")


def test_a_position_is_shown_no_closer_than_it_is_kept(lookups):
    assert alert(lookups, location={"lat": 33.9, "lon": 71.46}).position == "33.90, 71.46"


def test_duplicates_show_how_alike_they_are(lookups):
    told = [{"case_code": "482177306", "score": 0.8, "why": "same place, like age"}]
    assert alert(lookups, duplicates=told).duplicates == [
        ("482 177 306", 80, "same place, like age")
    ]


def test_what_a_reporter_wrote_has_no_repr(lookups):
    shown = alert(lookups, when="kal raat", place_words="Bara", safe_contact={"how": "kal raat"})
    assert "bachi" not in repr(shown)
    assert "kal raat" not in repr(shown)


@pytest.mark.parametrize(
    ("words", "text", "short"),
    [
        pytest.param(ENGLISH, "1 Jan 2027, 00:30", "1 Jan, 00:30", id="English"),
        pytest.param(URDU, "1 جنوری 2027، 00:30", "1 جنوری، 00:30", id="Urdu"),
    ],
)
def test_people_see_the_time_of_pakistan(words, text, short):
    at = moment(datetime(2026, 12, 31, 19, 30, tzinfo=UTC), words)
    assert (at.text, at.short, at.iso) == (text, short, "2026-12-31T19:30:00+00:00")


@pytest.mark.parametrize(
    ("time", "text"),
    [
        (timedelta(seconds=59), "0 min"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=1), "1 h 0 min"),
        (timedelta(hours=23, minutes=59), "23 h 59 min"),
        (timedelta(days=5, hours=2, minutes=59), "5 d 2 h"),
    ],
)
def test_a_span_is_never_told_longer_than_it_is(time, text):
    assert plain(span(time, ENGLISH)) == text

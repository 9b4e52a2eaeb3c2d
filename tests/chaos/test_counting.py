"""The count itself: each way to break a promise is found, and named by ids only."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.chaos.counting import Answer, Found, Row, Tally, count
from tests.chaos.people import Person, Text, chances, draw_people

TALK = Text("1", "salam, ye kya hai")
CONCERN = Text("2", "Bannu mein Zarpekmo bache ko marta hai", tells=True)
ANSWER = Text("3", "umar das saal")
SMS = Person("kannel", "+923007000001", (TALK, CONCERN, ANSWER))
CHAT = Person("telegram", "400000002", (replace(CONCERN, id="7", words="Hangu, Tirgha"),))
PEOPLE = [SMS, CHAT]
HEARD = {"kannel:1": 0, "kannel:2": 1, "kannel:3": 2, "telegram:7": 0}
GOOD = Found(
    rows=[
        Row("kannel:1", "a", in_alert=False),
        Row("telegram:7", "b", in_alert=True),
        Row("kannel:2", "a", in_alert=True),
        Row("kannel:3", "a", in_alert=True),
    ],
    alerts=[[CONCERN.words, ANSWER.words], ["Hangu, Tirgha"]],
    answers={
        SMS.address: [Answer(f"answer {n}", f"kannel:{n}:0") for n in (1, 2, 3)],
        CHAT.address: [Answer("where?")],
    },
    queued=frozenset({"kannel:1:0", "kannel:2:0", "kannel:3:0", "telegram:7:0"}),
    in_doubt=frozenset(),
    held_back=frozenset(),
)
LIFELINE = Answer("15, 1122, 1121", "kannel:3:0", lifeline=True)


def answered(person: Person, *answers: Answer) -> Found:
    return replace(GOOD, answers=GOOD.answers | {person.address: list(answers)})


def broken(tally: Tally) -> dict[str, list[str]]:
    return {promise: ids for promise, ids in tally.breaches.items() if ids}


def test_all_is_well() -> None:
    tally = count(PEOPLE, HEARD, GOOD)
    assert broken(tally) == {}
    assert tally.figures["reports"] == 4
    assert tally.figures["reports in alerts"] == 3
    assert tally.figures["answers"] == 4
    assert tally.figures["last texts answered"] == 2


@pytest.mark.parametrize(
    ("spoil", "promise", "ids"),
    [
        pytest.param(
            lambda: replace(GOOD, rows=GOOD.rows[1:]), "lost", ["kannel:1"], id="a lost text"
        ),
        pytest.param(
            lambda: replace(GOOD, rows=[*GOOD.rows, GOOD.rows[-1]]),
            "doubled",
            ["kannel:3"],
            id="a text kept twice",
        ),
        pytest.param(
            lambda: replace(GOOD, rows=[*GOOD.rows, Row("kannel:9", "a", in_alert=True)]),
            "from nowhere",
            ["kannel:9"],
            id="a text nobody handed over",
        ),
        pytest.param(
            lambda: replace(GOOD, rows=[GOOD.rows[2], *GOOD.rows[:2], GOOD.rows[3]]),
            "out of order",
            ["kannel:1"],
            id="a text that was overtaken",
        ),
        pytest.param(
            lambda: replace(GOOD, rows=[*GOOD.rows[:3], replace(GOOD.rows[3], conversation="c")]),
            "two conversations",
            ["kannel:1"],
            id="a person taken for two",
        ),
        pytest.param(
            lambda: replace(GOOD, rows=[*GOOD.rows[:3], replace(GOOD.rows[3], in_alert=False)]),
            "in no alert",
            ["kannel:3"],
            id="an answer that is in no alert",
        ),
        pytest.param(
            lambda: replace(GOOD, alerts=GOOD.alerts[:1]),
            "in no alert that staff see",
            ["telegram:7"],
            id="an alert nobody sees",
        ),
        pytest.param(
            lambda: replace(GOOD, alerts=[*GOOD.alerts, [ANSWER.words]]),
            "in two alerts",
            ["kannel:3"],
            id="a text in two alerts",
        ),
        pytest.param(
            lambda: replace(GOOD, alerts=[[ANSWER.words, CONCERN.words], GOOD.alerts[1]]),
            "alert out of order",
            ["alert 0"],
            id="an alert read backwards",
        ),
        pytest.param(
            lambda: replace(GOOD, alerts=[[CONCERN.words, ANSWER.words, *GOOD.alerts[1]]]),
            "alert out of order",
            ["alert 0"],
            id="two people's texts in one alert",
        ),
        pytest.param(
            lambda: answered(SMS, *GOOD.answers[SMS.address][:2]),
            "unanswered",
            ["kannel:3"],
            id="the last text without an answer",
        ),
        pytest.param(
            lambda: replace(GOOD, queued=GOOD.queued - {"kannel:3:0"}, in_doubt=GOOD.queued),
            "unanswered",
            ["kannel:3"],
            id="an answer to an earlier text is none to the last",
        ),
        pytest.param(
            lambda: answered(SMS, *GOOD.answers[SMS.address], GOOD.answers[SMS.address][1]),
            "answered twice",
            ["kannel:3", "kannel:2:0"],
            id="an answer that went twice",
        ),
        pytest.param(
            lambda: answered(CHAT, Answer("where?"), Answer("where?")),
            "answered twice",
            ["telegram:7"],
            id="an answer that went twice where the wire shows no key",
        ),
        pytest.param(
            lambda: answered(SMS, *GOOD.answers[SMS.address][:2], LIFELINE, LIFELINE, LIFELINE),
            "answered twice",
            ["kannel:3", "kannel:3:0"],
            id="a lifeline that went three times",
        ),
    ],
)
def test_what_breaks_a_promise_is_named(
    spoil: Callable[[], Found], promise: str, ids: list[str]
) -> None:
    assert broken(count(PEOPLE, HEARD, spoil()))[promise] == ids


@pytest.mark.parametrize(
    ("found", "figure"),
    [
        pytest.param(
            replace(answered(CHAT), in_doubt=frozenset({"telegram:7:0"})),
            "last answer recorded as unknown",
            id="an answer of which nobody knows",
        ),
        pytest.param(
            answered(SMS, *GOOD.answers[SMS.address][:2], LIFELINE, LIFELINE),
            "lifelines sent again in doubt",
            id="a lifeline that went twice",
        ),
    ],
)
def test_what_is_known_and_allowed_is_counted(found: Found, figure: str) -> None:
    tally = count(PEOPLE, HEARD, found)
    assert broken(tally) == {}
    assert tally.figures[figure] == 1


@pytest.mark.parametrize(
    ("arrived", "in_doubt", "held_back", "is_known"),
    [
        pytest.param(5, 0, 1, True, id="five arrived"),
        pytest.param(4, 1, 1, True, id="one of the five perhaps arrived"),
        pytest.param(4, 0, 1, False, id="held back too early"),
        pytest.param(5, 0, 0, False, id="nobody held it back"),
    ],
)
def test_a_loop_that_was_ended_leaves_the_last_text_without_an_answer(
    arrived: int, in_doubt: int, held_back: int, *, is_known: bool
) -> None:
    keys = [f"kannel:{n}" for n in range(6)]
    replies = [f"{key}:0" for key in keys]
    texts = tuple(Text(str(n), f"text {n}") for n in range(6))
    machine = Person("kannel", "+923007000009", texts)
    found = Found(
        rows=[Row(key, "c", in_alert=False) for key in keys],
        alerts=[],
        answers={machine.address: [Answer("thanks", reply) for reply in replies[:arrived]]},
        queued=frozenset(replies),
        in_doubt=frozenset(replies[arrived : arrived + in_doubt]),
        held_back=frozenset(replies[-1:] * held_back),
    )
    tally = count([machine], dict(zip(keys, range(6), strict=True)), found)
    assert broken(tally) == ({} if is_known else {"unanswered": [keys[-1]]})
    assert tally.figures["last answer held back as a loop"] == is_known


def test_the_same_seed_draws_the_same_people() -> None:
    people = draw_people(chances(7, "people"), 30, 200)
    assert people == draw_people(chances(7, "people"), 30, 200)
    assert people != draw_people(chances(8, "people"), 30, 200)
    assert sum(len(person.texts) for person in people) == 200
    keys = [person.key(text) for person in people for text in person.texts]
    assert len(set(keys)) == 200
    telling = [text.words for person in people for text in person.texts if text.tells]
    assert len(set(telling)) == len(telling) > 20

"""The channels behind Debian's real Kannel, whose operator is its own fakesmsc."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import pytest
import redis

from tests.channels.boxes import Boxes, eventually
from tests.channels.conftest import NUMBER, SECRET
from tests.standins.africastalking import AfricasTalking
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.kannel_boxes import SHORT_CODE, KannelBoxes, Operator
from tests.standins.rasa import RECEIPT, Rasa
from tests.standins.redis_server import RedisServer

PASHTO = "ماشوم ته خطر دی، ځوک راغلل"
URDU = "بچی کو مار رہا ہے،  جلدی "


@dataclass(frozen=True)
class Line:
    """Our processes and the gateway they are behind."""

    boxes: Boxes
    kannel: KannelBoxes

    def hands_over(self, kind: str, text: str, sender: str = NUMBER[1:]):
        """One SMS from a person; `ucs2` as phones write Urdu."""
        written = quote(text.encode("utf-16-be"), safe="") if kind == "ucs2" else text
        return self.kannel.hands_over(sender, SHORT_CODE, kind, written)

    def start(self, module: str) -> None:
        self.boxes.start(
            module,
            AMAAN_KANNEL_URL=self.kannel.url,
            AMAAN_KANNEL_USERNAME=self.kannel.username,
            AMAAN_KANNEL_PASSWORD=self.kannel.password,
        )

    @property
    def texts(self) -> list[str]:
        """What the api was told, each text once."""
        return [report["text"] for report in self.boxes.api.reports.values()]


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    folders = [tmp_path_factory.mktemp(name) for name in ("redis", "logs", "kannel")]
    with (
        RedisServer(folders[0]).running() as queue,
        Api().serve() as api,
        Rasa().serve() as rasa,
        AfricasTalking().serve() as africas_talking,
    ):
        boxes = Boxes(queue, api, rasa, africas_talking, folders[1])
        with KannelBoxes(folders[2], boxes.port, SECRET).running() as kannel:
            line = Line(boxes, kannel)
            line.start("channels")
            line.start("channels.worker")
            try:
                eventually(boxes.is_ready)
                yield line
            finally:
                boxes.end()


def answer(line: Line, text: str, *replies: str) -> None:
    """What the bot says to a text."""
    said = [RECEIPT | {"text": reply} for reply in replies]
    line.boxes.rasa.answers[text] = {"replies": said, "language": "en"}


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        pytest.param("text", "bachi ko maar raha hai", id="ASCII"),
        pytest.param("text", "do  spaces + 100% [sach] {1} €5? ", id="signs and spaces"),
        pytest.param("text", URDU, id="Urdu that the gateway turned into UTF-8"),
        pytest.param("ucs2", URDU, id="Urdu as phones send it"),
        pytest.param("ucs2", PASHTO, id="Pashto as phones send it"),
        pytest.param("ucs2", "ماشوم", id="one word, readable as UTF-8 by accident"),
        pytest.param("ucs2", "help 😀 مدد", id="mixed, and a letter of two units"),
        pytest.param("ucs2", PASHTO * 2, id="70 units and more in one"),
        pytest.param("text", "", id="nothing at all"),
    ],
)
def test_a_text_arrives_as_it_was_written(kind: str, text: str, line: Line) -> None:
    before = len(line.texts)
    with line.hands_over(kind, text):
        eventually(lambda: len(line.texts) == before + 1)
    assert line.texts[-1] == text
    key = list(line.boxes.api.reports)[-1]
    assert key.startswith("kannel:")
    assert len(key) == len("kannel:") + 36  # a UUID


def test_a_long_sms_in_three_parts_is_one_report(line: Line) -> None:
    before = len(line.texts)
    parts = {1: "a" * 153, 3: "c" * 20, 2: "b" * 153}  # as they may come
    for number, part in parts.items():
        with line.hands_over("udh-text", f"%05%00%03%4D%03%{number:02} {part}"):
            assert len(line.texts) == before or number == 2
    eventually(lambda: len(line.texts) == before + 1)
    assert line.texts[-1] == parts[1] + parts[2] + parts[3]


def test_a_long_urdu_sms_in_three_parts_is_one_report(line: Line) -> None:
    before, text = len(line.texts), " ".join(["بچی کو مار رہا ہے"] * 10)
    parts = [text[:67], text[67:134], text[134:]]
    for number in (1, 3, 2):  # as they may come
        # fakesmsc has no long SMS in UCS-2; as 8-bit data its letters are the same on the wire.
        data = quote(parts[number - 1].encode("utf-16-be"), safe="")
        with line.kannel.hands_over(
            NUMBER[1:], SHORT_CODE, "udh-data", f"%05%00%03%4E%03%{number:02} {data}"
        ):
            assert len(line.texts) == before or number == 2
    eventually(lambda: len(line.texts) == before + 1)
    assert line.texts[-1] == text


def heard(operator: Operator) -> list[str]:
    """What the person's phone got, without who and by which number."""
    return [one.removeprefix(f"{SHORT_CODE} {NUMBER} ") for one in operator.heard]


def state(line: Line, key: str) -> bytes | None:
    """What became of a reply, as far as we were told."""
    with redis.Redis.from_url(line.boxes.redis.url) as client:
        return client.hget(f"delivery:kannel:{key}", "state")


def test_replies_go_out_by_the_gateway_and_are_reported_delivered(line: Line) -> None:
    answer(line, "kahan", "Thank you. 482 177 306 [€]", "کہاں؟")
    with line.hands_over("text", "kahan") as operator:
        eventually(lambda: len(heard(operator)) == 2)
        assert heard(operator) == [
            "text Thank you. 482 177 306 [€]",
            "ucs-2 " + quote("کہاں؟".encode("utf-16-be"), safe="'()*"),
        ]
        key = next(key for key, one in line.boxes.api.reports.items() if one["text"] == "kahan")
        for number in (0, 1):
            eventually(lambda number=number: state(line, f"{key}:{number}") == b"delivered")


def test_the_reply_goes_back_by_the_provider_its_message_came_through(line: Line) -> None:
    answer(line, "pehla", "one")
    answer(line, "doosra", "two")
    answer(line, "teesra", "three")
    assert line.boxes.tell("pehla", "at-1") == 200
    eventually(lambda: line.boxes.said == ["one"])
    with line.hands_over("text", "doosra") as operator:
        eventually(lambda: heard(operator) == ["text two"])
        assert line.boxes.tell("teesra", "at-2") == 200
        eventually(lambda: line.boxes.said == ["one", "three"])
        assert heard(operator) == ["text two"]
    turns = {turn["text"]: turn["conversation"] for turn in line.boxes.rasa.turns}
    # One person all the same: the number is written differently by each provider.
    assert turns["pehla"] == turns["doosra"] == turns["teesra"]


def test_smsbox_killed_between_a_text_and_its_reply(line: Line) -> None:
    answer(line, "pani", "kept")
    line.boxes.rasa.faults.add(Fault(503, after=1.0))
    with line.hands_over("text", "pani") as operator:
        eventually(lambda: "pani" in line.texts)
        line.kannel.kill_smsbox()
        eventually(lambda: "ProviderUnreachable" in line.boxes.written())
        assert heard(operator) == []
        line.kannel.start_smsbox()
        eventually(lambda: heard(operator) == ["text kept"])
    assert line.texts.count("pani") == 1


def test_a_text_that_comes_while_smsbox_is_away_waits_in_bearerbox(line: Line) -> None:
    line.kannel.kill_smsbox()
    before = len(line.texts)
    with line.hands_over("text", "aag lagi hai"):
        line.kannel.start_smsbox()
        eventually(lambda: len(line.texts) == before + 1)
    assert line.texts[-1] == "aag lagi hai"


def test_a_text_that_comes_while_we_are_away_is_handed_over_again(line: Line) -> None:
    line.boxes.processes[0].kill()
    line.boxes.processes[0].wait()
    before = len(line.texts)
    with line.hands_over("ucs2", PASHTO, "923000000077") as operator:
        line.start("channels")
        eventually(lambda: len(line.texts) == before + 1)
        eventually(lambda: len(operator.heard) == 1)
    assert line.texts[-1] == PASHTO

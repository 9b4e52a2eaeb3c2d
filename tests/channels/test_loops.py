"""A phone that answers every SMS by itself, against the real processes: it ends, and is heard."""

import contextlib
import threading
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import httpx
import pytest

from tests.channels.boxes import Boxes, eventually
from tests.standins.africastalking import AfricasTalking
from tests.standins.api import Api
from tests.standins.rasa import Rasa
from tests.standins.redis_server import RedisServer

AUTOMATIC = "main gari chala raha hoon"
DANGER = "bachi ko chacha maar raha hai"
LIFELINE = {"response": "utter_lifeline_general", "kind": "lifeline", "text": "15, 1122, 1121"}
MOST = 5


@pytest.fixture
def boxes(own_redis: RedisServer, api: Api, rasa: Rasa, tmp_path: Path) -> Iterator[Boxes]:
    logs = tmp_path / "logs"
    logs.mkdir()
    with AfricasTalking().serve() as provider:
        boxes = Boxes(own_redis, api, rasa, provider, logs)
        boxes.start("channels")
        boxes.start("channels.worker")
        eventually(boxes.is_ready)
        yield boxes
        boxes.end()


@pytest.fixture
def automatic(boxes: Boxes) -> Iterator[None]:
    """Answer each SMS that arrives, as a phone with an automatic answer does."""
    ended = threading.Event()

    def answer() -> None:
        answered = 0
        while not ended.wait(0.02):
            if len(boxes.provider.sent) > answered:
                # A provider repeats what it gets no 200 for.
                with contextlib.suppress(httpx.HTTPError):
                    if boxes.tell(AUTOMATIC, f"automatic-{answered + 1}") == HTTPStatus.OK:
                        answered += 1

    phone = threading.Thread(target=answer)
    phone.start()
    yield
    ended.set()
    phone.join()


@pytest.mark.usefixtures("automatic")
def test_two_machines_do_not_answer_each_other_for_ever(boxes: Boxes) -> None:
    assert boxes.tell("salam", "1") == 200
    # The last automatic answer is kept and dealt with as any text; only nothing is said to it.
    eventually(lambda: f"africastalking:automatic-{MOST}" in boxes.api.outcomes)
    eventually(lambda: "reply_looped" in boxes.written())
    assert len(boxes.said) == MOST
    boxes.rasa.answers[DANGER] = {"replies": [LIFELINE], "language": "en"}
    assert boxes.tell(DANGER, "danger") == 200
    eventually(lambda: LIFELINE["text"] in boxes.said)
    assert "africastalking:danger" in boxes.api.reports
    # It answers that too; our answer to it is the one of before, and stays away.
    eventually(lambda: f"africastalking:automatic-{MOST + 1}" in boxes.api.outcomes)
    eventually(lambda: boxes.written().count("reply_looped") == 2)
    assert len(boxes.said) == MOST + 1
    keys = [key for key in boxes.api.reports if "automatic" in key]
    assert keys == [f"africastalking:automatic-{number}" for number in range(1, MOST + 2)]

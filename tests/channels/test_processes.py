"""The real processes: webhooks and workers, killed, stopped and started under a real Redis."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.channels.boxes import PATIENCE, ROOT, Boxes, eventually
from tests.channels.conftest import NUMBER, SECRET
from tests.standins.africastalking import AfricasTalking
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa
from tests.standins.redis_server import RedisServer
from tests.standins.server import free_port

TEXT = "bachi ko chacha maar raha hai"


@pytest.fixture
def boxes(own_redis: RedisServer, api: Api, rasa: Rasa, tmp_path: Path) -> Iterator[Boxes]:
    logs = tmp_path / "logs"
    logs.mkdir()
    with AfricasTalking().serve() as provider:
        boxes = Boxes(own_redis, api, rasa, provider, logs)
        yield boxes
        boxes.end()


def test_a_message_is_answered_and_leaves_no_word_in_any_log(boxes: Boxes) -> None:
    boxes.start("channels")
    boxes.start("channels.worker")
    eventually(boxes.is_ready)
    boxes.rasa.answers[TEXT] = {"replies": [], "language": None}
    for _ in range(4):
        assert boxes.tell(TEXT, "1") == 200
    eventually(lambda: boxes.said)
    boxes.provider.faults.add(Fault(500), Fault(201, '{"SMSMessageData": {"Recipients": []}}'))
    assert boxes.tell("salam", "2") == 200
    eventually(lambda: len(boxes.said) == 2)
    assert httpx.post(f"http://127.0.0.1:{boxes.port}/sms/kannel/guess/inbound").status_code == 404
    assert list(boxes.api.reports) == ["africastalking:1", "africastalking:2"]
    boxes.redis.kill()
    assert boxes.tell("pani", "3") == 200
    boxes.redis.start()
    eventually(lambda: len(boxes.said) == 3)
    for process in boxes.processes:
        process.terminate()
    # uvicorn ends in good order and then lets the signal have its way.
    ends = [process.wait(PATIENCE) for process in boxes.processes]
    assert ends == [-signal.SIGTERM, 0]
    written = boxes.written()
    assert "turn_ended" in written
    for secret in (TEXT, "chacha", "salam", NUMBER[1:], SECRET, "at-key", "-token", "Traceback"):
        assert secret not in written
    assert "africastalking:1" in written


def test_a_worker_killed_in_the_middle_of_a_turn(boxes: Boxes) -> None:
    boxes.start("channels")
    first = boxes.start("channels.worker")
    eventually(boxes.is_ready)
    boxes.rasa.faults.add(Fault(after=60))
    assert boxes.tell("salam", "1") == 200
    assert boxes.tell("pani", "2") == 200
    eventually(lambda: boxes.rasa.asked)
    first.send_signal(signal.SIGKILL)
    # Another takes over what the dead one held once its lease has run out.
    boxes.start("channels.worker", AMAAN_LEASE="2")
    eventually(lambda: len(boxes.said) == 2)
    assert [turn["text"] for turn in boxes.rasa.turns] == ["salam", "pani"]
    assert list(boxes.api.reports) == ["africastalking:1", "africastalking:2"]


def test_a_worker_that_is_told_to_stop_gives_back_what_it_holds(boxes: Boxes) -> None:
    boxes.start("channels")
    first = boxes.start("channels.worker", AMAAN_LEASE="600", AMAAN_RASA_TIMEOUT="300")
    eventually(boxes.is_ready)
    boxes.rasa.faults.add(Fault(after=60))
    assert boxes.tell("salam", "1") == 200
    eventually(lambda: boxes.rasa.asked)
    first.terminate()
    assert first.wait(PATIENCE) == 0
    boxes.start("channels.worker", AMAAN_LEASE="600")
    eventually(lambda: boxes.said)
    assert len(boxes.rasa.turns) == 1


def test_three_workers_over_thirty_people_in_order_and_once(boxes: Boxes) -> None:
    boxes.start("channels")
    for _ in range(3):
        boxes.start("channels.worker")
    eventually(boxes.is_ready)
    for number in range(4):
        for person in range(30):
            sender = f"+9230000000{person:02}"
            assert boxes.tell(f"text {number}", f"{person}-{number}", sender) == 200
    eventually(lambda: len(boxes.said) == 120)
    assert len(boxes.rasa.turns) == 120
    by_conversation: dict[str, list[str]] = {}
    for turn in boxes.rasa.turns:
        by_conversation.setdefault(turn["conversation"], []).append(turn["text"])
    assert len(by_conversation) == 30
    assert all(
        texts == [f"text {number}" for number in range(4)] for texts in by_conversation.values()
    )


@pytest.mark.parametrize("module", ["channels", "channels.worker"])
def test_a_redis_that_may_lose_things_is_refused(module: str, boxes: Boxes) -> None:
    boxes.redis.kill()
    boxes.redis.start(fsync="everysec")
    process = boxes.start(module)
    assert process.wait(PATIENCE) == 1
    assert "appendfsync always" in boxes.written()


@pytest.mark.parametrize("module", ["channels", "channels.worker"])
def test_settings_that_cannot_serve_are_refused(module: str, boxes: Boxes) -> None:
    process = boxes.start(module, AMAAN_ENV="production", AMAAN_WEBHOOK_SECRET="weak-weak")
    assert process.wait(PATIENCE) == 1
    assert "AMAAN_WEBHOOK_SECRET" in boxes.written()
    assert "weak-weak" not in boxes.written()


@pytest.mark.parametrize(("channel", "last"), [("sms", "pani"), ("telegram", "/pin 32.3 69.57")])
def test_a_chat_in_the_terminal(channel: str, last: str, boxes: Boxes) -> None:
    boxes.start("channels")
    boxes.start("channels.worker")
    eventually(boxes.is_ready)
    question = {"response": "utter_ask", "kind": "question", "text": "کہاں؟"}
    question["buttons"] = [{"title": "باڑہ", "payload": "1"}]
    boxes.rasa.answers["سلام"] = {"replies": [question], "language": "ur"}
    chat = subprocess.run(
        [sys.executable, "-m", "scripts.chat"],
        cwd=ROOT,
        env=os.environ | {"AMAAN_CHANNELS_PORT": str(boxes.port), "CHANNEL": channel},
        input=f"سلام\n1\nstop\n{last}\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    assert "کہاں؟" in chat.stdout
    assert "    [1] باڑہ" in chat.stdout.splitlines()
    assert chat.stdout.count("482 177 306") == 2
    assert [report["text"] for report in boxes.api.reports.values()][:3] == ["سلام", "1", "stop"]


def test_a_chat_with_nobody_there() -> None:
    chat = subprocess.run(
        [sys.executable, "-m", "scripts.chat"],
        cwd=ROOT,
        env=os.environ | {"AMAAN_CHANNELS_PORT": str(free_port())},
        input="salam\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert chat.returncode == 1
    assert "make up" in chat.stderr

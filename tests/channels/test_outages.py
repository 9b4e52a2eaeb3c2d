"""The real processes while Redis stops, webhooks are killed, and turns are given up."""

import dataclasses
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from tests.channels.boxes import PATIENCE, ROOT, Boxes, eventually
from tests.channels.conftest import make_settings
from tests.standins.africastalking import AfricasTalking
from tests.standins.api import Api
from tests.standins.faults import Fault
from tests.standins.rasa import Rasa
from tests.standins.redis_server import RedisServer
from tests.standins.server import free_port

PEOPLE = 8
TEXTS = [f"text {number}" for number in range(10)]


@pytest.fixture
def boxes(own_redis: RedisServer, api: Api, rasa: Rasa, tmp_path: Path) -> Iterator[Boxes]:
    logs = tmp_path / "logs"
    logs.mkdir()
    with AfricasTalking().serve() as provider:
        boxes = Boxes(own_redis, api, rasa, provider, logs)
        yield boxes
        boxes.end()


def in_order(boxes: Boxes) -> list[list[str]]:
    """The texts of each conversation as their turns were taken."""
    by_conversation: dict[str, list[str]] = {}
    for turn in boxes.rasa.turns:
        by_conversation.setdefault(turn["conversation"], []).append(turn["text"])
    return list(by_conversation.values())


def test_redis_stops_under_load_and_nobody_is_refused_or_overtaken(boxes: Boxes) -> None:
    other = dataclasses.replace(boxes, port=free_port())
    for one in (boxes, other):
        one.start("channels")
        one.start("channels.worker", AMAAN_LEASE="3")
    for one in (boxes, other):
        eventually(one.is_ready)

    stopped = threading.Event()

    def person(number: int) -> list[int]:
        fronts = cycle((boxes, other))  # each text by the other process, as behind a balancer
        sender, given = f"+9230000000{number:02}", []
        for text, front in zip(TEXTS, fronts, strict=False):
            if text == TEXTS[5] and number % 2:
                stopped.wait(PATIENCE)  # the others do not, and are in the middle of it
            given.append(front.tell(text, f"{number} {text}", sender))
        return given

    with ThreadPoolExecutor(PEOPLE) as people:
        answers = people.map(person, range(PEOPLE))
        eventually(lambda: boxes.rasa.turns)
        boxes.redis.kill()
        stopped.set()
        given = [status for statuses in answers for status in statuses]
    boxes.redis.start()
    assert given == [200] * PEOPLE * len(TEXTS)
    eventually(lambda: len(boxes.rasa.turns) >= len(given))
    eventually(lambda: len(boxes.api.outcomes) == len(given))
    assert in_order(boxes) == [TEXTS] * PEOPLE


def test_a_journal_outlives_the_process_that_wrote_it(boxes: Boxes) -> None:
    first = boxes.start("channels")
    boxes.start("channels.worker")
    eventually(boxes.is_ready)
    boxes.redis.kill()
    for text in TEXTS:
        assert boxes.tell(text, text) == 200
    first.kill()
    first.wait()
    boxes.start("channels")
    boxes.redis.start()
    eventually(lambda: len(boxes.rasa.turns) == len(TEXTS))
    assert in_order(boxes) == [TEXTS]


def test_what_was_given_up_is_counted_shown_and_tried_again(boxes: Boxes) -> None:
    metrics = f"http://127.0.0.1:{free_port()}/metrics"
    boxes.start("channels")
    boxes.start(
        "channels.worker", AMAAN_WORKER_METRICS_PORT=metrics.split(":")[2].removesuffix("/metrics")
    )
    eventually(boxes.is_ready)
    boxes.rasa.faults.add(*[Fault(500)] * 3)
    assert boxes.tell("pani nahi hai", "1") == 200
    eventually(lambda: "amaan_parked_messages 1.0" in httpx.get(metrics).text)
    shown = parked(boxes)
    entry, *_, error = shown.stdout.splitlines()[0].split()
    assert error == "rasa_silent"
    assert "parked messages: 1" in shown.stdout
    assert "pani" not in shown.stdout + httpx.get(metrics).text
    assert parked(boxes, "no such").returncode == 1
    assert parked(boxes, entry).returncode == 0
    eventually(lambda: boxes.rasa.turns)
    assert boxes.rasa.turns[0]["kept_only"]
    eventually(lambda: 'amaan_turns_total{end="handled"} 1.0' in httpx.get(metrics).text)
    assert 'amaan_turns_total{end="failed"} 1.0' in httpx.get(metrics).text
    assert "parked messages: 0" in parked(boxes).stdout


def parked(boxes: Boxes, *entry: str) -> subprocess.CompletedProcess[str]:
    """`make parked` over the running boxes."""
    plain = make_settings()
    given = {
        "AMAAN_HOME": str(boxes.logs.parent / "operator"),
        "AMAAN_REDIS_URL": boxes.redis.url,
        "AMAAN_CHANNELS_KEYS": plain.channels_keys.get_secret_value(),
    }
    return subprocess.run(
        [sys.executable, "-m", "scripts.parked", *entry],
        cwd=ROOT,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def test_nobody_there_to_ask_for_what_is_parked(boxes: Boxes) -> None:
    boxes.redis.kill()
    asked = parked(boxes)
    assert asked.returncode == 1
    assert "Redis does not answer" in asked.stderr

"""`python -m actions`: the real server, as Rasa calls it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.standins.server import free_port

ROOT = Path(__file__).resolve().parents[2]
SECRET = "made-up words"
STARTS_WITHIN = 60.0


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """The server's address and its output."""
    port, output = free_port(), tmp_path_factory.mktemp("actions") / "output"
    settings = {
        "AMAAN_ACTIONS_PORT": str(port),
        "AMAAN_API_INTERNAL_URL": f"http://127.0.0.1:{free_port()}",
        "AMAAN_ACTIONS_TOKEN": "made-up-token",
    }
    url = f"http://127.0.0.1:{port}"
    with (
        output.open("w") as out,
        subprocess.Popen(
            [sys.executable, "-m", "actions"],
            cwd=ROOT,
            env=os.environ | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        deadline = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < deadline:
            with suppress(httpx.TransportError):
                httpx.get(f"{url}/health").raise_for_status()
                break
            time.sleep(0.1)
        yield url, output
        process.terminate()


def call(url: str, action: str) -> httpx.Response:
    """A call as Rasa 3.6 makes it with selective domains: without a domain."""
    message = {"text": SECRET, "intent": {"name": "report_concern"}, "metadata": {"key": "sms:1"}}
    tracker = {
        "sender_id": "c1",
        "slots": {"language": "en"},
        "latest_message": message,
        "events": [],
        "paused": False,
        "latest_action_name": "action_listen",
        "active_loop": {},
    }
    body = {"next_action": action, "sender_id": "c1", "tracker": tracker, "version": "3.6.21"}
    return httpx.post(f"{url}/webhook", json=body, timeout=20)


def test_it_serves_the_actions_of_the_domain(server):
    names = {action["name"] for action in httpx.get(f"{server[0]}/actions").json()}
    assert names == {"validate_report_form", "action_status"}


def test_without_the_api_it_answers_with_the_numbers(server):
    answer = call(server[0], "validate_report_form")
    assert answer.status_code == 200
    assert [said["response"] for said in answer.json()["responses"]] == ["utter_not_read"]


def test_its_output_quotes_nobody(server):
    call(server[0], "validate_report_form")
    call(server[0], "no_such_action")
    httpx.post(f"{server[0]}/webhook", content=f'{{"{SECRET}')
    out = server[1].read_text()
    assert "api_unreachable" in out
    assert "library_spoke" in out
    assert SECRET not in out

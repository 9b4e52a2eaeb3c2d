"""Brings the database up to date: `python -m api.migrate` (`--check`: do models and tables agree?)."""

from __future__ import annotations

import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

FOLDER = Path(__file__).parent / "migrations"


def config(url: str) -> Config:
    """Return what alembic needs; there is no ini file, so that there is one place for settings."""
    made = Config()
    made.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    made.attributes["url"] = url
    return made


def head() -> str | None:
    """Return the newest migration of this version."""
    return ScriptDirectory(str(FOLDER)).get_current_head()


def upgrade(url: str) -> None:
    """Run the migrations a database has not seen."""
    command.upgrade(config(url), "head")


def main() -> None:
    """Migrate the database of the settings, or check it."""
    from api.settings import Settings  # noqa: PLC0415  # health needs `head`, and no settings

    settings = Settings()  # type: ignore[call-arg]  # read from the environment
    settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if "--check" in sys.argv[1:]:
        command.check(config(settings.store_url))
    else:
        upgrade(settings.store_url)


if __name__ == "__main__":
    main()

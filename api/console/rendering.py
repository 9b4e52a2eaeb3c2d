"""Renders the console's templates: escaped by default, and strict about names."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """Return the environment of all templates; it is made when the first page is."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["style_version"] = style_version()
    return made


@cache
def static(name: str) -> bytes:
    """Return the style sheet or the icon."""
    return (HERE / name).read_bytes()


@cache
def style_version() -> str:
    """Return what changes with the style sheet, so that a browser may keep it for long."""
    return hashlib.sha256(static("console.css")).hexdigest()[:12]


def render(template: str, **shown: object) -> str:
    """Return a page as HTML."""
    return environment().get_template(template).render(**shown)

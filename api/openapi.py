"""The description of the API: what is served names no internal route, the contract names all.

`python -m api.openapi FILE` writes the contract that both sides are tested against.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fastapi import APIRouter, FastAPI

PATH = "/api/v1/openapi.json"
INTERNAL = "/internal/"


def described(routers: Sequence[APIRouter], *, internal: bool) -> dict[str, Any]:
    """Return the description of some routers' routes, with the internal ones or without."""
    routes = [
        route
        for router in routers
        for route in router.routes
        if internal or not getattr(route, "path", "").startswith(INTERNAL)
    ]
    return get_openapi(title="Amaan", version="1", routes=routes)


def serve(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Let the application describe its public routes."""

    def public() -> dict[str, Any]:
        app.openapi_schema = app.openapi_schema or described(routers, internal=False)
        return app.openapi_schema

    app.openapi = public  # type: ignore[method-assign]  # the way the framework documents


def contract() -> str:
    """Return the description of all routes as the text of a file."""
    from api.app import ROUTERS  # noqa: PLC0415  # the application imports this module

    return json.dumps(described(ROUTERS, internal=True), indent=1, sort_keys=True) + "\n"


def main() -> None:
    """Write the contract into the file that is named."""
    Path(sys.argv[1]).write_text(contract(), encoding="utf-8")


if __name__ == "__main__":
    main()

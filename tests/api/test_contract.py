"""The description of the API that both sides are tested against."""

import json
from pathlib import Path

from api.openapi import contract

FILE = Path("tests/contract/openapi.json")


def test_the_contract_is_current():
    """After a change: `python -m api.openapi tests/contract/openapi.json`."""
    assert FILE.read_text(encoding="utf-8") == contract()


def test_the_contract_holds_the_internal_routes():
    paths = json.loads(contract())["paths"]
    internal = {path for path in paths if path.startswith("/internal/")}
    names = ("alerts", "deliveries", "reports", "status", "turns")
    assert internal == {f"/internal/v1/{name}" for name in names}


async def test_what_is_served_names_no_internal_route(http):
    served = await http.get("/api/v1/openapi.json")
    assert "/api/v1/alerts/{alert_id}" in served.json()["paths"]
    assert "internal" not in served.text
    assert "ReportIn" not in served.text


async def test_there_is_nothing_else_to_look_at(http):
    for path in ("/docs", "/redoc", "/metrics", "/openapi.json"):
        assert (await http.get(path)).status_code == 404

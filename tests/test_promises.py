"""SECURITY.md names a test for each promise; this holds it to the tests that exist."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_test_that_security_names_exists() -> None:
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "SECURITY.md").read_text()))
    existing = {
        name
        for file in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)\(", file.read_text())
    }
    assert named
    assert named - existing == set()


def test_the_three_sealing_modules_are_one_text() -> None:
    texts = {(ROOT / folder / "sealing.py").read_text() for folder in ("api", "channels", "bot")}
    assert len(texts) == 1

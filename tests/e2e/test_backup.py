"""A backup of a running installation, restored elsewhere: its alerts can be read, its reporters answered."""

import os
import subprocess
import sys
from pathlib import Path

from tests.e2e.installation import ROOT, Installation, new_number, wait_for

FIRST = "jaldi aao mera bhai chaqu se behen ko maar raha hai abhi, Mingora bazar"
LATER = "wo ab bhi ghar mein hai darwaza band hai"


def make(what: str, home: Path, file: Path) -> None:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("AMAAN_")}
    given = {"AMAAN_HOME": str(home), "AMAAN_BACKUP_PASSPHRASE": "made-up passphrase for tests"}
    command = [sys.executable, "-m", f"scripts.{what}", str(file)]
    subprocess.run(command, cwd=ROOT, env=ours | given, check=True, timeout=120)


def test_a_restored_home_reads_its_alerts_and_answers_its_reporters(
    amaan: Installation, tmp_path: Path
) -> None:
    number = new_number()
    amaan.sms(FIRST, number)
    alert = amaan.alert("swat", FIRST)
    amaan.replies(number)
    make("backup", amaan.home, tmp_path / "kept.backup")
    make("restore", tmp_path / "home", tmp_path / "kept.backup")
    without_bot = {"AMAAN_TELEGRAM_TOKEN": ""}  # the running one asks for the bot's updates
    second = Installation(tmp_path / "home", amaan.africastalking, amaan.telegram, without_bot)
    with second.running() as restored:
        # Sealed texts open, and the address leads to the conversation that told before.
        assert restored.alert("swat", FIRST)["case_code"] == alert["case_code"]
        before = len(restored.received(number))
        restored.sms(LATER, number)
        wait_for("the same alert", lambda: restored.alerts_with("swat", LATER))
        assert restored.alert("swat", LATER)["id"] == alert["id"]
        assert restored.replies(number, before)
        assert restored.leaked() == []

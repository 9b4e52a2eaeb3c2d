"""What `make up` says, also to a terminal that is gone."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = "from scripts.up import say; say('one'); say('two'); import os; os._exit(7)"


def test_a_closed_terminal_does_not_end_it() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, stdout=writer, check=False)
    os.close(writer)
    assert ended.returncode == 7

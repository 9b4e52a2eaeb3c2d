"""Run a command with the settings of one process: `python -m scripts.run api python -m api.admin NAME`."""

import os
import sys

from scripts.home import Refused
from scripts.up import ROOT, prepare, settings_for


def main() -> None:
    """Replace this process by the command. Exits with a sentence when the home refuses."""
    name, *command = sys.argv[1:]
    try:
        _, settings = prepare(os.environ)
    except Refused as refusal:
        sys.exit(f"amaan: {refusal}")
    words = [sys.executable if word == "python" else word for word in command]
    os.chdir(ROOT)
    os.execve(words[0], words, settings_for(name, settings))  # noqa: S606  our own command


if __name__ == "__main__":
    main()

"""`make parked`: the messages no turn could deal with; `make parked REPLAY=<id>` tries one again.

Asks the Redis of the running installation: an outside one by its address, our own by the port that
`make up` has written down.
"""

import os
import re
import sys

from scripts.home import Refused
from scripts.up import ROOT, prepare, read_settings, settings_for


def main() -> None:
    """Replace this process by the one that looks. Exits with a sentence when the home refuses."""
    try:
        home, settings = prepare(os.environ)
    except Refused as refusal:
        sys.exit(f"amaan: {refusal}")
    if "AMAAN_REDIS_URL" not in read_settings(os.environ):
        conf = home / "run/redis.conf"
        port = re.search(r"^port (\d+)$", conf.read_text() if conf.exists() else "", re.MULTILINE)
        if port is None:
            sys.exit(f"amaan: nothing has run in {home} yet.")
        password = settings["AMAAN_REDIS_PASSWORD"]
        settings["AMAAN_REDIS_URL"] = f"redis://:{password}@127.0.0.1:{port[1]}/0"
    os.chdir(ROOT)
    command = [sys.executable, "-m", "channels.parked", *sys.argv[1:]]
    os.execve(sys.executable, command, settings_for("worker", settings))  # noqa: S606  our own


if __name__ == "__main__":
    main()

"""A PostgreSQL of the tests' own: on a free port of this host, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from tests.standins.ending import with_us
from tests.standins.server import free_port

STARTS_WITHIN = 120.0  # seconds
AT_ONCE = signal.SIGQUIT  # an immediate shutdown: nobody needs what was in it


def program(name):
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    path = shutil.which(name) or next(iter(found), None)
    assert path, "PostgreSQL is missing: apt-get install -y postgresql"
    return str(path)


def owner():
    """PostgreSQL refuses to run as root, so root lends it another account."""
    if os.geteuid() != 0:
        return None
    return "postgres" if "postgres" in {user.pw_name for user in pwd.getpwall()} else "nobody"


class Cluster:
    """Makes databases on one server."""

    def __init__(self, port):
        self.at = ["-h", "127.0.0.1", "-p", port, "-U", "amaan"]
        self.url = f"postgresql+asyncpg://amaan@127.0.0.1:{port}"

    def create(self, name, template="template0"):
        subprocess.run([program("createdb"), *self.at, "-T", template, name], check=True)
        return f"{self.url}/{name}"

    def drop(self, name):
        subprocess.run([program("dropdb"), *self.at, "--force", name], check=True)


@contextmanager
def cluster(*, durable=False):
    """Run a server; one that is durable waits for the disk and cleans up, as an installation's does."""
    folder = Path(tempfile.mkdtemp(prefix="amaan-postgres-"))
    data, port, user = folder / "data", str(free_port()), owner()
    if user:
        shutil.chown(folder, user)
    start = [program("initdb"), "-D", data, "-U", "amaan", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(start, check=True, capture_output=True, user=user, cwd=folder)
    hurry = [] if durable else ["-c", "fsync=off", "-c", "autovacuum=off"]
    command = [program("postgres"), "-D", data, "-p", port, "-k", folder, *hurry]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            with_us([*command, "-c", "listen_addresses=127.0.0.1"], AT_ONCE),
            stdout=log,
            stderr=subprocess.STDOUT,
            user=user,
            cwd=folder,
        )
    try:
        wait_for(server, port)
        yield Cluster(port)
    finally:
        server.send_signal(AT_ONCE)
        server.wait()
        shutil.rmtree(folder)


def wait_for(server, port):
    """Wait until the server takes connections."""
    until = time.monotonic() + STARTS_WITHIN
    ask = [program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", port]
    while subprocess.run(ask, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise TimeoutError("PostgreSQL did not start.")
        time.sleep(0.1)

"""A PostgreSQL of the tests' own: on a free port of this host, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path


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


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


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
    data, port, user = folder / "data", free_port(), owner()
    if user:
        shutil.chown(folder, user)
    start = [program("initdb"), "-D", data, "-U", "amaan", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(start, check=True, capture_output=True, user=user, cwd=folder)
    hurry = "" if durable else "-c fsync=off -c autovacuum=off"
    options = ["-o", f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 {hurry}"]
    control = [program("pg_ctl"), "-D", data, "-w", "-l", folder / "log"]
    subprocess.run(
        [*control, *options, "start"], check=True, capture_output=True, user=user, cwd=folder
    )
    try:
        yield Cluster(port)
    finally:
        subprocess.run(
            [*control, "-m", "immediate", "stop"],
            check=True,
            capture_output=True,
            user=user,
            cwd=folder,
        )
        shutil.rmtree(folder)

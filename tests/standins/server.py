"""Runs a stand-in as a real HTTP server on a port of its own, in a thread of the test process."""

import contextlib
import functools
import itertools
import os
import random
import socket
import ssl
import threading
import time
from collections.abc import Iterator

import uvicorn
from starlette.types import ASGIApp

STARTS_WITHIN = 10.0  # seconds
# Tests run side by side, and between the choice of a port and its use lie seconds. So each worker
# of pytest-xdist has ports of its own, below those the system gives to whoever only connects.
FIRST_PORT = 20_000
PORTS_EACH = 1_500


@functools.cache
def _own_ports() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST_PORT + worker * PORTS_EACH
    # Another run on this machine has the same ones: it hardly takes them in the same order.
    return itertools.cycle(random.sample(range(first, first + PORTS_EACH), PORTS_EACH))


def free_port() -> int:
    """A port nobody listens on, and that no other test was given."""
    return next(port for port in _own_ports() if _is_free(port))


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


@functools.cache
def plain() -> ssl.SSLContext:
    """What a client of ours verifies by, `verify=plain()`: it trusts nobody and is made once.

    We speak plain HTTP to this host; reading who is trusted in the world costs more than a call.
    """
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@contextlib.contextmanager
def serving(app: ASGIApp, port: int | None = None) -> Iterator[str]:
    """Serve until the block ends; yields the origin, such as http://127.0.0.1:40123."""
    chosen = port or free_port()
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=chosen, log_config=None, lifespan="off", ws="none"
        ),
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + STARTS_WITHIN
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError("The stand-in did not start.")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{chosen}"
    finally:
        server.should_exit = True
        # A stand-in that is told to keep somebody waiting must not keep us.
        server.force_exit = True
        thread.join(STARTS_WITHIN)

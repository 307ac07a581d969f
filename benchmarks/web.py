"""gunicorn on a loopback port, and a bounded number of requests to it."""

from __future__ import annotations

import gzip
import http.client
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools.services.process import follows_parent

HEADERS = {"Host": "localhost", "User-Agent": "Mozilla/5.0 (benchmark of the portal)"}
READY_SECONDS = 60
SHARED_MEMORY = Path("/dev/shm")


class WrongPageError(Exception):
    """The server answered something else than the page that is measured."""


@dataclass(frozen=True, slots=True)
class Target:
    """A page to ask for: `holds` must stand in it, `kept` is what `X-Cache` must say.

    With a `body` it is sent there; `headers` are added to those of every request.
    """

    port: int
    path: str
    holds: bytes
    kept: str | None = None
    body: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


@contextmanager
def serving(application: str, environment: Mapping[str, str]) -> Iterator[int]:
    """One synchronous worker; gives the port."""
    port = _free_port()
    folder = str(SHARED_MEMORY) if SHARED_MEMORY.is_dir() else "/tmp"
    options = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--worker-class", "sync"]
    quiet = ["--no-control-socket", "--log-level", "warning", "--worker-tmp-dir", folder]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, *options, *quiet],
        env=dict(environment),
        preexec_fn=follows_parent(signal.SIGTERM),  # noqa: PLW1509 - no thread runs yet
    )
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def rate(target: Target, requests: int, connections: int) -> float:
    """Requests per second of `connections` clients that share `requests` between them."""
    share = requests // connections
    with ThreadPoolExecutor(connections) as clients:
        started = time.perf_counter()
        done = list(clients.map(lambda _: _ask(target, share), range(connections)))
        seconds = time.perf_counter() - started
    return sum(done) / seconds


def _ask(target: Target, requests: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    method, headers = "GET" if target.body is None else "POST", {**HEADERS, **target.headers}
    for _ in range(requests):
        connection.request(method, target.path, target.body, headers)
        answer = connection.getresponse()
        body = clear(answer, answer.read())
        kept = answer.getheader("X-Cache")
        if answer.status != target.status or target.holds not in body or kept != target.kept:
            raise WrongPageError(f"{target.path}: {answer.status}, X-Cache {kept}")
    connection.close()
    return requests


def clear(answer: http.client.HTTPResponse, body: bytes) -> bytes:
    """A body as it was before it was compressed."""
    return gzip.decompress(body) if answer.getheader("Content-Encoding") == "gzip" else body


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise WrongPageError(f"no server came up on port {port}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])

"""Serves the demo with gunicorn and a worker beside it; Ctrl-C ends both."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
ACCOUNTS = ("quantri", "bientap", "canbo-tinh", "canbo-tantrao", "canbo-yenson", "truongthon")
PASSWORD = "Demo-2026"  # noqa: S105  # nosec B105


def main() -> int:
    """Start both, say where, wait until one ends or Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1")
    options = parser.parse_args()
    if _taken(options.host, options.port):
        sys.stderr.write(
            f"PORT: {options.port} is taken; try `make run PORT={options.port + 1}`.\n"
        )
        return 1
    base = f"http://localhost:{options.port}"
    environment = {"PORTAL_DEMO": "1", "PORTAL_BASE_URL": base} | os.environ
    children = [
        subprocess.Popen(command, cwd=ROOT, env=environment)
        for command in (server_command(options.host, options.port), _worker())
    ]
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: _end(children))
    _tell(options.host, options.port)
    return _wait(children)


def server_command(host: str, port: int) -> list[str]:
    """gunicorn as the portal wants it."""
    workers = str(min(4, (os.cpu_count() or 1) + 1))
    return [
        str(BIN / "gunicorn"),
        "portal.wsgi:application",
        "--bind",
        f"{host}:{port}",
        "--workers",
        workers,
        "--preload",
        "--no-control-socket",
        "--limit-request-line",
        "0",  # a search of 10,000 letters is answered with a sentence, not refused
        "--log-level",
        "warning",
        "--worker-tmp-dir",
        "/dev/shm" if Path("/dev/shm").is_dir() else "/tmp",  # noqa: S108  # nosec B108
    ]


def _worker() -> list[str]:
    return [str(BIN / "python"), "manage.py", "worker"]


def _taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def _tell(host: str, port: int) -> None:
    shown = "localhost" if host == "127.0.0.1" else host
    print(f"\n  Portal:       http://{shown}:{port}/", flush=True)
    print(f"  Back office:  http://{shown}:{port}/quan-tri/")
    print(f"  Accounts:     {', '.join(ACCOUNTS)}; password {PASSWORD}")
    print("  Ctrl-C ends the server and the worker.\n", flush=True)


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()


def _wait(children: list[subprocess.Popen[bytes]]) -> int:
    while all(child.poll() is None for child in children):
        time.sleep(0.2)
    _end(children)
    codes = [child.wait() for child in children]
    return max((code for code in codes if code > 0), default=0)


if __name__ == "__main__":
    sys.exit(main())

"""Servers that stay up between commands: ``start``, ``status`` and ``stop``.

A keeper process holds them, so that they end with it even when it is killed.
"""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tools.services import runner
from tools.services.errors import ServiceError
from tools.services.paths import ROOT, STATE
from tools.services.stack import Stack, running

START_SECONDS = 1200
STOP_SECONDS = 40


def start(state: Path = STATE) -> int:
    """Leave the servers running and print the lines that make a shell use them."""
    if _keeper(state) is None:
        _spawn_keeper(state)
    return status(state)


def stop(state: Path = STATE) -> int:
    """End the servers that ``start`` left running; harmless when there are none."""
    keeper = _keeper(state)
    if keeper is None:
        print("not running")
        return 0
    os.kill(keeper, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while _keeper(state) is not None:
        if time.monotonic() > deadline:
            raise ServiceError(f"the keeper, process {keeper}, does not end")
        time.sleep(0.1)
    print("stopped")
    return 0


def status(state: Path = STATE) -> int:
    """Print the servers' addresses and processes; exit code 1 when they are not running."""
    if _keeper(state) is None:
        print("not running")
        return 1
    content = json.loads(_file(state).read_text())
    for name, value in content["variables"].items():
        print(f"export {name}={value}")
    for name, server in content["servers"].items():
        print(f"# {name}: process {server['pid']}, log {server['log']}")
    return 0


def keep(state: Path = STATE) -> int:
    """Hold the servers until told to end; the process behind ``start``."""
    signal.signal(signal.SIGTERM, runner.leave)
    with running() as stack:
        try:
            _write(state, stack)
            while True:
                signal.pause()
        finally:
            _file(state).unlink(missing_ok=True)


def _spawn_keeper(state: Path) -> None:
    state.mkdir(parents=True, exist_ok=True)
    log = state / "keeper.log"
    with log.open("wb") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "tools.services", "keep", "--state", str(state)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    deadline = time.monotonic() + START_SECONDS
    while _keeper(state) is None:
        if keeper.poll() is not None or time.monotonic() > deadline:
            raise ServiceError(f"the servers did not start:\n{log.read_text(errors='replace')}")
        time.sleep(0.1)


def _file(state: Path) -> Path:
    return state / "state.json"


def _write(state: Path, stack: Stack) -> None:
    """The file holds a password, so only its owner may read it."""
    servers = {
        name: {"pid": server.pid, "log": str(server.log)} for name, server in stack.servers.items()
    }
    content = {"keeper": os.getpid(), "variables": stack.variables, "servers": servers}
    state.mkdir(parents=True, exist_ok=True)
    partial = state / "state.partial"
    partial.touch(mode=0o600)
    partial.write_text(json.dumps(content, indent=2))
    partial.rename(_file(state))


def _keeper(state: Path) -> int | None:
    """The living keeper's process id; a file left by a killed one does not count."""
    try:
        keeper = int(json.loads(_file(state).read_text())["keeper"])
        command = Path(f"/proc/{keeper}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError, KeyError):
        return None
    return keeper if b"keep" in command else None

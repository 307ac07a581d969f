"""The runner hands over addresses and exit codes, and leaves nothing behind."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tools.services import workspace
from tools.services.paths import ROOT

WAIT_SECONDS = 15.0
PRINT_ADDRESSES = (
    "import json, os; print(json.dumps([os.environ['PORTAL_TEST_POSTGRES_URL'],"
    " os.environ['PORTAL_TEST_ELASTICSEARCH_URL'], os.getpid()]), flush=True)"
)
SLEEP = f"{PRINT_ADDRESSES}; import time; time.sleep(60)"
START_POSTGRES = (
    "import time; from tools.services import postgres, workspace\n"
    "server = postgres.start(workspace.create())\n"
    "print(server.pid, server.folder, flush=True); time.sleep(60)"
)


def runner(*command: str, **given: str) -> "subprocess.Popen[str]":
    """The runner around a command; Elasticsearch is given, so that no second one starts."""
    environment = os.environ | {"ELASTICSEARCH_URL": "http://given:1"} | given
    return subprocess.Popen(
        [sys.executable, "-m", "tools.services", *command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_until(true: Callable[[], bool]) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and not true():
        time.sleep(0.05)
    return true()


def refuses(url: str) -> bool:
    """Whether nothing answers at an address any more."""
    parts = urlsplit(url)
    with socket.socket() as probe:
        return probe.connect_ex((parts.hostname, parts.port)) != 0


def test_given_servers_are_passed_on_and_nothing_starts() -> None:
    given = "postgres://given@127.0.0.1:1/x"
    running = runner("run", "--", sys.executable, "-c", PRINT_ADDRESSES, DATABASE_URL=given)
    assert json.loads(running.communicate(timeout=20)[0])[:2] == [given, "http://given:1"]


@pytest.mark.parametrize(("code", "expected"), [("0", 0), ("3", 3), ("-9", 137)])
def test_exit_codes_are_the_commands(code: str, expected: int) -> None:
    script = f"import os, sys; n = {code}; os.kill(os.getpid(), -n) if n < 0 else sys.exit(n)"
    running = runner("run", "--", sys.executable, "-c", script, DATABASE_URL="postgres://given/x")
    assert running.wait(20) == expected


def test_run_without_a_command_is_an_error() -> None:
    running = runner("run", "--")
    assert "run needs a command" in running.communicate(timeout=20)[1]
    assert running.returncode == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_servers_and_command_end_with_the_runner(number: signal.Signals) -> None:
    running = runner("run", sys.executable, "-c", SLEEP, DATABASE_URL="")
    assert running.stdout is not None
    postgres_url, _search, command = json.loads(running.stdout.readline())
    assert not refuses(postgres_url)
    running.send_signal(number)
    running.wait(20)
    assert wait_until(lambda: refuses(postgres_url) and not workspace.lives(command))


def test_a_killed_starter_takes_its_server_along_and_is_swept() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", START_POSTGRES], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pid, folder = starter.stdout.readline().split()
    starter.kill()
    starter.wait(10)
    assert wait_until(lambda: not workspace.lives(int(pid)))
    assert Path(folder).parent in workspace.sweep()
    assert not Path(folder).exists()


def test_living_folders_are_not_swept() -> None:
    folder = workspace.create()
    assert folder not in workspace.sweep()
    assert folder.exists()
    workspace.remove(folder)


def test_desk_servers_stay_until_stopped(tmp_path: Path) -> None:
    place = ("--state", str(tmp_path))
    first = runner("start", *place, DATABASE_URL="").communicate(timeout=60)[0]
    assert first.startswith("export PORTAL_TEST_ELASTICSEARCH_URL=http://given:1\n")
    assert "export PORTAL_TEST_POSTGRES_URL=postgres://portal@127.0.0.1:" in first
    again = runner("start", *place, DATABASE_URL="").communicate(timeout=60)[0]
    assert again == first
    assert (tmp_path / "state.json").stat().st_mode & 0o077 == 0
    assert runner("stop", *place).communicate(timeout=60)[0] == "stopped\n"
    status = runner("status", *place)
    assert status.communicate(timeout=20)[0] == "not running\n"
    assert status.returncode == 1

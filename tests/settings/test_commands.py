"""Commands as an operator meets them: a sentence instead of a traceback, one language of help."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands, load_command_class

from portal.jobs import registry

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
NOBODY = "postgres://u:p@127.0.0.1:1/portal"
RUN = "import sys; from portal.jobs.management.plain import execute; execute(sys.argv)"
ROOMS = ("portal.", "search")


@pytest.fixture
def begin(tmp_path: Path) -> Callable[..., subprocess.Popen[str]]:
    """A command in a process of its own, on an empty SQLite file unless told otherwise."""

    def start(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_DEMO": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        }
        return subprocess.Popen(
            [sys.executable, "-c", RUN, *arguments],
            cwd=ROOT,
            env=os.environ | own | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.mark.parametrize("command", ["seed_demo", "prepare_portal", "search_status"])
def test_a_database_that_cannot_be_reached_is_a_sentence(
    begin: Callable[..., subprocess.Popen[str]], command: str
) -> None:
    """PostgreSQL was not running, and sixty lines of traceback said so."""
    process = begin(command, "--skip-checks", DATABASE_URL=NOBODY, PORTAL_BASE_URL="http://a.vn")
    said, complaint = process.communicate(timeout=60)
    assert (process.returncode, said) == (1, "")
    assert complaint.startswith("DATABASE_URL: ")
    assert len(complaint.splitlines()) == 1


def test_tables_that_are_missing_are_a_sentence(
    begin: Callable[..., subprocess.Popen[str]],
) -> None:
    process = begin("run_scheduled", "--skip-checks")
    _said, complaint = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "migrate" in complaint
    assert "Traceback" not in complaint


def test_whoever_wants_the_traceback_gets_it(
    begin: Callable[..., subprocess.Popen[str]],
) -> None:
    process = begin("search_status", "--skip-checks", "--traceback", DATABASE_URL=NOBODY)
    assert "Traceback" in process.communicate(timeout=60)[1]


def test_a_reader_who_has_seen_enough_is_no_fault(
    begin: Callable[..., subprocess.Popen[str]],
) -> None:
    """`… | head` left a traceback of BrokenPipeError."""
    process = begin("help", "--commands")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    assert process.wait(60) == 1


@pytest.mark.django_db
def test_the_worker_says_how_much_it_did(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting, said = [2, 1], StringIO()
    monkeypatch.setattr("portal.jobs.worker.run_due", list)
    monkeypatch.setattr(registry, "_drains", {"a": lambda: waiting.pop() if waiting else 0})
    call_command("worker", once=True, stdout=said)
    assert re.match(r"\D*3\D", said.getvalue())


@pytest.mark.django_db
def test_a_schedule_with_nothing_due_says_so_beside_its_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("portal.jobs.management.commands.run_scheduled.run_due", list)
    said, beside = StringIO(), StringIO()
    call_command("run_scheduled", stdout=said, stderr=beside)
    assert said.getvalue() == ""
    assert beside.getvalue().strip()


def test_help_is_in_one_language() -> None:
    """Some commands were described in Vietnamese, their options in English."""
    vietnamese = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]")
    for name, app in get_commands().items():
        if not str(app).startswith(ROOMS):
            continue
        parser = load_command_class(str(app), name).create_parser("manage.py", name)
        told = [parser.description or "", *(action.help or "" for action in parser._actions)]
        assert [text for text in told if vietnamese.search(re.sub("“[^”]*”", "", text))] == []

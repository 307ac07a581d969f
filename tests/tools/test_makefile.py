"""The Makefile on machines of other making."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import catalogues
from tools.setup.environment import ROOT

pytestmark = pytest.mark.once


def _setup_line(folder: Path) -> str:
    """What `make -n test` would run first, with `folder` in front of the search path."""
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    environment.pop("PYTHON", None)
    done = subprocess.run(
        [shutil.which("make") or "make", "--no-print-directory", "-n", "test"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return next(line for line in done.stdout.splitlines() if "tools.setup" in line)


def _stand_in(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
    path.chmod(0o755)


def test_a_version_managers_name_that_does_not_run_is_passed_over(tmp_path: Path) -> None:
    """`pyenv: python3.13: command not found` stopped the whole suite on another machine."""
    for name in ("python3", "python3.13", "python3.12"):
        _stand_in(tmp_path, name, "exit 127")
    assert _setup_line(tmp_path).split()[0] == "/usr/bin/python3"


def test_a_python_that_runs_is_taken_as_the_path_gives_it(tmp_path: Path) -> None:
    _stand_in(tmp_path, "python3", 'exec /usr/bin/python3 "$@"')
    assert _setup_line(tmp_path).split()[0] == "python3"


def _recipe(target: str) -> list[str]:
    """What `make TARGET` would run."""
    done = subprocess.run(
        [shutil.which("make") or "make", "--no-print-directory", "-n", target],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [line for line in done.stdout.splitlines() if not line.startswith("#")]


TARGETS = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("target", TARGETS)
def test_every_target_that_needs_the_environment_makes_it_first(target: str) -> None:
    """`make vendor` and `make messages` in a fresh clone: “.venv/bin/python: No such file”."""
    lines = _recipe(target)
    first = next((at for at, line in enumerate(lines) if "exec .venv/bin/" in line), None)
    assert first is None or "-m tools.setup" in lines[0]


@pytest.mark.parametrize(("port", "address"), [("9123", "http://localhost:9123")])
def test_the_portal_knows_the_port_that_it_is_run_on(
    tmp_path: Path, port: str, address: str
) -> None:
    """On another port the site map listed http://localhost/…."""
    stand_in = tmp_path / "python"
    _stand_in(tmp_path, "python", 'echo "$PORTAL_BASE_URL"; exit 1')
    done = subprocess.run(
        [
            shutil.which("make") or "make",
            "--no-print-directory",
            "run",
            f"PORT={port}",
            f"PYTHON={stand_in}",
        ],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PORTAL_BASE_URL"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[0] == address


def test_a_word_that_is_no_verb_of_the_services_is_a_sentence() -> None:
    """`make services DO=foo` showed argparse's usage."""
    done = subprocess.run(
        [sys.executable, "-m", "tools.services", "foo"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "'foo' is none of start, stop, status, keep, run, check (DO=…)\n"


def test_texts_are_not_collected_without_gettext_and_it_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues.shutil, "which", lambda _name: None)
    assert catalogues.main(["collect"]) == 1
    assert "apt-get install -y gettext" in capsys.readouterr().err
    assert catalogues.main([]) == 2

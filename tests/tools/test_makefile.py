"""The Makefile on machines of other making."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tools.setup.environment import ROOT

pytestmark = pytest.mark.once


def _setup_line(folder: Path) -> str:
    """What `make -n test` would run first, with `folder` in front of the search path."""
    environment = os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"}
    environment.pop("PYTHON", None)
    done = subprocess.run(
        [shutil.which("make") or "make", "-n", "test"],
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

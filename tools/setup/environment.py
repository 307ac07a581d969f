"""The virtual environment and its locked packages; installed again only when the lock changed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = ("requirements-test.lock", "requirements.lock")


def stop(sentence: str) -> None:
    """End with a plain sentence."""
    sys.stderr.write(sentence + "\n")
    raise SystemExit(1)


def run(*command: str | Path, **environment: str) -> None:
    """Run a step; a step that fails ends the setup with its exit code."""
    done = subprocess.run(
        [str(part) for part in command], cwd=ROOT, env=os.environ | environment, check=False
    )
    if done.returncode:
        sys.stderr.write(f"failed: {' '.join(str(part) for part in command)}\n")
        raise SystemExit(done.returncode)


def ensure(lock_name: str) -> None:
    """Make `.venv` hold what the lock names; the test lock is a superset of the other."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file runs before anything is installed
        stop(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}.")
    if not PYTHON.exists():
        _create()
    marker = VENV / "installed"
    installed = marker.read_text().split() if marker.exists() else []
    if _fingerprint(lock_name) in installed:
        return
    sys.stderr.write(f"Installing the locked packages ({lock_name}) …\n")
    run(
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--require-hashes",
        "-r",
        ROOT / lock_name,
    )
    wider = LOCKS if lock_name == LOCKS[0] else (lock_name,)
    marker.write_text(" ".join(_fingerprint(name) for name in wider))


def lock() -> None:
    """Pin again: hashes, no addresses, one resolution for the product and the tests."""
    run(PYTHON, "-m", "pip", "install", "--quiet", "uv")
    options = (
        "--universal",
        "--python-version",
        "3.11",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
        "--upgrade",
        "--quiet",
    )
    uv = VENV / "bin" / "uv"
    run(uv, "pip", "compile", "pyproject.toml", *options, "-o", LOCKS[1])
    run(
        uv,
        "pip",
        "compile",
        "pyproject.toml",
        "--group",
        "test",
        "-c",
        LOCKS[1],
        *options,
        "-o",
        LOCKS[0],
    )


def _fingerprint(lock_name: str) -> str:
    return hashlib.sha256((ROOT / lock_name).read_bytes()).hexdigest()


def _create() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        _install_venv()
    sys.stderr.write("Creating .venv …\n")
    run(sys.executable, "-m", "venv", VENV)


def _install_venv() -> None:
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    line = f"apt-get install -y python3-venv {package}"
    if os.getuid() or shutil.which("apt-get") is None:
        stop(f"Python's venv module lacks ensurepip. As root, run: {line}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", **quiet)
    run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-venv", **quiet)

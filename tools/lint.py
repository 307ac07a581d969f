"""The guards, each a command of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
SOURCES = ("portal", "search", "tools", "tests", "benchmarks", "manage.py")


def guards() -> list[tuple[str, list[str]]]:
    """Name and command of each guard, quickest first."""
    tree = [name for name in SOURCES if (ROOT / name).exists()]
    return [
        ("style", [str(BIN / "ruff"), "check", *tree]),
        ("format", [str(BIN / "ruff"), "format", "--check", *tree]),
        ("sizes, translations, versions", [PYTHON, "-m", "tools.guards"]),
        ("layers", [str(BIN / "lint-imports")]),
        (
            "security rules",
            [str(BIN / "bandit"), "-q", "-r", "-c", "pyproject.toml", "portal", "search", "tools"],
        ),
        ("system checks", [PYTHON, "manage.py", "check", "--fail-level", "WARNING"]),
        ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("types", [str(BIN / "mypy")]),
    ]


def step(name: str, command: list[str]) -> bool:
    """Run a command, say how it ended and how long it took."""
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PORTAL_DEMO": "1"}, check=False)
    word = "ok" if done.returncode == 0 else f"FAILED ({done.returncode})"
    print(f"== {name}: {word}, {time.monotonic() - started:.1f} s", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run all of them; a failed one does not hide the others."""
    failed = [name for name, command in guards() if not step(name, command)]
    if failed:
        print(f"Guards that failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

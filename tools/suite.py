"""Runs every guard and then the whole suite; `make test` and `make lint` call it."""

from __future__ import annotations

import argparse
import os
import random
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


def _step(name: str, command: list[str]) -> bool:
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PORTAL_DEMO": "1"}, check=False)
    word = "ok" if done.returncode == 0 else f"FAILED ({done.returncode})"
    print(f"== {name}: {word}, {time.monotonic() - started:.1f} s", flush=True)
    return done.returncode == 0


def _pytest(seed: int, arguments: list[str]) -> list[str]:
    return [
        PYTHON,
        "-m",
        "tools.services",
        "run",
        "--",
        PYTHON,
        "-m",
        "tools.passes",
        str(seed),
        *arguments,
    ]


def main() -> int:
    """Guards first; a failed guard does not hide the suite's result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lint-only", action="store_true")
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 10**6))
    options, rest = parser.parse_known_args()
    if not options.lint_only and not _step(
        "system packages", [PYTHON, "-m", "tools.services", "check", "--install"]
    ):
        return 1
    failed = [name for name, command in guards() if not _step(name, command)]
    if failed:
        print(f"Guards that failed: {', '.join(failed)}", flush=True)
    if options.lint_only:
        return 1 if failed else 0
    print(f"Order seed: {options.seed}", flush=True)
    passed = _step("suite", _pytest(options.seed, rest))
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())

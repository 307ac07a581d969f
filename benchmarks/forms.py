"""Scores, stored scores, sent forms and step pages, each on the stand that it needs."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from benchmarks import stands, step_pages


def measure(environment: Mapping[str, str], folder: Path) -> dict[str, float]:
    """On the seeded portal over SQLite; what is stored goes into a copy."""
    figures = _run(environment, "score") | step_pages.measure(environment, folder)
    return figures | _run(stands.copied(environment, folder), "store")


def measure_durable(folder: Path) -> dict[str, float]:
    """On a PostgreSQL of its own that waits for its disk."""
    with stands.durable(folder) as environment:
        return _run(environment, "send", "store")


def _run(environment: Mapping[str, str], *parts: str) -> dict[str, float]:
    """In a process of its own: settings are read once per process."""
    command = [sys.executable, "-m", "benchmarks.forms_run", *parts]
    done = subprocess.run(
        command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found

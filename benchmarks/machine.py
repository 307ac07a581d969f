"""On what, of what and when the figures were taken."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUSY_PER_CORE = 0.5


def facts(load: float) -> dict[str, str]:
    """Machine, versions, commit and moment; `load` is the load average before the run."""
    cores = len(os.sched_getaffinity(0))
    return {
        "Machine": f"{cores} cores, {_memory_gb():.1f} GB memory, {_processor()}",
        "Software": f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}",
        "Commit": _commit(),
        "Taken": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "Load average before the run": f"{load:.2f}{_busy(load, cores)}",
    }


def load_now() -> float:
    """Mean number of running processes over the last minute."""
    return os.getloadavg()[0]


def _busy(load: float, cores: int) -> str:
    if load <= BUSY_PER_CORE * cores:
        return ""
    return " – other programs were using the cores, so the plain figures are low; both sides shared"


def _memory_gb() -> float:
    found = re.search(r"MemTotal:\s+(\d+) kB", Path("/proc/meminfo").read_text("utf-8"))
    return int(found.group(1)) / 1024 / 1024 if found else 0.0


def _processor() -> str:
    found = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text("utf-8"))
    return found.group(1).strip() if found else platform.machine()


def _commit() -> str:
    name = _git("rev-parse", "HEAD") or "unknown"
    changed = _git("status", "--porcelain", "--untracked-files=no")
    return f"{name}{' and changes not yet committed' if changed else ''}"


def _git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()

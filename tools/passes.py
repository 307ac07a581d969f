"""Two passes of pytest: SQLite + embedded search, then PostgreSQL + Elasticsearch.

The second pass leaves out what is marked `once` (browser pictures, pure functions), the first
what is marked `servers`: it needs both servers, and fails without them instead of being skipped.
"""

from __future__ import annotations

import os
import subprocess
import sys

PROCESSES = ("-n", "2", "--dist", "loadgroup")
SLOWEST = ("--durations=25", "--durations-min=2")


def environments() -> list[tuple[str, dict[str, str], list[str]]]:
    """Name, variables and further arguments of each pass."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "ELASTICSEARCH_URL", "CACHE_URL"}
    }
    servers = {
        "DATABASE_URL": os.environ["PORTAL_TEST_POSTGRES_URL"],
        "ELASTICSEARCH_URL": os.environ["PORTAL_TEST_ELASTICSEARCH_URL"],
        "PORTAL_CONN_MAX_AGE": "0",
    }
    return [
        ("SQLite + embedded search", bare, ["-m", "not servers"]),
        ("PostgreSQL + Elasticsearch", bare | servers, ["-m", "not once"]),
    ]


def main(seed: str, arguments: list[str]) -> int:
    """Run both passes; the exit code is the worse of the two."""
    worst = 0
    for name, variables, more in environments():
        print(f"== pass: {name}", flush=True)
        command = [sys.executable, "-m", "pytest", f"--randomly-seed={seed}", *PROCESSES, *SLOWEST]
        done = subprocess.run(
            [*command, *more, *arguments], env=variables | {"PORTAL_DEMO": "1"}, check=False
        )
        worst = max(worst, abs(done.returncode))
    return worst


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

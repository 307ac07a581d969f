"""Two passes of pytest: SQLite + embedded search, then PostgreSQL + Elasticsearch.

The second pass leaves out what is marked `once` (browser pictures, pure functions), the first
what is marked `servers`: it needs both servers, and fails without them instead of being skipped.
The guards run while the databases are migrated.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools import lint
from tools.migrated import VARIABLE, databases

GUARDS = ["-m", "tools.lint"]
PROCESSES = ("-n", "2", "--dist", "loadgroup")
SLOWEST = ("--durations=25", "--durations-min=2")
Pass = tuple[str, dict[str, str], list[str]]


def environments(sqlite: str, postgres: str) -> list[Pass]:
    """Name, variables and further arguments of each pass, each with its migrated database."""
    bare = {
        name: value
        for name, value in os.environ.items()
        if name not in {"DATABASE_URL", "ELASTICSEARCH_URL", "CACHE_URL"}
    }
    servers = {
        "DATABASE_URL": os.environ["PORTAL_TEST_POSTGRES_URL"],
        "ELASTICSEARCH_URL": os.environ["PORTAL_TEST_ELASTICSEARCH_URL"],
        "PORTAL_CONN_MAX_AGE": "0",
        VARIABLE: postgres,
    }
    return [
        ("SQLite + embedded search", bare | {VARIABLE: sqlite}, ["-m", "not servers"]),
        ("PostgreSQL + Elasticsearch", bare | servers, ["-m", "not once"]),
    ]


def main(seed: str, arguments: list[str]) -> int:
    """The guards and both passes; the exit code is the worst of all."""
    with (
        subprocess.Popen([sys.executable, *GUARDS], cwd=lint.ROOT) as guarding,
        databases(os.environ["PORTAL_TEST_POSTGRES_URL"]) as migrated,
    ):
        guarded = guarding.wait()
        passed = [_pass(seed, arguments, *each) for each in environments(*migrated)]
    return max(map(abs, (guarded, *passed)))


def _pass(
    seed: str, arguments: list[str], name: str, variables: dict[str, str], more: list[str]
) -> int:
    print(f"== pass: {name}", flush=True)
    command = [sys.executable, "-m", "pytest", f"--randomly-seed={seed}", *PROCESSES, *SLOWEST]
    environment = variables | {"PORTAL_DEMO": "1"}
    return subprocess.run([*command, *more, *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2:]))

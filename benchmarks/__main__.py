"""Measure everything, print the ratios, write RESULTS.md; exit 1 when a peer is missing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks import machine, pages, stands
from benchmarks.lines import all_lines
from benchmarks.report import MissingPeerError, render, table
from benchmarks.visible import DifferentPagesError
from benchmarks.web import WrongPageError

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
FAULTS = (
    MissingPeerError,
    DifferentPagesError,
    WrongPageError,
    subprocess.CalledProcessError,
)


def main() -> int:
    """The exit code: 0 when every line has its peer."""
    missing = stands.missing_servers()
    if missing:
        sys.stderr.write(f"{', '.join(missing)}: not set; run `make bench`.\n")
        return 1
    load = machine.load_now()
    os.chdir(machine.ROOT)
    try:
        figures = _measure()
        text = render(all_lines(), figures, machine.facts(load))
    except FAULTS as error:
        sys.stderr.write(f"benchmarks: {error}\n")
        return 1
    print(table(all_lines(), figures))
    RESULTS.write_text(text, "utf-8")
    sys.stderr.write(f"Written: {RESULTS.relative_to(machine.ROOT)}\n")
    return 0


def _measure() -> dict[str, float]:
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        _tell("seeding a portal on SQLite and the embedded index")
        with stands.embedded(folder) as environment:
            _tell("article pages")
            figures |= pages.measure(environment, folder)
            _tell("embedded index")
            figures |= _engine(environment)
        _tell("seeding a portal on PostgreSQL and Elasticsearch")
        with stands.servers(folder) as environment:
            _tell("Elasticsearch")
            figures |= _engine(environment)
    return figures


def _engine(environment: Mapping[str, str]) -> dict[str, float]:
    """In a process of its own: settings are read once per process."""
    command = [sys.executable, "-m", "benchmarks.engine_run"]
    done = subprocess.run(
        command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _tell(part: str) -> None:
    sys.stderr.write(f"benchmarks: {part} …\n")


if __name__ == "__main__":
    sys.exit(main())

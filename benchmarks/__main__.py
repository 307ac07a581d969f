"""Measure, print the ratios, write the parts measured into RESULTS.md; exit 1 without a peer."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from benchmarks import forms, machine, pages, size, stands
from benchmarks.lines import PARTS
from benchmarks.report import MissingPeerError, render, section, sections_of
from benchmarks.visible import DifferentPagesError
from benchmarks.web import WrongPageError
from tools.services.errors import ServiceError

RESULTS = Path(__file__).resolve().parent / "RESULTS.md"
ON_BOTH = {"search": "engine_run", "rebuild": "rebuilding", "office": "office"}
ON_SERVERS = {*ON_BOTH, "size"}
FAULTS = (
    MissingPeerError,
    DifferentPagesError,
    WrongPageError,
    ServiceError,
    subprocess.CalledProcessError,
)


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 when every line has its peer. Parts that were not measured stay as kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"one of {', '.join(PARTS)}; all without it")
    parts = parser.parse_args(arguments).part or list(PARTS)
    if unknown := set(parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    missing = stands.missing_servers() if ON_SERVERS & set(parts) else []
    if missing:
        sys.stderr.write(f"{', '.join(missing)}: not set; run `make bench`.\n")
        return 1
    load = machine.load_now()
    os.chdir(machine.ROOT)
    try:
        figures = _measure(parts)
        facts = machine.facts(load)
        measured = {
            name: section(name, part(), figures, facts | (size.facts() if name == "size" else {}))
            for name, part in PARTS.items()
            if name in parts
        }
    except FAULTS as error:
        sys.stderr.write(f"benchmarks: {error}\n")
        return 1
    print("\n\n".join(measured.values()))
    _keep(measured)
    return 0


def _keep(measured: Mapping[str, str]) -> None:
    """Write the new parts between those that stand."""
    standing = sections_of(RESULTS.read_text("utf-8")) if RESULTS.exists() else {}
    found = standing | measured
    RESULTS.write_text(render([found[name] for name in PARTS if name in found]), "utf-8")
    sys.stderr.write(f"Written: {RESULTS.name}\n")


def _measure(parts: Collection[str]) -> dict[str, float]:
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="portal-bench-") as name:
        folder = Path(name)
        _tell("seeding a portal on SQLite and the embedded index")
        with stands.embedded(folder) as environment:
            if "pages" in parts:
                _tell("article pages")
                figures |= pages.measure(environment, folder)
            if "forms" in parts:
                _tell("scores and step pages")
                figures |= forms.measure(environment, folder)
            figures |= _run_each(parts, environment)
        if "forms" in parts:
            _tell("forms sent to a PostgreSQL that waits for its disk")
            figures |= forms.measure_durable(folder)
        if ON_SERVERS & set(parts):
            _tell("seeding a portal on PostgreSQL and Elasticsearch")
            with stands.servers(folder) as environment:
                figures |= _run_each(parts, environment)
                if "size" in parts:
                    _tell("a million entries")
                    figures |= _run("size", environment)
    return figures


def _run_each(parts: Collection[str], environment: Mapping[str, str]) -> dict[str, float]:
    """What is measured on both pairs of database and index."""
    figures: dict[str, float] = {}
    for part, module in ON_BOTH.items():
        if part in parts:
            _tell(part)
            figures |= _run(module, environment)
    return figures


def _run(module: str, environment: Mapping[str, str]) -> dict[str, float]:
    """In a process of its own: settings are read once per process."""
    command = [sys.executable, "-m", f"benchmarks.{module}"]
    done = subprocess.run(
        command, env=dict(environment), stdout=subprocess.PIPE, text=True, check=True
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _tell(part: str) -> None:
    sys.stderr.write(f"benchmarks: {part} …\n")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

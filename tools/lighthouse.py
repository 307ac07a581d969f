"""Prints what Lighthouse says of five pages of a seeded portal; `make lighthouse` calls it.

For this target alone Node is needed: npm fetches the one version named here. Pages that must not
be indexed (lists with names, steps of a form) are not asked for their SEO.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.screenshots import seeded_portal
from tools.shots import ARTICLE, FORM, LIST, PLAN

VERSION = "12.8.2"
GOAL = 100
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
FLAGS = "--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu"
SECONDS = 240


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is measured."""

    name: str
    path: str
    indexed: bool = True

    @property
    def categories(self) -> tuple[str, ...]:
        """What is asked of it."""
        return CATEGORIES if self.indexed else CATEGORIES[:-1]


PLACES = (
    Place("home", "/"),
    Place("article", ARTICLE),
    Place("document", PLAN),
    Place("list", LIST, indexed=False),
    Place("form", f"{FORM}khai/", indexed=False),
)


class LighthouseError(Exception):
    """What is missing or went wrong, in a sentence."""


def main() -> int:
    """Exit code 0 when every category of every page reaches the goal."""
    try:
        browser = _needed()
        with seeded_portal() as base:
            scores = {place: measure(f"{base}{place.path}", place, browser) for place in PLACES}
    except LighthouseError as error:
        sys.stderr.write(f"lighthouse: {error}\n")
        return 1
    print(table(scores))
    return 0 if all(min(found.values()) >= GOAL for found in scores.values()) else 1


def _needed() -> str:
    """The browser's path; npx and Chromium must be there."""
    if shutil.which("npx") is None:
        raise LighthouseError("npx is missing: apt-get install nodejs npm")
    browser = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    if not browser:
        raise LighthouseError("Chromium is missing: apt-get install chromium, or PORTAL_CHROMIUM")
    return browser


def measure(address: str, place: Place, browser: str) -> dict[str, int]:
    """Points of 100 by category, on a phone with a slow line as Lighthouse has it."""
    with tempfile.TemporaryDirectory(prefix="portal-lighthouse-") as folder:
        report = Path(folder) / "report.json"
        command = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--output=json", "--quiet"]
        options = [f"--only-categories={','.join(place.categories)}", f"--output-path={report}"]
        done = subprocess.run(
            [*command, *options, f"--chrome-flags={FLAGS}"],
            env=os.environ | {"CHROME_PATH": browser},
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if done.returncode or not report.exists():
            raise LighthouseError(f"{place.name}: {done.stderr.strip()[-400:]}")
        found = json.loads(report.read_text("utf-8"))
        for title in faults(found):
            sys.stderr.write(f"{place.name}: {title}\n")
        return points(found)


def points(report: Mapping[str, Any]) -> dict[str, int]:
    """Whole points by category. Raises `LighthouseError` for a category without a score."""
    found = {name: part["score"] for name, part in report["categories"].items()}
    if missing := sorted(name for name, score in found.items() if score is None):
        raise LighthouseError(f"no score for {', '.join(missing)}")
    return {name: round(score * 100) for name, score in found.items()}


def faults(report: Mapping[str, Any]) -> list[str]:
    """The titles of what costs points."""
    weighed = {
        reference["id"]
        for part in report["categories"].values()
        for reference in part["auditRefs"]
        if reference["weight"]
    }
    audits = report["audits"]
    marks = {name: audits[name].get("score") for name in weighed}
    return [audits[name]["title"] for name, mark in sorted(marks.items()) if mark not in {None, 1}]


def table(scores: Mapping[Place, Mapping[str, int]]) -> str:
    """One row a page; a dash where a category is not asked for."""
    head = f"{'page':<10}" + "".join(f"{name:>16}" for name in CATEGORIES)
    rows = [
        f"{place.name:<10}" + "".join(f"{found.get(name, '–'):>16}" for name in CATEGORIES)
        for place, found in scores.items()
    ]
    return "\n".join([head, *rows])


if __name__ == "__main__":
    sys.exit(main())

"""A migrated database for each test, copied from the one of the run, and processes on it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests import databases

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Place:
    """A portal of its own: database, index, files; processes are started on it."""

    folder: Path
    database: str

    @property
    def environment(self) -> dict[str, str]:
        """The embedded index serves on both databases: it can be put back with them."""
        folders = {
            "PORTAL_SEARCH_FILE": self.folder / "index" / "search.sqlite3",
            "PORTAL_MEDIA_ROOT": self.folder / "media",
            "PORTAL_PRIVATE_ROOT": self.folder / "private",
        }
        texts = {name: str(path) for name, path in folders.items()}
        fixed = {"DATABASE_URL": self.database, "ELASTICSEARCH_URL": "", "PORTAL_DEMO": "1"}
        quick = {"CACHE_URL": "locmem://", "PYTHONUNBUFFERED": "1"}
        return os.environ | texts | fixed | quick

    def begin(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """A Python process at work."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment | more,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, **more: str) -> str:
        """What a process printed that had to end well."""
        said, _complaint = self._ended(0, *arguments, **more)
        return said

    def count(self, *command: str) -> int:
        """How many points a command passes that nobody kills."""
        _said, complaint = self._ended(0, "-m", "tests.crash.command", "0", *command)
        return int(complaint.split()[-1])

    def kill(self, at: int | str, *command: str) -> None:
        """A command that dies of kill -9 at that point or before that statement."""
        self._ended(-signal.SIGKILL, "-m", "tests.crash.command", str(at), *command)

    def stock(self, *words: str, **more: str) -> dict[str, Any]:
        """What it holds once the worker was there, and what is found for these words."""
        held = json.loads(self.run("-m", "tests.crash.inventory", "--worked", *words, **more))
        assert isinstance(held, dict)
        return held

    def _ended(self, code: int, *arguments: str, **more: str) -> tuple[str, str]:
        process = self.begin(*arguments, **more)
        said, complaint = process.communicate(timeout=150)
        assert process.returncode == code, complaint[-8000:]
        return said, complaint


Places = Callable[[str], Place]


@pytest.fixture
def places(migrated: str, tmp_path: Path, db: None) -> Iterator[Places]:
    """Several portals of one test, each a copy of a database: by default the empty one."""
    made: list[Place] = []

    def make(origin: str = migrated) -> Place:
        folder = tmp_path / f"place{len(made)}"
        (folder / "index").mkdir(parents=True)
        server = databases.of_the_tests()
        own = f"{server}_{len(made)}" if server else f"{databases.FILE}{folder}/portal.sqlite3"
        made.append(Place(folder, own))
        databases.copy(origin, made[-1].database)
        return made[-1]

    yield make
    for one in made:
        databases.drop(one.database)
        databases.drop(f"{one.database}_kept")


@pytest.fixture
def place(places: Places, migrated: str) -> Place:
    """A portal without content."""
    return places(migrated)

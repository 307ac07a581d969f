"""On PostgreSQL: many at once, the server killed with -9, an answer lost behind the COMMIT.

The server is this module's own and the senders are processes of their own; see `senders`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.forms.ledger.senders import READY
from tools.services import postgres, workspace
from tools.services.errors import ServiceError
from tools.services.process import Server

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("ledger-postgres")]

ROOT = Path(__file__).resolve().parents[3]
SENDERS = ("-m", "tests.forms.ledger.senders")
COUNT, TWICE, BEFORE_THE_KILL = 200, 20, 40
STORED = """
    SELECT submission.key::text, submission.reference, chain.name, entry.number, entry.hash
    FROM forms_ledgerentry AS entry
    JOIN forms_ledgerchain AS chain ON chain.id = entry.chain_id
    LEFT JOIN forms_submission AS submission ON submission.entry_id = entry.id
"""


@dataclass(frozen=True)
class Stand:
    """A server with tables and communes, and how processes find it."""

    server: Server
    folder: Path

    def begin(self, *arguments: str) -> subprocess.Popen[str]:
        """A Python process at work."""
        fixed = {
            "DATABASE_URL": self.server.url,
            "ELASTICSEARCH_URL": "",
            "CACHE_URL": "locmem://",
            "PORTAL_DEMO": "1",
            "PORTAL_SEARCH_FILE": str(self.folder / "search.sqlite3"),
        }
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | fixed,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str) -> str:
        """What a process printed that had to end well."""
        process = self.begin(*arguments)
        said, complaint = process.communicate(timeout=120)
        assert process.returncode == 0, complaint[-4000:]
        return said

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What lies in the database, asked past the portal."""
        with psycopg.connect(self.server.url) as connection:
            return list(connection.execute(query))  # type: ignore[arg-type]

    def crash(self) -> None:
        """kill -9, and a start as soon as the last backend has noticed."""
        self.server.kill()
        for _try in range(40):
            self.server.launch()
            try:
                self.server.wait_ready(30)
            except ServiceError:
                time.sleep(0.25)
            else:
                return
        raise AssertionError(self.server.tail())


@pytest.fixture(scope="module")
def stand(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stand]:
    """One server for the module, with room for all senders."""
    folder = workspace.create()
    server = postgres.start(folder)
    try:
        server.stop()
        server.command = [*server.command, "-c", f"max_connections={COUNT + TWICE + 30}"]
        server.restart()
        made = Stand(server, tmp_path_factory.mktemp("ledger"))
        made.run(*SENDERS, "prepare")
        yield made
    finally:
        server.stop()
        workspace.remove(folder)


@pytest.fixture(autouse=True)
def _nothing_yet(stand: Stand) -> None:
    """Each test begins with an empty ledger."""
    tables = "forms_submission, forms_ledgerentry, forms_ledgerchain, forms_draft"
    with psycopg.connect(stand.server.url) as connection:
        connection.execute(f"TRUNCATE {tables} CASCADE")


def reconciled(stand: Stand) -> dict[str, Any]:
    """What the command finds on this server; it has to end with 0."""
    found: dict[str, Any] = json.loads(stand.run("manage.py", "reconcile_ledger", "--json"))
    return found


def told(lines: list[str]) -> tuple[list[dict[str, Any]], list[str]]:
    """Receipts in the order in which senders got them, and the errors that they saw."""
    spoken = [json.loads(line) for line in lines]
    receipts = [one for one in spoken if "reference" in one]
    return receipts, [error for one in spoken for error in one.get("errors", [])]


def facts(receipt: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(receipt[name] for name in ("key", "reference", "chain", "number", "hash"))


def test_killed_amid_two_hundred_at_once_every_receipt_is_in_the_ledger_once(
    stand: Stand,
) -> None:
    process = stand.begin(*SENDERS, "crowd", str(COUNT))
    assert process.stdout is not None
    assert json.loads(process.stdout.readline()) == READY
    before = [process.stdout.readline() for _each in range(BEFORE_THE_KILL)]
    stand.crash()
    rest, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint[-4000:]
    receipts, errors = told([*before, *rest.splitlines()])
    assert errors, "nobody was disturbed"
    assert len(receipts) == COUNT + TWICE
    stored = stand.rows(STORED)
    assert len(stored) == COUNT
    assert {facts(receipt) for receipt in receipts} == set(stored)
    assert sum(not receipt["again"] for receipt in receipts) <= COUNT
    assert stand.rows("SELECT count(*) FROM forms_draft") == [(0,)]
    assert reconciled(stand) == {
        "chains": 3,
        "entries": COUNT,
        "records": COUNT,
        "differences": [],
    }


def test_an_answer_lost_behind_the_commit_gives_the_same_receipt_the_next_time(
    stand: Stand,
) -> None:
    receipts, errors = told(stand.run(*SENDERS, "lost").splitlines())
    assert errors == ["OperationalError"]
    assert [receipt["again"] for receipt in receipts] == [True, True]
    (stored,) = stand.rows(STORED)
    assert [facts(receipt) for receipt in receipts] == [stored, stored]
    assert reconciled(stand)["differences"] == []

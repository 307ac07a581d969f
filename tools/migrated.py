"""A database of each kind, migrated once; every process of the suite begins on a copy.

Rendering the models of more than two hundred migrations takes longer than anything that they do
in the database, and each test process, server and killed command would do it anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

VARIABLE = "PORTAL_TEST_MIGRATED"
ROOT = Path(__file__).resolve().parents[1]


@contextmanager
def databases(postgres: str) -> Iterator[tuple[str, str]]:
    """Addresses of a migrated SQLite file and of a database beside that of `postgres`.

    Both are migrated at the same time; ends with an error if one cannot be.
    """
    with TemporaryDirectory(prefix="portal-migrated-") as folder, _beside(postgres) as server:
        addresses = (f"sqlite:///{folder}/migrated.sqlite3", server)
        running = [_migrate(address) for address in addresses]
        codes = [process.wait() for process in running]
        if any(codes):
            raise SystemExit("The databases of the tests could not be migrated.")
        yield addresses


@contextmanager
def _beside(postgres: str) -> Iterator[str]:
    """A database of its own on that server, gone afterwards."""
    name = f"portal_migrated_{os.getpid()}"
    _command(postgres, "CREATE DATABASE {}", name)
    try:
        yield urlsplit(postgres)._replace(path=f"/{name}").geturl()
    finally:
        _command(postgres, "DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _command(postgres: str, command: str, name: str) -> None:
    with psycopg.connect(postgres, autocommit=True) as server:
        server.execute(sql.SQL(command).format(sql.Identifier(name)))


def _migrate(address: str) -> subprocess.Popen[bytes]:
    variables = {"DATABASE_URL": address, "PORTAL_DEMO": "1"}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | variables)

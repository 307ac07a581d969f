"""Two seeded portals, each in a database and an index of its own that are removed afterwards."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from elasticsearch import Elasticsearch
from psycopg import sql

from tools.services import postgres, workspace

POSTGRES = "PORTAL_TEST_POSTGRES_URL"
ELASTIC = "PORTAL_TEST_ELASTICSEARCH_URL"
TAKEN = ("DATABASE_URL", "ELASTICSEARCH_URL", "CACHE_URL", "DJANGO_SETTINGS_MODULE", "PORTAL_CLOCK")
# Behind the options of `tools.services`, whose fsync=off they take back.
FSYNC = ("-c", "fsync=on", "-c", "synchronous_commit=on")


def missing_servers() -> list[str]:
    """Variables of the servers that are not set."""
    return [name for name in (POSTGRES, ELASTIC) if not os.environ.get(name)]


@contextmanager
def embedded(folder: Path) -> Iterator[dict[str, str]]:
    """SQLite and the embedded index; gives the environment of the seeded portal."""
    environment = _environment(folder / "embedded", {})
    _prepare(environment)
    yield environment


def copied(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The same on a copy of its SQLite file, so that what is written leaves no trace."""
    path = folder / "copied.sqlite3"
    source = environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(path)) as new:
        old.backup(new)
    return {**environment, "DATABASE_URL": f"sqlite:///{path}"}


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL and Elasticsearch, under names of this run only."""
    name = f"portal-bench-{uuid.uuid4().hex[:8]}"
    with _database(name) as address:
        variables = {
            "DATABASE_URL": address,
            "ELASTICSEARCH_URL": os.environ[ELASTIC],
            "PORTAL_SEARCH_PREFIX": name,
        }
        environment = _environment(folder / "servers", variables)
        try:
            _prepare(environment)
            yield environment
        finally:
            _drop_indices(name)


@contextmanager
def durable(folder: Path) -> Iterator[dict[str, str]]:
    """A PostgreSQL of this run's own that waits for its disk at every commit; tables and units.

    The server of the tests runs with fsync off, which would measure no commit at all.
    """
    place = workspace.create()
    try:
        server = postgres.start(place)
        try:
            environment = _environment(folder / "durable", {"DATABASE_URL": server.url})
            _manage(environment, "migrate", "--verbosity", "0")
            _manage(environment, "load_units")
            server.stop()
            server.command = [*server.command, *FSYNC]
            server.restart()
            yield environment
        finally:
            server.stop()
    finally:
        workspace.remove(place)


def _environment(folder: Path, variables: Mapping[str, str]) -> dict[str, str]:
    folder.mkdir()
    own = {
        "PORTAL_DEMO": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "PORTAL_MEDIA_ROOT": str(folder / "media"),
        "PORTAL_PRIVATE_ROOT": str(folder / "private"),
        "PORTAL_SEARCH_FILE": str(folder / "search.sqlite3"),
        "BENCH_FOLDER": str(folder),
    }
    inherited = {name: value for name, value in os.environ.items() if name not in TAKEN}
    return {**inherited, **own, "DJANGO_SETTINGS_MODULE": "portal.settings", **variables}


def _prepare(environment: Mapping[str, str]) -> None:
    _manage(environment, "prepare_demo")


def _manage(environment: Mapping[str, str], *words: str) -> None:
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, env=dict(environment), check=True, stdout=subprocess.DEVNULL)


@contextmanager
def _database(name: str) -> Iterator[str]:
    address = os.environ[POSTGRES]
    quoted = sql.Identifier(name)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(quoted))
        try:
            yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(quoted))


def _drop_indices(prefix: str) -> None:
    with Elasticsearch(os.environ[ELASTIC], request_timeout=20) as client:
        for index in list(client.indices.get(index=f"{prefix}-*", allow_no_indices=True)):
            client.indices.delete(index=index)

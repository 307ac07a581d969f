"""The pair of servers that the tests need, less what the environment already offers."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tools.services import elastic, postgres, workspace
from tools.services.process import Server

POSTGRES_GIVEN = "DATABASE_URL"
POSTGRES_SET = "PORTAL_TEST_POSTGRES_URL"
ELASTIC_GIVEN = "ELASTICSEARCH_URL"
ELASTIC_SET = "PORTAL_TEST_ELASTICSEARCH_URL"


@dataclass
class Stack:
    """What runs, and the variables by which a command finds it."""

    servers: dict[str, Server] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)


def given_postgres(environment: Mapping[str, str]) -> str | None:
    """The environment's PostgreSQL, if it has one; other databases do not count."""
    url = environment.get(POSTGRES_GIVEN, "")
    return url if url.startswith(("postgres:", "postgresql:", "psql:", "pgsql:")) else None


def given_elastic(environment: Mapping[str, str]) -> str | None:
    """The environment's Elasticsearch, if it has one."""
    return environment.get(ELASTIC_GIVEN) or None


@contextlib.contextmanager
def running(environment: Mapping[str, str] = os.environ) -> Iterator[Stack]:
    """Start what is missing, side by side, and stop it afterwards, whatever happens."""
    workspace.sweep()
    stack = Stack()
    with contextlib.ExitStack() as cleanup:
        search = _launch_elastic(environment, stack, cleanup)
        _start_postgres(environment, stack, cleanup)
        if search:
            stack.variables[ELASTIC_SET] = search.wait_ready()
        yield stack


def _launch_elastic(
    environment: Mapping[str, str], stack: Stack, cleanup: contextlib.ExitStack
) -> Server | None:
    """Launched first and waited for last: it takes ten times as long as the database."""
    given = given_elastic(environment)
    if given:
        stack.variables[ELASTIC_SET] = given
        return None
    server = elastic.launch(_folder(cleanup))
    cleanup.callback(server.stop)
    stack.servers[server.name] = server
    return server


def _start_postgres(
    environment: Mapping[str, str], stack: Stack, cleanup: contextlib.ExitStack
) -> None:
    given = given_postgres(environment)
    if given:
        stack.variables[POSTGRES_SET] = given
        return
    server = postgres.start(_folder(cleanup))
    cleanup.callback(server.stop)
    stack.servers[server.name] = server
    stack.variables[POSTGRES_SET] = server.url


def _folder(cleanup: contextlib.ExitStack) -> Path:
    folder = workspace.create()
    cleanup.callback(workspace.remove, folder)
    return folder

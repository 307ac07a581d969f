"""The two passes: each has its own database, and nothing of one is lost by the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tools import passes
from tools.migrated import VARIABLE

pytestmark = pytest.mark.once
POSTGRES, ELASTIC = "postgres://portal@127.0.0.1:1/portal", "http://127.0.0.1:2"


@contextmanager
def _nothing(_postgres: str) -> Iterator[tuple[str, str]]:
    """Databases that no pass opens."""
    yield "sqlite:////tmp/a.sqlite3", POSTGRES


@pytest.fixture
def both(monkeypatch: pytest.MonkeyPatch) -> list[passes.Pass]:
    """The passes of a machine whose developer works on servers of their own."""
    for name, value in {
        "PORTAL_TEST_POSTGRES_URL": POSTGRES,
        "PORTAL_TEST_ELASTICSEARCH_URL": ELASTIC,
        "DATABASE_URL": "postgres://somebody@elsewhere/else",
        "ELASTICSEARCH_URL": "http://elsewhere",
        "CACHE_URL": "redis://elsewhere",
    }.items():
        monkeypatch.setenv(name, value)
    return passes.environments("sqlite:////tmp/a.sqlite3", "postgres://portal@127.0.0.1:1/b")


def test_each_pass_asks_its_own_servers_and_begins_on_its_own_database(
    both: list[passes.Pass],
) -> None:
    asked = ("DATABASE_URL", "ELASTICSEARCH_URL", "CACHE_URL", VARIABLE)
    embedded, servers = (
        [variables.get(name) for name in asked] for _name, variables, _more in both
    )
    assert embedded == [None, None, None, "sqlite:////tmp/a.sqlite3"]
    assert servers == [POSTGRES, ELASTIC, None, "postgres://portal@127.0.0.1:1/b"]


def test_every_mark_but_one_is_in_a_pass(both: list[passes.Pass]) -> None:
    assert [more for _name, _variables, more in both] == [["-m", "not servers"], ["-m", "not once"]]


@pytest.mark.parametrize(("guards", "tests"), [(1, 0), (0, 1), (0, -9)])
def test_whatever_fails_fails_the_suite(
    monkeypatch: pytest.MonkeyPatch, both: list[passes.Pass], guards: int, tests: int
) -> None:
    """A pass may be killed, too: its code is then below zero."""
    codes = iter([0, tests])
    monkeypatch.setattr(passes, "GUARDS", ["-c", f"raise SystemExit({guards})"])
    monkeypatch.setattr(passes, "_pass", lambda *_asked: next(codes))
    monkeypatch.setattr(passes, "databases", _nothing)
    assert passes.main("1", []) != 0

"""PostgreSQL as the tests use it, and what a private one survives."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tools.services import postgres, workspace
from tools.services.errors import ServiceError
from tools.services.process import Server


@pytest.fixture
def folder() -> Iterator[Path]:
    place = workspace.create()
    yield place
    workspace.remove(place)


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    """A PostgreSQL of this test alone."""
    private = postgres.start(folder)
    yield private
    private.stop()


def test_tests_database_answers_in_unicode(database: psycopg.Connection[Any]) -> None:
    assert database.execute(
        "select upper('đường'), current_setting('server_encoding')"
    ).fetchone() == (
        "ĐƯỜNG",
        "UTF8",
    )


def test_vietnamese_order_is_available(database: psycopg.Connection[Any]) -> None:
    names = ["Đức", "Bình", "Ân", "An", "Dung", "Ăn"]
    rows = database.execute(
        'select name from unnest(%s::text[]) as name order by name collate "vi-x-icu"', [names]
    )
    assert [name for (name,) in rows] == ["An", "Ăn", "Ân", "Bình", "Dung", "Đức"]


def test_tests_role_may_create_databases(database: psycopg.Connection[Any]) -> None:
    row = database.execute("select rolcreatedb from pg_roles where rolname = current_user")
    assert row.fetchone() == (True,)


def test_acknowledged_rows_survive_a_crash_on_the_same_address(server: Server) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept select generate_series(1, 500)")
    before = server.url
    server.kill()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(before, connect_timeout=2)
    assert server.restart() == before
    with psycopg.connect(before) as connection:
        assert connection.execute("select count(*) from kept").fetchone() == (500,)


def test_a_paused_server_holds_new_connections_until_resumed(server: Server) -> None:
    server.pause()
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        psycopg.connect(server.url, connect_timeout=2)
    server.resume()
    with psycopg.connect(server.url, connect_timeout=5) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_stopping_twice_is_harmless(server: Server) -> None:
    server.stop()
    server.stop()
    assert server.child.returncode == 0


def test_a_taken_port_is_replaced_by_another(
    folder: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = int(server.url.rpartition(":")[2].partition("/")[0])
    free = postgres._free_port()
    ports = iter([taken, free])
    monkeypatch.setattr(postgres, "_free_port", lambda: next(ports))
    other_folder = folder / "other"
    other_folder.mkdir()
    workspace.give_away(folder)
    other = postgres.start(other_folder)
    other.stop()
    assert f":{free}/" in other.url


def test_a_server_that_ends_by_itself_shows_its_log(folder: Path) -> None:
    server = postgres.launch(folder)
    server.stop()
    server.command = [*server.command, "-c", "no_such_setting=1"]
    server.launch()
    with pytest.raises(ServiceError, match="no_such_setting"):
        server.wait_ready(20)

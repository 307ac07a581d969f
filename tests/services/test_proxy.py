"""Each fault looks to a client as the real one does, and ends at once."""

import time
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from elasticsearch import ConnectionError as SearchConnectionError
from elasticsearch import ConnectionTimeout, Elasticsearch

from tools.services.proxy import Fault, FaultProxy


@pytest.fixture
def proxy(postgres_url: str) -> Iterator[FaultProxy]:
    with FaultProxy(postgres_url) as running:
        yield running


@pytest.fixture
def search_proxy(elastic_url: str) -> Iterator[FaultProxy]:
    with FaultProxy(elastic_url) as running:
        yield running


@pytest.fixture
def search(search_proxy: FaultProxy) -> Iterator[Elasticsearch]:
    with Elasticsearch(search_proxy.url_for, request_timeout=1, max_retries=0) as client:
        yield client


@pytest.fixture
def table(database: psycopg.Connection[Any]) -> Iterator[str]:
    """A table that other connections see."""
    database.autocommit = True
    database.execute("drop table if exists proxy_rows; create table proxy_rows (n int)")
    yield "proxy_rows"
    database.execute("drop table proxy_rows")


def connect(proxy: FaultProxy) -> psycopg.Connection[Any]:
    return psycopg.connect(proxy.url_for, connect_timeout=2)


def test_without_a_fault_everything_passes(proxy: FaultProxy) -> None:
    with connect(proxy) as connection:
        assert connection.execute("select repeat('x', 300000)").fetchone() == ("x" * 300000,)


def test_refused_and_back_on_the_same_port(proxy: FaultProxy) -> None:
    proxy.fault = Fault.REFUSE
    with pytest.raises(psycopg.OperationalError, match="refused"):
        connect(proxy)
    proxy.fault = Fault.NONE
    with connect(proxy) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_refusing_breaks_open_connections_too(proxy: FaultProxy) -> None:
    connection = connect(proxy)
    proxy.fault = Fault.REFUSE
    with pytest.raises(psycopg.OperationalError):
        connection.execute("select 1")


def test_a_hanging_database_runs_into_the_connect_timeout(proxy: FaultProxy) -> None:
    proxy.fault = Fault.HANG
    with pytest.raises(psycopg.errors.ConnectionTimeout):
        connect(proxy)


def test_an_answer_cut_after_commit_leaves_the_row(
    proxy: FaultProxy, database: psycopg.Connection[Any], table: str
) -> None:
    connection = connect(proxy)
    connection.execute("insert into proxy_rows values (1)")
    proxy.fault = Fault.CUT
    with pytest.raises(psycopg.OperationalError):
        connection.commit()
    assert database.execute("select count(*) from proxy_rows").fetchone() == (1,)


def test_slow_answers_arrive_late_and_whole(proxy: FaultProxy) -> None:
    with connect(proxy) as connection:
        proxy.fault = Fault.SLOW
        began = time.monotonic()
        assert connection.execute("select 1").fetchone() == (1,)
        assert time.monotonic() - began >= proxy.delay
        proxy.fault = Fault.NONE


def test_a_refused_search_fails_at_once(search: Elasticsearch, search_proxy: FaultProxy) -> None:
    search_proxy.fault = Fault.REFUSE
    with pytest.raises(SearchConnectionError):
        search.cluster.health()


def test_a_hanging_search_times_out_and_recovers(
    search: Elasticsearch, search_proxy: FaultProxy
) -> None:
    search_proxy.fault = Fault.HANG
    with pytest.raises(ConnectionTimeout):
        search.cluster.health()
    search_proxy.fault = Fault.NONE
    assert search.cluster.health()["status"] in {"green", "yellow"}


def test_a_cut_search_is_a_broken_connection(
    search: Elasticsearch, search_proxy: FaultProxy
) -> None:
    search_proxy.fault = Fault.CUT
    with pytest.raises(SearchConnectionError):
        search.cluster.health()

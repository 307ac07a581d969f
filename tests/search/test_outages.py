"""Whatever stands where Elasticsearch should: the site answers soon, says so, loses nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from search import indexing, lexicon, outbox, queries, upkeep
from search.contract import Engine, EngineDownError, Put, SearchEntry
from search.engines import get_engine
from search.engines.elastic import ElasticEngine
from search.models import OutboxRow
from search.status import status
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db
MAKER = {"X-Elastic-Product": "Elasticsearch"}
JSON = {"Content-Type": "application/json"}
HITS: dict[str, Any] = {"hits": {"total": {"value": 1}, "hits": [{"_id": "sample:1"}]}}
Reply = tuple[int, dict[str, str], bytes, float]


def _reply(body: object, status: int = 200, seconds: float = 0.0, **headers: str) -> Reply:
    return status, MAKER | JSON | headers, json.dumps(body).encode(), seconds


STRANGERS: dict[str, Reply] = {
    "no json": (200, MAKER | JSON, b"<html>gateway</html>", 0.0),
    "a page of another server": (200, {"Content-Type": "text/html"}, b"<h1>It works!</h1>", 0.0),
    "another product": (200, JSON, json.dumps(HITS).encode(), 0.0),
    "a list": _reply([]),
    "hits of another shape": _reply({"hits": {"hits": [None]}}),
    "hits without their fields": _reply(HITS),
    "half of the shards": _reply({"error": {"type": "search_phase_execution_exception"}}, 503),
    "refused": _reply({"error": {"type": "security_exception"}}, 401),
    "another version": _reply({"error": {"type": "media_type_header_exception"}}, 400),
    "slow": _reply(HITS, seconds=3.0),
}


@contextmanager
def server_of(reply: Reply) -> Iterator[str]:
    done = threading.Event()

    class Stranger(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body, seconds = reply
            done.wait(seconds)
            try:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the portal did not wait

        do_GET = do_POST = do_PUT = do_HEAD = do_DELETE = _answer  # noqa: N815

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stranger)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        done.set()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def samples(samples: Samples) -> Samples:
    """One object is indexed and known by its title."""
    samples.titles = {"1": "Lịch tiêm phòng dại"}
    _queue("1")
    return samples


def _queue(key: str) -> None:
    with transaction.atomic():
        outbox.add(KIND, key)


@pytest.mark.once
@pytest.mark.parametrize("name", STRANGERS)
def test_a_stranger_instead_of_the_engine_is_an_outage(
    name: str, samples: Samples, settings: Any, client: Client
) -> None:
    lexicon.note([Put(SearchEntry(KIND, "1", 1, "Lịch tiêm phòng dại", "/mau/1/"))])
    client.get("/tim-kiem/", {"q": "x"})  # what is loaded at the first request is not measured
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.SEARCH_MILLISECONDS = 400
    with server_of(STRANGERS[name]) as url:
        settings.ELASTICSEARCH_URL = url
        began = time.monotonic()
        answer = client.get("/tim-kiem.json", {"q": "tiem phong"}).json()
        assert time.monotonic() - began < 1.5
        page = client.get("/tim-kiem/", {"q": "tiem phong"})
        if name != "slow":  # the worker has more patience
            with pytest.raises(EngineDownError):
                indexing.drain()
    assert (answer["state"], answer["reason"]) == ("limited", "engine_down")
    assert [known["url"] for known in answer["known"]] == ["/mau/1/"]
    assert page.status_code == 200
    assert page.context["result"].reason == "engine_down"
    assert '<a href="/mau/1/">' in page.content.decode()
    assert OutboxRow.objects.get().waiting
    assert OutboxRow.objects.get().claimed_until is None


@pytest.mark.once
def test_a_slow_engine_is_not_waited_for_once_more_for_every_offer(
    samples: Samples, settings: Any, client: Client
) -> None:
    """Each answer comes in time, but "nothing fits" asks for other spellings and fewer words."""
    titles = ("Lịch tiêm phòng dại", "Lịch tiên phong", "Tim phòng")
    lexicon.note(Put(SearchEntry(KIND, title, 1, title, "/mau/")) for title in titles)
    client.get("/tim-kiem/", {"q": "x"})
    settings.SEARCH_ENGINE, settings.SEARCH_MILLISECONDS = "elasticsearch", 700
    kinds: dict[str, Any] = {"values": {"buckets": []}}
    empty = {"hits": {"total": {"value": 0}, "hits": []}}
    body = empty | {"aggregations": dict.fromkeys(("kinds", "fitting", "facets"), kinds)}
    with server_of(_reply(body, seconds=0.4)) as url:
        settings.ELASTICSEARCH_URL = url
        for address in ("/tim-kiem/", "/tim-kiem.json"):
            began = time.monotonic()
            answer = client.get(address, {"q": "lich tiem phonh dai"})
            assert time.monotonic() - began < 1.2
            assert answer.status_code == 200


def test_a_refused_connection_is_over_when_the_engine_is_back(
    samples: Samples, settings: Any, client: Client, drain: Callable[[], int]
) -> None:
    drain()
    real = settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    assert status()["state"] == "engine_down"
    samples.titles["2"] = "Lịch tiêm phòng cúm"
    _queue("2")
    assert client.get("/tim-kiem.json", {"q": "tiem phong"}).json()["reason"] == "engine_down"
    with pytest.raises(EngineDownError):
        indexing.drain()
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = real
    drain()
    assert client.get("/tim-kiem.json", {"q": "tiem phong"}).json()["total"] == 2


def test_what_was_withdrawn_during_an_outage_is_found_at_no_moment(
    samples: Samples, settings: Any, client: Client, drain: Callable[[], int]
) -> None:
    """Attack: a name is searched for while the index still holds the withdrawn list."""
    drain()
    real = settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    del samples.titles["1"]
    _queue("1")
    assert _told(client) == []
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = real
    assert _told(client) == [], "the engine is back, the worker was not there yet"
    assert queries.ask("tiem phong").total == 0
    drain()
    assert _told(client) == []


def _told(client: Client) -> list[str]:
    """Everything that search says to a visitor of the object, in any shape."""
    address = "/mau/1/"
    shapes = ("/tim-kiem/", "/tim-kiem.json", "/tim-kiem.rss", "/tim-kiem/goi-y.json")
    return [
        shape for shape in shapes if address in client.get(shape, {"q": "tiem"}).content.decode()
    ]


@contextmanager
def _full(engine: Engine, block: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server blocks its indices when the disk is full; SQLite says so at the write."""
    if isinstance(engine, ElasticEngine):
        index = f"{engine.alias('entries')}-1"
        engine.client.indices.put_settings(index=index, settings={block: True})
        yield
        engine.client.indices.put_settings(index=index, settings={block: None})
        return

    def refuse(*_asked: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr("search.engines.embedded.writing.apply", refuse)
        yield


@pytest.mark.parametrize(
    "block", ["index.blocks.read_only_allow_delete", "index.blocks.write"], ids=["full", "blocked"]
)
def test_a_full_disk_keeps_answers_and_writes(
    samples: Samples,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    client: Client,
    block: str,
) -> None:
    """Page and JSON go on, what is written waits and comes by itself afterwards."""
    drain()
    with _full(get_engine(), block, monkeypatch):
        samples.titles["2"] = "Lịch tiêm phòng cúm"
        _queue("2")
        with pytest.raises(EngineDownError):
            indexing.drain()
        answer = client.get("/tim-kiem.json", {"q": "tiem phong dai"}).json()
        assert (answer["state"], answer["total"]) == ("complete", 1)
        assert "/mau/1/" in client.get("/tim-kiem/", {"q": "tiem phong dai"}).content.decode()
        assert OutboxRow.objects.get(key="2").waiting
    drain()
    assert queries.ask("tiem phong cum").total == 1
    assert upkeep.sweep() == upkeep.SweepReport(2, 0, 0, 0)

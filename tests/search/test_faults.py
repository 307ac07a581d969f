"""An Elasticsearch of these tests' own that is killed, stopped and exchanged, with page, JSON and
outbox before, during and after."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from portal.jobs import clock
from portal.registration import services
from portal.registration.models import PublishedListIndexPage
from portal.registration.rows import EntryRow
from search import indexing, outbox, upkeep
from search.contract import EngineDownError
from search.engines import get_engine
from search.models import OutboxRow
from tests.home.trees import plant
from tests.registration.conftest import make_unit
from tests.search.samples import KIND, Samples
from tests.search.test_outages import STRANGERS, server_of
from tools.services import elastic, workspace
from tools.services.process import Server

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("faults")]
PATIENCE = 1.5
MILLISECONDS = 800  # the rest of the time is for a loaded machine
COMES_BACK = 90


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One start for all of them."""
    folder = workspace.create()
    made = elastic.start(folder)
    yield made
    made.stop()
    workspace.remove(folder)


@pytest.fixture
def own(server: Server, settings: Any, client: Client) -> Server:
    """The portal asks this server."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = server.url
    settings.SEARCH_MILLISECONDS = 20_000
    get_engine().prepare()
    client.get("/tim-kiem/", {"q": "x y"})  # what is loaded at the first request is not measured
    settings.SEARCH_MILLISECONDS = MILLISECONDS
    return server


@contextmanager
def _stopped(server: Server, _settings: Any) -> Iterator[None]:
    """Connections stay open and nothing answers."""
    server.pause()
    try:
        yield
    finally:
        server.resume()


@contextmanager
def _another_product(server: Server, settings: Any) -> Iterator[None]:
    """Behind the address stands OpenSearch: right answers without the product's header."""
    with server_of(STRANGERS["another product"]) as url:
        settings.ELASTICSEARCH_URL = url
        yield
    settings.ELASTICSEARCH_URL = server.url


FAULTS = {"SIGSTOP": _stopped, "another product": _another_product}


def _change(samples: Samples, key: str, title: str | None) -> None:
    with transaction.atomic():
        outbox.add(KIND, key)
        samples.titles.pop(key, None)
        samples.titles.update({key: title} if title else {})


def _drain() -> None:
    while indexing.drain():
        pass
    get_engine().refresh()


def _asked(client: Client, address: str, text: str, **more: str) -> Any:
    """The answer, which came in time."""
    began = time.monotonic()
    response = client.get(address, {"q": text} | more)
    assert time.monotonic() - began < PATIENCE, f"{address} {more}"
    assert response.status_code == 200
    return response


def _answers(client: Client, text: str) -> tuple[str, dict[str, Any]]:
    """Page and JSON."""
    page = _asked(client, "/tim-kiem/", text).content.decode()
    return page, _asked(client, "/tim-kiem.json", text).json()


@pytest.mark.parametrize("name", FAULTS)
def test_before_during_and_after(
    name: str, own: Server, samples: Samples, settings: Any, client: Client
) -> None:
    """A second page, whose number the portal does not know, is no second wait."""
    _change(samples, "1", "Lịch tiêm phòng dại")
    _drain()
    page, answer = _answers(client, "tiem phong")
    assert (answer["state"], answer["total"]) == ("complete", 1)
    assert "bị hạn chế" not in page
    with FAULTS[name](own, settings):
        _change(samples, "2", "Lịch tiêm phòng cúm")
        page, answer = _answers(client, "tiem phong")
        assert (answer["state"], answer["reason"]) == ("limited", "engine_down")
        assert [known["url"] for known in answer["known"]] == ["/mau/1/"]
        assert "Tìm kiếm đang bị hạn chế" in page
        assert '<a href="/mau/1/">' in page
        assert "Không tìm thấy" not in page
        _asked(client, "/tim-kiem/", "tiem phong", trang="3")
        with pytest.raises(EngineDownError):
            indexing.drain()
        assert OutboxRow.objects.get(key="2").waiting
    _drain()
    _page, answer = _answers(client, "tiem phong")
    assert (answer["state"], answer["total"]) == ("complete", 2)
    assert not OutboxRow.objects.filter(waiting=True).exists()
    assert upkeep.sweep() == upkeep.SweepReport(2, 0, 0, 0)


SHAPES = ("/tim-kiem/", "/tim-kiem.json", "/tim-kiem.rss", "/tim-kiem/goi-y.json")
NAME, TITLE = "Nguyễn Văn Ẩn", "Hộ nghèo thử sập"


def _told(client: Client) -> list[str]:
    """Every shape of search that tells the household or its list, by name or by title."""
    asked = [(shape, text) for shape in SHAPES for text in ("nguyen van an", "ho ngheo thu sap")]
    answers = [(shape, client.get(shape, {"q": text}).content.decode()) for shape, text in asked]
    return [shape for shape, said in answers if NAME in said or TITLE in said]


def _published() -> Any:
    """A list of one household, and what its page hangs on."""
    portal = plant()
    portal.home.add_child(instance=PublishedListIndexPage(title="Danh sách", slug="danh-sach"))
    commune = make_unit("02545", "Tân Trào", make_unit("08", "Tuyên Quang", None))
    made = services.create_list(TITLE, "ho-ngheo-thu-sap", commune, None)
    made = services.import_rows(made, [EntryRow(NAME, "Thôn Bòng", commune, "poor")], None)
    today = clock.today()
    return portal, services.publish_list(made, today, today + timedelta(days=5), None)


def test_a_list_withdrawn_while_the_server_was_dead_is_told_at_no_moment(
    own: Server, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: names are asked for without a pause from the kill -9 until long after the start,
    with the old index on the disk, between the worker's writes, and during a rebuild."""
    portal, held = _published()
    _drain()
    assert {"/tim-kiem/", "/tim-kiem.json"} <= set(_told(client))
    own.kill()
    services.withdraw_list(held, None, "Theo yêu cầu của xã")
    portal.article("Bài viết trong lúc máy tìm kiếm chết")
    page, answer = _answers(client, "nguyen van an")
    assert answer["reason"] == "engine_down"
    assert "Tìm kiếm đang bị hạn chế" in page
    with pytest.raises(EngineDownError):
        indexing.drain()
    own.launch()
    polls, ends = 0, time.monotonic() + COMES_BACK
    while own.ready(own) is None:
        assert time.monotonic() < ends, own.tail()
        assert _told(client) == []
        polls += 1
    for moment in ("apply", "refresh"):
        _polled(moment, client, monkeypatch)
    assert _told(client) == []
    _drain()
    assert polls
    assert _told(client) == []
    upkeep.rebuild()
    _drain()
    assert _told(client) == []
    found = _asked(client, "/tim-kiem.json", "may tim kiem chet").json()
    assert found["total"] == 1
    report = upkeep.sweep()
    assert (report.missing, report.stale, report.left_behind) == (0, 0, 0)


def _polled(name: str, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask before and behind everything that the engine is told to do."""
    engine: Any = get_engine()
    real: Callable[..., Any] = getattr(engine, name)

    def watched(*arguments: Any) -> Any:
        assert _told(client) == []
        done = real(*arguments)
        assert _told(client) == []
        return done

    monkeypatch.setattr(engine, name, watched)

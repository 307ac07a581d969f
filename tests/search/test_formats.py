"""Names and shapes that stay: `/tim-kiem.json`, `search_query`, `search_status`."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils import translation

from portal.jobs import clock
from search import outbox, registry, sentences, upkeep
from search.contract import Engine, EngineDownError, PageText, Put, SearchEntry, SearchResult
from search.engines import get_engine
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
ANSWER = {
    "q": str,
    "state": str,
    "reason": (str, type(None)),
    "relaxed": bool,
    "total": int,
    "page": int,
    "size": int,
    "facets": dict,
    "hits": list,
}
HIT = {
    "kind": str,
    "title": str,
    "number": (str, type(None)),
    "url": str,
    "snippet": str,
    "pages": list,
}
PAGE = {"page": int, "snippet": str, "url": str}
PLAN = SearchEntry(
    kind="official_document",
    key="1",
    version=1,
    title="Kế hoạch thu thập thông tin",
    url="/van-ban/ubnd-tinh/167-kh-ubnd-2024/",
    number="167/KH-UBND",
    summary="Thu thập thông tin về người lao động.",
    meta={"kind_label": "Kế hoạch"},
    pages=tuple(
        PageText(n, f"Kế hoạch 167, phần {n}", f"/tep/1/167.pdf#page={n}") for n in range(1, 6)
    ),
)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """A plan with five pages, and an article."""
    article = SearchEntry("article", "1", 1, "Kế hoạch 167 đi vào cuộc sống", "/tin/1/")
    engine.apply([Put(PLAN), Put(article)])
    engine.refresh()
    return engine


def _fits(value: dict[str, Any], shape: dict[str, Any]) -> bool:
    return list(value) == list(shape) and all(
        isinstance(value[name], kind) for name, kind in shape.items()
    )


@pytest.mark.usefixtures("filled")
def test_the_json_answer_has_the_full_shape(client: Client) -> None:
    response = client.get("/tim-kiem.json", {"q": "ke hoach 167"})
    answer = response.json()
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    assert _fits(answer, ANSWER)
    assert all(_fits(hit, HIT) for hit in answer["hits"])
    assert all(_fits(page, PAGE) for hit in answer["hits"] for page in hit["pages"])
    fixed = {name: answer[name] for name in ("q", "state", "reason", "relaxed", "page", "size")}
    assert fixed == {
        "q": "ke hoach 167",
        "state": "complete",
        "reason": None,
        "relaxed": False,
        "page": 1,
        "size": 20,
    }
    assert answer["total"] == len(answer["hits"]) == 2
    assert answer["facets"] == {
        "kind": [
            {"value": kind, "label": registry.label_of(kind), "count": 1}
            for kind in registry.kinds()
            if kind in {"article", "official_document"}
        ]
    }


@pytest.mark.usefixtures("filled")
def test_a_hit_names_at_most_three_pages_with_their_address(client: Client) -> None:
    first, second = client.get("/tim-kiem.json", {"q": "ke hoach 167"}).json()["hits"]
    assert (first["kind"], first["number"]) == ("official_document", "167/KH-UBND")
    assert [page["page"] for page in first["pages"]] == [1, 2, 3]
    assert first["pages"][0]["url"] == "/tep/1/167.pdf#page=1"
    assert "<mark>" in first["pages"][0]["snippet"]
    assert (second["number"], second["pages"]) == (None, [])


@pytest.mark.parametrize(
    ("query", "reason"),
    [({"q": "nguyen"}, "list_too_short"), ({"q": "kế " * 300}, "too_long")],
)
def test_a_limited_answer_says_why(
    client: Client, filled: Engine, query: dict[str, str], reason: str
) -> None:
    answer = client.get("/tim-kiem.json", query).json()
    assert _fits(answer, ANSWER)
    assert (answer["state"], answer["reason"]) == ("limited", reason)


@pytest.mark.usefixtures("filled")
def test_a_number_asks_for_nobody_on_a_list(client: Client) -> None:
    """Bug: who typed "số 167" was told how to look for a household."""
    for typed in ("167", "số 167"):
        assert client.get("/tim-kiem.json", {"q": typed}).json()["reason"] is None, typed


@pytest.mark.once
@pytest.mark.parametrize(("language", "written"), [("vi", "13.049"), ("en", "13,049")])
def test_a_count_is_written_as_people_write_it(language: str, written: str) -> None:
    """Bug: the page said "13049 kết quả"."""
    with translation.override(language):
        assert sentences.of_total(SearchResult(total=13_049), "năm").startswith(f"{written} ")


def _said(command: str, *words: str) -> str:
    out = io.StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("filled")
def test_the_command_gives_the_answer_of_the_address(client: Client) -> None:
    asked = {"q": "ke hoach 167", "loai": "official_document"}
    said = json.loads(_said("search_query", asked["q"], "--kind", asked["loai"], "--json"))
    assert said == client.get("/tim-kiem.json", asked).json()


@pytest.mark.usefixtures("filled")
def test_the_command_says_in_words_why_an_answer_is_limited() -> None:
    assert _said("search_query", "ke hoach 167").splitlines()[0] == "2 (complete)"
    assert _said("search_query", "nguyen").splitlines()[0] == "0 (limited: list_too_short)"


@pytest.mark.once
@pytest.mark.parametrize("words", [("search_query", "", "--json"), ("search_query", "")])
def test_a_reader_that_leaves_early_is_no_fault(tmp_path: Path, words: tuple[str, ...]) -> None:
    """`search_query … | head -0`."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=os.environ
        | {
            "PORTAL_DEMO": "1",
            "DATABASE_URL": f"sqlite:///{tmp_path}/leer.sqlite3",
            "ELASTICSEARCH_URL": "",
            "PORTAL_SEARCH_FILE": str(tmp_path / "search.sqlite3"),
        },
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
    )
    os.close(writing)
    assert (done.returncode, done.stderr.decode()) == (0, "")


@pytest.fixture
def samples(samples: Samples) -> Samples:
    """Two objects of one kind, of which the worker has seen one."""
    samples.titles = {"1": "Một", "2": "Hai"}
    return samples


def _queue(key: str) -> None:
    with transaction.atomic():
        outbox.add(KIND, key)


def test_the_status_has_the_full_shape(samples: Samples, drain: Callable[[], int]) -> None:
    _queue("1")
    drain()
    _queue("2")
    began = clock.now()
    upkeep.sweep()
    status = json.loads(_said("search_status", "--json"))
    assert began <= datetime.fromisoformat(status.pop("last_sweep")) <= clock.now()
    swept = status.pop("sweep")
    assert swept.pop("at")
    assert swept == {"checked": 2, "missing": 0, "stale": 0, "left_behind": 0}
    age = status["outbox"].pop("oldest_seconds")
    assert (type(age), age >= 0) == (int, True)
    assert status == {
        "engine": get_engine().name,
        "state": "complete",
        "kinds": {KIND: {"database": 2, "index": 1}},
        "differs": [KIND],
        "outbox": {"waiting": 1, "failed": 0},
        "rebuild": None,
    }


def test_the_status_before_the_first_sweep_and_without_the_engine(
    samples: Samples, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> dict[str, int]:
        raise EngineDownError("down")

    monkeypatch.setattr(engine, "counts", down)
    assert json.loads(_said("search_status", "--json")) == {
        "engine": engine.name,
        "state": "engine_down",
        "kinds": {KIND: {"database": 2, "index": 0}},
        "differs": [KIND],
        "outbox": {"waiting": 0, "oldest_seconds": 0, "failed": 0},
        "last_sweep": None,
        "sweep": None,
        "rebuild": None,
    }

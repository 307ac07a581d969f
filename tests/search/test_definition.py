"""How indices are made: for how many nodes, and how another version's index is noticed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from portal.jobs import clock
from portal.jobs import registry as registered
from portal.jobs.models import ScheduledRun
from portal.jobs.schedule import run_due
from search import outbox
from search.checks import check_index
from search.contract import Engine
from search.engines import get_engine
from search.engines.elastic import documents
from search.engines.elastic.connection import connect
from search.queries import ask
from search.renewing import NAME, AfterUpdate
from tests.search.samples import KIND, Samples

DATABASES = ["default"]
ADDRESS = "https://es{}.example.vn:9200"


def test_every_node_is_known_and_the_key_is_sent(settings: Any) -> None:
    settings.ELASTICSEARCH_API_KEY = "bWE6a2h1YQ=="
    client = connect(",".join(ADDRESS.format(number) for number in (1, 2, 3)))
    hosts = {node.host for node in client.transport.node_pool.all()}
    assert hosts == {f"es{number}.example.vn" for number in (1, 2, 3)}
    assert client._headers["authorization"] == "ApiKey bWE6a2h1YQ=="


def test_shards_and_replicas_are_the_operators_and_make_no_other_version(settings: Any) -> None:
    one = documents.definition("entries")
    settings.SEARCH_SHARDS, settings.SEARCH_REPLICAS = 3, 2
    nine = documents.definition("entries")
    assert nine["settings"] | {"number_of_shards": 1, "number_of_replicas": 0} == one["settings"]
    assert nine["mappings"] == one["mappings"]


def test_another_field_or_another_way_of_writing_is_another_version(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = documents.digest()
    monkeypatch.setattr(documents, "FORM", documents.FORM + 1)
    documents.digest.cache_clear()
    try:
        assert documents.digest() != now
    finally:
        monkeypatch.undo()
        documents.digest.cache_clear()
    assert documents.digest() == now


def test_bug_the_renewal_failed_until_a_first_change_had_made_an_index(engine: Engine) -> None:
    destroy = getattr(engine, "destroy", None)
    if destroy:
        destroy()
    assert not engine.outdated()


def test_bug_the_nightly_upkeep_failed_until_a_first_change_had_made_an_index(
    engine: Engine,
) -> None:
    destroy = getattr(engine, "destroy", None)
    work: list[Callable[[], object]] = [
        lambda: list(engine.versions()),
        lambda: engine.purge(clock.now()),
        engine.tidy,
    ]
    for step in work:
        if destroy:
            destroy()
        assert not step()


@pytest.mark.django_db
def test_an_index_of_another_version_is_told_and_a_rebuild_mends_it(
    samples: Samples, drain: Callable[[], int], settings: Any
) -> None:
    samples.titles["1"] = "Kế hoạch thử"
    get_engine().prepare()
    assert check_index(DATABASES) == []
    _make_old(settings)
    assert [found.id for found in check_index(DATABASES)] == ["search.W001"]
    assert check_index() == [], "nobody has asked for databases"
    call_command("search_rebuild", verbosity=0)
    assert check_index(DATABASES) == []
    assert get_engine().counts()[KIND] == 1


def _make_old(settings: Any) -> None:
    """What an older version of the portal would have left."""
    if settings.SEARCH_ENGINE == "elasticsearch":
        with connect(settings.ELASTICSEARCH_URL) as client:
            name = f"{settings.SEARCH_INDEX_PREFIX}-entries"
            client.indices.put_mapping(index=name, meta={"form": 2})
        return
    engine: Any = get_engine()
    with engine.store.writing() as connection:
        connection.execute("PRAGMA user_version = 1")


def test_an_engine_that_is_down_is_no_fault_of_the_installation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from search.contract import EngineDownError

    class Down:
        """Nobody answers."""

        def outdated(self) -> bool:
            """Raises `EngineDownError`."""
            raise EngineDownError("down")

    monkeypatch.setattr("search.checks.get_engine", Down)
    assert check_index(DATABASES) == []


@pytest.mark.django_db
def test_bug_after_an_update_search_was_down_until_the_hourly_renewal(
    samples: Samples, drain: Callable[[], int], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker of the new version starts: its first round renews, and no second one does."""
    entry = registered.scheduled()[NAME]
    monkeypatch.setattr("portal.jobs.schedule.registry.scheduled", lambda: {NAME: entry})
    samples.titles = {"1": "Lễ hội Lồng Tông"}
    with transaction.atomic():
        outbox.add(KIND, "1")
    drain()
    ScheduledRun.objects.create(name=NAME, last_run=clock.now() - timedelta(minutes=30))
    _make_old(settings)
    assert run_due() == []

    look = AfterUpdate()
    assert (look(), look(), AfterUpdate()()) == (1, 0, 0)
    assert run_due() == [NAME]
    assert not get_engine().outdated()
    assert [hit.key for hit in ask("le hoi long tong").hits] == ["1"]
    assert AfterUpdate()() == 0

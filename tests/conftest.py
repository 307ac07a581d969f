"""What every test shares: a fresh index, private files of its own, the worker by hand."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from tests import databases
from tools.migrated import VARIABLE

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
CONTENT_TYPE = "contenttypes.contenttype"
RUN = f"portal-t{uuid.uuid4().hex[:8]}"


# Fixtures of what differs between the two passes: the database, the search engine.
OF_SERVERS = frozenset({"db", "transactional_db", "live_server", "ground", "engine"})

# Transactions that are the test's own.
OF_A_TEST = 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What touches neither database nor engine gains nothing from the second pass."""
    for item in items:
        used = OF_SERVERS.intersection(getattr(item, "fixturenames", ()))
        if not used and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.once)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
) -> Iterator[None]:
    """The database of the tests begins as a copy of the one that the suite has migrated."""
    with databases.beginning_as(os.environ.get(VARIABLE)):
        yield


@pytest.fixture(scope="session")
def migrated(
    django_db_setup: str, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an empty, migrated database that nobody opens."""
    if given := os.environ.get(VARIABLE):
        yield given
        return
    with django_db_blocker.unblock():
        made = databases.copy_of_the_tests(tmp_path_factory.mktemp("migrated"), "migrated")
        yield made
        databases.drop(made)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> str:
    """What migrations leave in the database (root page, languages, types), before any test ran.

    The flush behind a test with transactions of its own empties all of it. Content types come
    first, since receivers of saved pages ask for the type of a page.
    """
    with django_db_blocker.unblock():
        rows = json.loads(connection.creation.serialize_db_to_string())
    return json.dumps(sorted(rows, key=lambda row: row["model"] != CONTENT_TYPE))


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Each test has its own index, media and private folder; nothing is left behind."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    settings.SEARCH_EMBEDDED_PATH = str(tmp_path / "search.sqlite3")
    settings.SEARCH_MILLISECONDS = 20_000  # a loaded machine is no outage
    settings.SEARCH_INDEX_PREFIX = f"{RUN}-{uuid.uuid4().hex[:8]}"
    settings.STORAGES = settings.STORAGES | {
        "private": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path / "private"), "base_url": None},
        }
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def _shared_by_pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What pages share is kept as ever, though a test with a database is a transaction itself."""
    from portal.home import memo

    memo.forget()
    monkeypatch.setattr(memo, "in_transaction", lambda: len(connection.atomic_blocks) > OF_A_TEST)
    yield
    memo.forget()


@pytest.fixture(autouse=True)
def _scans_stay_scans(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without text recognition, so that no test says something else on another one."""
    if "recognising" not in request.fixturenames:
        monkeypatch.setattr("search.recognition.available", lambda: False)


@pytest.fixture
def recognising() -> None:
    """This machine recognises Vietnamese; one that does not lacks a package of the tests."""
    from search import recognition

    assert recognition.available(), "tesseract-ocr and tesseract-ocr-vie are missing"


@pytest.fixture
def drain() -> Iterator[Callable[[], int]]:
    """Do the worker's search work now; the index of this test is removed afterwards."""
    from search.engines import get_engine
    from search.indexing import drain as once

    get_engine().prepare()

    def everything() -> int:
        handled = 0
        while count := once():
            handled += count
        get_engine().refresh()
        return handled

    yield everything
    remove = getattr(get_engine(), "destroy", None)
    if remove:
        remove()

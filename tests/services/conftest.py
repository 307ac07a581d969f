"""The servers that the runner announces; a test that cannot reach them fails."""

import json
import os
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import psycopg
import pytest
from elasticsearch import Elasticsearch

Analyze = Callable[..., list[str]]


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """Where the PostgreSQL of the tests answers."""
    return os.environ["PORTAL_TEST_POSTGRES_URL"]


@pytest.fixture(scope="session")
def elastic_url() -> str:
    """Where the Elasticsearch of the tests answers."""
    return os.environ["PORTAL_TEST_ELASTICSEARCH_URL"]


@pytest.fixture
def database(postgres_url: str) -> Iterator[psycopg.Connection[Any]]:
    """A connection of its own, outside Django's."""
    with psycopg.connect(postgres_url, connect_timeout=5) as connection:
        yield connection


@pytest.fixture(scope="session")
def elastic(elastic_url: str) -> Iterator[Elasticsearch]:
    """A client with the runner's own rights."""
    with Elasticsearch(elastic_url, request_timeout=20) as client:
        yield client


@pytest.fixture
def index_name(elastic: Elasticsearch) -> Iterator[str]:
    """A name inside the tests' pattern; the index is removed if the test made it."""
    name = f"portal-services-{uuid.uuid4().hex[:12]}"
    yield name
    elastic.indices.delete(index=name, ignore_unavailable=True)


@pytest.fixture
def analyze(elastic: Elasticsearch) -> Analyze:
    """Tokens of a text under definitions given in the request, without an index."""

    def tokens(text: str, **parts: Any) -> list[str]:
        answer = elastic.indices.analyze(text=text, **parts)
        return [token["token"] for token in answer["tokens"]]

    return tokens


def settings_with(analysis: dict[str, Any]) -> dict[str, Any]:
    """Index settings with one shard and the given analysis, checked to be plain JSON."""
    settings: dict[str, Any] = {"number_of_replicas": 0, "analysis": analysis}
    return json.loads(json.dumps(settings))  # type: ignore[no-any-return]

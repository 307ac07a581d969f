"""Security is on, with the privileges that production hands out."""

from collections.abc import Iterator

import pytest
from elasticsearch import (
    AuthenticationException,
    AuthorizationException,
    Elasticsearch,
    NotFoundError,
)

from tools.services import elastic as elastic_server


@pytest.fixture
def limited(elastic: Elasticsearch, elastic_url: str) -> Iterator[Elasticsearch]:
    """A client whose key may do what the portal needs on its own indices, and no more."""
    rights = {"names": ["portal-*"], "privileges": ["create_index", "manage", "read", "write"]}
    key = elastic.security.create_api_key(
        name="test", role_descriptors={"portal": {"indices": [rights]}}, refresh=True
    )
    address = elastic_url.partition("//")[0] + "//" + elastic_url.rpartition("@")[2]
    with Elasticsearch(address, api_key=key["encoded"]) as client:
        yield client
    elastic.security.invalidate_api_key(ids=[key["id"]])


def test_wrong_passwords_are_refused(elastic_url: str) -> None:
    """Attack: a neighbour on the same machine guesses that the test server is open."""
    address = elastic_url.partition("//")[0] + "//admin:guess@" + elastic_url.rpartition("@")[2]
    with Elasticsearch(address) as client, pytest.raises(AuthenticationException):
        client.cluster.health()


def test_a_limited_key_works_inside_its_pattern(limited: Elasticsearch, index_name: str) -> None:
    limited.indices.create(index=index_name, settings={"number_of_replicas": 0})
    limited.index(index=index_name, id="1", document={"title": "Hộ nghèo"}, refresh=True)
    found = limited.search(index=index_name, query={"match": {"title": "nghèo"}})
    assert found["hits"]["total"]["value"] == 1


def test_a_limited_key_reaches_no_other_index(limited: Elasticsearch) -> None:
    """Attack: the portal's key is stolen and used on a neighbour's index or the cluster."""
    with pytest.raises(AuthorizationException):
        limited.indices.create(index="neighbour")
    with pytest.raises(AuthorizationException):
        limited.cluster.health()


def test_indices_are_never_made_by_accident(elastic: Elasticsearch, index_name: str) -> None:
    with pytest.raises(NotFoundError, match="index_not_found"):
        elastic.index(index=index_name, document={"title": "x"})


def test_password_hash_has_the_servers_form() -> None:
    hashed = elastic_server.password_hash("secret", bytes(32))
    assert hashed.startswith("{PBKDF2}1000$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=$")
    assert "secret" not in hashed

"""How the servers are reached: any number of nodes, a key, the certificates of an own authority."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from elasticsearch import Elasticsearch

SECONDS = 5


def connect(addresses: str) -> Elasticsearch:
    """A client of all nodes, which are asked in turns; one that does not answer is left out.

    Nothing is asked yet. A request that took too long is not sent a second time: who waits for it
    has waited enough, and the worker comes back by itself.
    """
    options: dict[str, Any] = {}
    if settings.ELASTICSEARCH_API_KEY:
        options["api_key"] = settings.ELASTICSEARCH_API_KEY
    if settings.ELASTICSEARCH_CA:
        options["ca_certs"] = settings.ELASTICSEARCH_CA
    nodes = addresses.split(",")
    return Elasticsearch(nodes, request_timeout=SECONDS, retry_on_timeout=False, **options)

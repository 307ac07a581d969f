"""The Elasticsearch engine, for production and for more than one host."""

from search.engines.elastic.engine import ElasticEngine

__all__ = ["ElasticEngine"]

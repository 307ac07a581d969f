"""The Elasticsearch engine behind the contract: aliases, bulk, faults as an outage.

Needs of a key on `<prefix>-*`: create_index, manage, read, write; nothing of the cluster.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, helpers
from elasticsearch import TransportError as Unreachable
from elasticsearch.helpers import BulkIndexError, ScanError

from search import patience, queryplan
from search.contract import Change, EngineDownError, SearchQuery, SearchResult
from search.engines.elastic import documents, reading, writing
from search.engines.elastic.connection import connect
from search.engines.tombstones import carry_over

log = logging.getLogger(__name__)
PARTS = ("entries", "pages")
TIDY_SECONDS = 3600
BULK = 500
BULK_BYTES = 5_000_000


@contextmanager
def outages() -> Iterator[None]:
    """Whatever the client raises is an outage to the caller, with the reason kept."""
    try:
        yield
    except (ApiError, Unreachable, ScanError, BulkIndexError) as error:
        raise EngineDownError(f"elasticsearch: {error}"[:300]) from error


@contextmanager
def answers() -> Iterator[None]:
    """As `outages`; an answer of another shape than Elasticsearch's is one too."""
    with outages():
        try:
            yield
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            log.warning("elasticsearch: a strange answer", exc_info=True)
            raise EngineDownError("elasticsearch: not the answer of this engine") from error


class ElasticEngine:
    """Two aliases, `<prefix>-entries` and `<prefix>-pages`, over numbered indices."""

    name = "elasticsearch"

    def __init__(self, url: str, prefix: str = "portal") -> None:
        self.prefix = prefix
        self.client = connect(url)

    def alias(self, part: str) -> str:
        """The name that serves."""
        return f"{self.prefix}-{part}"

    def serving(self) -> int:
        """The number of the generation that serves; 0 when there is none."""
        try:
            found = self.client.indices.get_alias(name=self.alias("entries"))
        except NotFoundError:
            return 0
        return max(int(name.rpartition("-")[2]) for name in found)

    def prepare(self) -> None:
        """Make the first generation when the aliases are missing."""
        with answers():
            if not self.serving():
                create(self, 1)
                point(self, 1)

    def apply(self, changes: Sequence[Change]) -> None:
        """Write in bulk to the aliases."""
        with answers():
            write(self.client, changes, self.alias("entries"), self.alias("pages"), alias=True)

    def search(self, query: SearchQuery) -> SearchResult:
        """One request for the objects, one for the pages of those shown."""
        plan = queryplan.plan_of(query)
        if plan.empty:
            return SearchResult()
        objects = reading.objects_body(query, plan)
        ends = patience.ends()
        with answers():
            found = self._ask("entries", objects, ends)
            # Households have no pages: most searches for a name need no second request.
            shown = found["hits"]["hits"]
            identities = [hit["_id"] for hit in shown if hit["_source"]["shown"]["paged"]]
            asked = reading.pages_body(plan, identities)
            pages = self._ask("pages", asked, ends) if identities else None
            return reading.result_of(found, pages, query, plan)

    def _ask(self, part: str, body: dict[str, Any], ends: float) -> Mapping[str, Any]:
        """An answer of all shards; half of an index, or no answer of a search, is an outage.

        All requests of a search share its time, and none is sent twice: a visitor waits.
        """
        left = ends - time.monotonic()
        if left <= 0:
            raise EngineDownError("elasticsearch: too slow")
        answer: Any = (
            self.client.options(request_timeout=left, max_retries=0)
            .search(index=self.alias(part), body=body, allow_partial_search_results=False)
            .body
        )
        if not isinstance(answer, dict) or "hits" not in answer:
            raise EngineDownError("elasticsearch: not the answer of a search")
        return answer

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind."""
        with answers():
            return counts(self.client, self.alias("entries"))

    def outdated(self) -> bool:
        """By the mark in the mapping of what serves: a digest of how it was defined."""
        with answers():
            try:
                found = self.client.indices.get_mapping(index=self.alias("entries"))
            except NotFoundError:  # a new installation: the worker makes it with its first change
                return False
            marks = [index["mappings"].get("_meta", {}).get("digest") for index in found.values()]
        return any(mark != documents.digest() for mark in marks)

    def versions(self) -> Iterator[tuple[str, str, int, bool]]:
        """Everything held, by scrolling; nothing, where no change has made an index yet."""
        self.prepare()
        with outages():
            self.refresh()  # scrolling sees only what was refreshed
            for hit in helpers.scan(
                self.client,
                index=self.alias("entries"),
                query={"version": True, "_source": ["kind", "key", "live"]},
                size=1000,
            ):
                source = hit["_source"]
                yield source["kind"], source["key"], hit["_version"], source["live"]

    def purge(self, before: datetime) -> int:
        """Forget old tombstones, unless written again meanwhile."""
        self.prepare()
        with outages():
            self.refresh()
            dropped = [self._purge(self.alias(part), before) for part in PARTS]
        return dropped[0]

    def _purge(self, index: str, before: datetime) -> int:
        old = {"range": {"written": {"lt": writing.moment(before)}}}
        query = {"bool": {"filter": [{"term": {"live": False}}, old]}}
        body = {"query": query, "seq_no_primary_term": True, "_source": False}
        actions = [
            {
                "_op_type": "delete",
                "_index": hit["_index"],
                "_id": hit["_id"],
                "if_seq_no": hit["_seq_no"],
                "if_primary_term": hit["_primary_term"],
            }
            for hit in helpers.scan(self.client, index=index, query=body, size=1000)
        ]
        done, _errors = helpers.bulk(self.client, actions, raise_on_error=False)
        return int(done)

    def tidy(self) -> None:
        """Merge away what was deleted or replaced; long, so with an hour of its own."""
        self.prepare()
        with outages():
            patient = self.client.options(request_timeout=TIDY_SECONDS)
            for part in PARTS:
                patient.indices.forcemerge(index=self.alias(part), only_expunge_deletes=True)

    def drop_old(self) -> None:
        """Delete the generations before the serving one."""
        with outages():
            drop_before(self, self.serving())

    def refresh(self) -> None:
        """Make writes visible now."""
        with outages():
            self.client.indices.refresh(index=[self.alias(part) for part in PARTS])

    def rebuild(self) -> ElasticRebuild:
        """A new generation; one left by an interrupted rebuild is taken up again."""
        self.prepare()
        with outages():
            return ElasticRebuild(self)

    def destroy(self) -> None:
        """Delete every index of this prefix, by name (for tests and for leaving a server)."""
        with outages():
            for name in existing(self):
                self.client.indices.delete(index=name)


class ElasticRebuild:
    """Indices of the next number; the generation before the serving one is deleted first."""

    def __init__(self, engine: ElasticEngine) -> None:
        self.engine = engine
        serving = engine.serving()
        drop_before(engine, serving)
        self.number = serving + 1
        create(engine, self.number)

    def _index(self, part: str) -> str:
        return f"{self.engine.alias(part)}-{self.number}"

    def apply(self, changes: Iterable[Change]) -> None:
        """Write into the new generation."""
        with outages():
            write(self.engine.client, changes, self._index("entries"), self._index("pages"))

    def counts(self) -> Mapping[str, int]:
        """Live objects per kind in the new generation."""
        with outages():
            for part in PARTS:
                self.engine.client.indices.refresh(index=self._index(part))
            return counts(self.engine.client, self._index("entries"))

    def swap(self) -> None:
        """Point both aliases to the new generation in one step."""
        carry_over(self.engine, self)
        with outages():
            point(self.engine, self.number)

    def abandon(self) -> None:
        """Delete the new generation."""
        with outages():
            for part in PARTS:
                self.engine.client.indices.delete(index=self._index(part))


def drop_before(engine: ElasticEngine, serving: int) -> None:
    """Delete the generations with a smaller number."""
    for name in existing(engine):
        if int(name.rpartition("-")[2]) < serving:
            engine.client.indices.delete(index=name)


def create(engine: ElasticEngine, number: int) -> None:
    """Make the indices of a generation; another process may have been quicker."""
    for part in PARTS:
        definition: dict[str, Any] = documents.definition(part)
        try:
            engine.client.indices.create(
                index=f"{engine.alias(part)}-{number}",
                settings=definition["settings"],
                mappings=definition["mappings"],
            )
        except BadRequestError as error:
            if error.error != "resource_already_exists_exception":
                raise


def point(engine: ElasticEngine, number: int) -> None:
    """Let a generation serve, and no other."""
    actions: list[dict[str, Any]] = []
    for part in PARTS:
        alias = engine.alias(part)
        actions += [
            {"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}},
            {"add": {"index": f"{alias}-{number}", "alias": alias, "is_write_index": True}},
        ]
    engine.client.indices.update_aliases(actions=actions)


def existing(engine: ElasticEngine) -> list[str]:
    """Names of all indices of this prefix."""
    names: list[str] = []
    for part in PARTS:
        found = engine.client.indices.get(
            index=f"{engine.alias(part)}-*", allow_no_indices=True, expand_wildcards="open"
        )
        names += list(found)
    return [name for name in names if name.rpartition("-")[2].isdecimal()]


def write(
    client: Elasticsearch,
    changes: Iterable[Change],
    entries: str,
    pages: str,
    *,
    alias: bool = False,
) -> None:
    """Bulk with external versions; raises for what was refused, an older version aside."""
    for done, item in helpers.streaming_bulk(
        client,
        writing.actions(changes, entries, pages),
        chunk_size=BULK,
        max_chunk_bytes=BULK_BYTES,
        raise_on_error=False,
        raise_on_exception=True,
        require_alias=alias,
    ):
        if not done:
            writing.judge(item)


def counts(client: Elasticsearch, index: str) -> Mapping[str, int]:
    """Live objects per kind."""
    answer = client.search(
        index=index,
        size=0,
        query={"term": {"live": True}},
        aggs={"kinds": {"terms": {"field": "kind", "size": 50}}},
    )
    return {b["key"]: b["doc_count"] for b in answer["aggregations"]["kinds"]["buckets"]}

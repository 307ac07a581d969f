"""`python -m benchmarks.relevance [FILE.csv]`: the judged queries on every engine there is.

The embedded engine always, Elasticsearch where `ELASTICSEARCH_URL` names one (an index of its own,
deleted at the end). Nothing of the installation is read or written.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

DOCUMENTS, HOUSEHOLDS, WORST = 2_000, 20_000, 10
JUDGED = Path(__file__).resolve().parents[2] / "tests" / "search" / "judged.csv"


def main() -> int:
    """Print the figures of each engine."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else JUDGED
    if not path.is_file():
        print(f"{path}: no such file", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "portal.settings",
            "PORTAL_DEMO": "1",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "CACHE_URL": "locmem://",
            "PORTAL_SEARCH_FILE": f"{folder}/search.sqlite3",
            "PORTAL_SEARCH_PREFIX": f"relevance-{os.getpid()}",
        }
        _run(path)
    return 0


def _run(path: Path) -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from benchmarks.relevance import corpus, measure
    from search.engines import get_engine

    print("database …", file=sys.stderr)
    call_command("migrate", verbosity=0)
    corpus.know_places()
    judged = measure.read(path)
    for name in ("embedded", "elasticsearch") if settings.ELASTICSEARCH_URL else ("embedded",):
        settings.SEARCH_ENGINE = name
        engine = get_engine()
        engine.prepare()
        print(f"{name}: {DOCUMENTS} documents, {HOUSEHOLDS} households …", file=sys.stderr)
        try:
            measure.fill(engine, corpus.corpus(DOCUMENTS, HOUSEHOLDS))
            _print(name, [measure.judge(one) for one in judged])
        finally:
            getattr(engine, "destroy", lambda: None)()


def _print(name: str, figures: list) -> None:  # type: ignore[type-arg]
    from benchmarks.relevance.measure import mean

    ndcg, recall = mean(figures)
    print(f"{name}: nDCG@10 {ndcg:.3f}, recall@10 {recall:.3f}, {len(figures)} queries")
    for case in dict.fromkeys(one.judged.case for one in figures):
        part = mean(one for one in figures if one.judged.case == case)
        print(f"  {case:14} nDCG@10 {part[0]:.3f}, recall@10 {part[1]:.3f}")
    print(f"  the worst {WORST}:")
    for one in sorted(figures, key=lambda one: (one.ndcg, one.recall))[:WORST]:
        print(
            f"  {one.ndcg:.2f} {one.recall:.2f}  {one.judged.text}  -> {', '.join(one.found[:3])}"
        )


if __name__ == "__main__":
    sys.exit(main())

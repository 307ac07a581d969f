"""Article, home and list of documents of the portal against those of the plain site."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TypedDict

from benchmarks.lines import CONNECTIONS
from benchmarks.visible import compare
from benchmarks.web import Target, rate, serving

TITLE = "Hướng dẫn tra cứu danh sách niêm yết trên điện thoại cho người chưa quen dùng mạng"
HOLDS = {
    "article": TITLE,
    "home": "Văn bản",
    "list": "167/KH-UBND",
}
# The same words on both sides; of the others each side has its own.
COMPARED = "article"
WARM = 10
ROUNDS = 5
REQUESTS = {
    "portal.alone": 40,
    "portal.uncached": 60,
    "portal.cached": 400,
    "peer.plain": 60,
    "peer.cached": 400,
}
PORTAL = "portal.wsgi:application"
PEER = "benchmarks.peers.wsgi:application"
PEER_FILE = "peer.sqlite3"

Environment = Mapping[str, str]


class Found(TypedDict):
    """What `one_page` prints of a page."""

    path: str
    content: list[str]
    words: int
    queries: int
    bytes: int


def variants(portal: Environment, folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """The five servers: application and environment of each; the plain site is filled here."""
    peer = filled_peer(portal, folder)
    alone = {**portal, "DJANGO_SETTINGS_MODULE": "benchmarks.settings_alone"}
    uncached = {**portal, "DJANGO_SETTINGS_MODULE": "benchmarks.settings_uncached"}
    cached = {**portal, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return {
        "portal.alone": (PORTAL, alone),
        "portal.uncached": (PORTAL, uncached),
        "portal.cached": (PORTAL, cached),
        "peer.plain": (PEER, peer),
        "peer.cached": (PEER, {**peer, "PEER_CACHE": "1"}),
    }


def filled_peer(portal: Environment, folder: Path) -> dict[str, str]:
    """The environment of the plain site, which is filled once for a run."""
    peer = {
        **portal,
        "DJANGO_SETTINGS_MODULE": "benchmarks.peers.settings",
        "PEER_FOLDER": str(folder),
    }
    if not (folder / PEER_FILE).exists():
        subprocess.run([sys.executable, "-m", "benchmarks.peers.fill"], env=peer, check=True)
    return peer


def measure(portal: Environment, folder: Path) -> dict[str, float]:
    """Queries, bytes and requests per second of all, once the article shows the same content."""
    servers = variants(portal, folder)
    found = {name: _pages(environment) for name, (_app, environment) in servers.items()}
    for pages in found.values():
        compare(found["portal.uncached"][COMPARED]["content"], pages[COMPARED]["content"])
    figures: dict[str, float] = {}
    for name, pages in found.items():
        for page, facts in pages.items():
            figures[f"queries.{page}.{name}"] = float(facts["queries"])
            figures[f"words.{page}.{name}"] = float(facts["words"])
            figures[f"bytes.{page}.{name}"] = float(facts["bytes"])
    with ExitStack() as running:
        ports = {name: running.enter_context(serving(*server)) for name, server in servers.items()}
        for page, text in HOLDS.items():
            targets = {
                name: Target(
                    port,
                    found[name][page]["path"],
                    text.encode(),
                    "hit" if name == "portal.cached" else None,
                )
                for name, port in ports.items()
            }
            figures |= _rates(page, targets)
    return figures


def _pages(environment: Environment) -> dict[str, Found]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.one_page", TITLE],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Found] = json.loads(done.stdout)
    return found


def _rates(page: str, targets: Mapping[str, Target]) -> dict[str, float]:
    """Median of alternating rounds, so that a busy moment falls on all servers alike."""
    for target in targets.values():
        rate(target, WARM, 1)
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, target in targets.items():
            for count in CONNECTIONS:
                rounds.setdefault(f"pages.{page}.{name}.{count}", []).append(
                    rate(target, REQUESTS[name], count)
                )
    return {name: statistics.median(values) for name, values in rounds.items()}

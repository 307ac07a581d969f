"""An article of the portal against the same article of the plain site."""

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
WARM = 10
ROUNDS = 5
REQUESTS = {"portal.uncached": 100, "portal.cached": 600, "peer.plain": 100, "peer.cached": 600}
PORTAL = "portal.wsgi:application"
PEER = "benchmarks.peers.wsgi:application"
PEER_FILE = "peer.sqlite3"

Environment = Mapping[str, str]


class Found(TypedDict):
    """What `one_page` prints."""

    path: str
    content: list[str]
    words: int
    queries: int


def variants(portal: Environment, folder: Path) -> dict[str, tuple[str, dict[str, str]]]:
    """The four servers: application and environment of each; the plain site is filled here."""
    peer = filled_peer(portal, folder)
    uncached = {**portal, "DJANGO_SETTINGS_MODULE": "benchmarks.settings_uncached"}
    cached = {**portal, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return {
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
    """Queries and requests per second of all four, once they have shown the same content."""
    servers = variants(portal, folder)
    pages = {name: _one_page(environment) for name, (_app, environment) in servers.items()}
    for name in servers:
        compare(pages["portal.uncached"]["content"], pages[name]["content"])
    figures = {f"queries.{name}": float(found["queries"]) for name, found in pages.items()}
    figures |= {f"words.{name}": float(found["words"]) for name, found in pages.items()}
    with ExitStack() as running:
        targets: dict[str, Target] = {}
        for name, (application, environment) in servers.items():
            port = running.enter_context(serving(application, environment))
            kept = "hit" if name == "portal.cached" else None
            targets[name] = Target(port, pages[name]["path"], TITLE.encode(), kept)
            rate(targets[name], WARM, 1)
        return figures | _rates(targets)


def _one_page(environment: Environment) -> Found:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.one_page", TITLE],
        env=dict(environment),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: Found = json.loads(done.stdout)
    return found


def _rates(targets: Mapping[str, Target]) -> dict[str, float]:
    """Median of alternating rounds, so that a busy moment falls on all servers alike."""
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, target in targets.items():
            for count in CONNECTIONS:
                rounds.setdefault(f"pages.{name}.{count}", []).append(
                    rate(target, REQUESTS[name], count)
                )
    return {name: statistics.median(values) for name, values in rounds.items()}

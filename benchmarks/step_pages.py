"""A step of the declaration, and a whole one, against plain Django forms of the same questions."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from html import unescape
from pathlib import Path
from typing import TypedDict

from benchmarks.declared import GROUP, HOUSE, MEMBERS, Typed, typed
from benchmarks.form_lines import CONNECTIONS
from benchmarks.pages import PEER, PORTAL, Environment, filled_peer
from benchmarks.visitor import Page, Visitor
from benchmarks.web import Target, WrongPageError, rate, serving

WARM = 10
ROUNDS = 3
REQUESTS = 60
CONSENT = {"filler": "self", "consent": "on"}
REVIEW = "xem-lai"

Done = Sequence[tuple[str, Typed]]


class Mounted(TypedDict):
    """What `mounted()` found, and where the peer has the same."""

    url: str
    commune: str
    asked: list[str]


def measure(portal: Environment, folder: Path) -> dict[str, float]:
    """Bytes and requests per second of both; each side must ask what the portal's step asks."""
    mount = _mounted(portal)
    servers = {"portal": (PORTAL, dict(portal)), "peer": (PEER, filled_peer(portal, folder))}
    with ExitStack() as running:
        ports = {
            name: running.enter_context(serving(application, environment))
            for name, (application, environment) in servers.items()
        }
        figures = _whole(ports, mount)
        steps = _steps(ports, mount)
        figures |= {f"bytes.step.{name}": float(page.bytes) for name, (_, page) in steps.items()}
        targets = {name: _targets(*step, mount) for name, step in steps.items()}
        return figures | _rates(targets)


def _mounted(portal: Environment) -> Mounted:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.forms_run", "mount"],
        env=dict(portal),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: Mounted = json.loads(done.stdout)
    return found


def _whole(ports: Mapping[str, int], mount: Mounted) -> dict[str, float]:
    """What the server sent for a declaration from the first page to the receipt."""
    ours, theirs = Visitor(ports["portal"]), Visitor(ports["peer"])
    review, done = _declare(ours, mount)
    ours.get(ours.send(review, {}))
    review = _repeat(theirs, done)
    theirs.get(theirs.send(review, {}))
    return {
        f"bytes.{what}.{name}": float(count)
        for name, visitor in (("portal", ours), ("peer", theirs))
        for what, count in (
            ("declaration", visitor.bodies),
            ("wire", visitor.bodies + visitor.headers),
        )
    }


def _steps(ports: Mapping[str, int], mount: Mounted) -> dict[str, tuple[Visitor, Page]]:
    """A visitor of each side with all pages behind them, back on the step that is measured."""
    ours, theirs = Visitor(ports["portal"]), Visitor(ports["peer"])
    _review, done = _declare(ours, mount)
    _repeat(theirs, done)
    steps = {
        "portal": (ours, ours.get(f"{mount['url']}khai/{HOUSE}/")),
        "peer": (theirs, theirs.get(f"/khai/{HOUSE}/")),
    }
    for name, (_visitor, page) in steps.items():
        text = unescape(page.text)
        missing = [words for words in mount["asked"] if words not in text]
        if missing:
            raise WrongPageError(f"{name}, {page.path}: not asked there: {'; '.join(missing)}")
    return steps


def _declare(visitor: Visitor, mount: Mounted) -> tuple[Page, Done]:
    """A household of four through all pages; its review, and what was sent on the way."""
    visitor.get(mount["url"])
    start = visitor.get(f"{mount['url']}khai/")
    visitor.get(visitor.send(start, CONSENT))
    path, members = f"{mount['url']}khai/noi-o/", 0
    done: list[tuple[str, Typed]] = []
    while True:
        page = visitor.get(path)
        step, *item = page.path.removeprefix(f"{mount['url']}khai/").strip("/").split("/")
        if step == REVIEW:
            return page, done
        if step == GROUP and not item:
            more = members < len(MEMBERS)
            path = f"{page.path}moi/" if more else visitor.send(page, {})
            members += more
            continue
        values = typed(step, members - 1 if item else None, mount["commune"])
        done.append(("/".join([step, *item]), values))
        path = visitor.send(page, values)


def _repeat(visitor: Visitor, done: Done) -> Page:
    """The same pages of the peer, which does not know what comes next."""
    for key, values in done:
        visitor.send(visitor.get(f"/khai/{key}/"), values)
    return visitor.get(f"/khai/{REVIEW}/")


def _targets(visitor: Visitor, page: Page, mount: Mounted) -> dict[str, Target]:
    headers, words = visitor.sent_headers(), mount["asked"][0].encode()
    body = visitor.body(page, typed(HOUSE, None, ""))
    return {
        "GET": Target(visitor.port, page.path, words, headers=headers),
        "POST": Target(visitor.port, page.path, b"", body=body, headers=headers, status=302),
    }


def _rates(sides: Mapping[str, Mapping[str, Target]]) -> dict[str, float]:
    """Median of alternating rounds after a warm-up, as for the article's page."""
    pairs = [
        (f"step.{method}.{name}", target)
        for name, targets in sides.items()
        for method, target in targets.items()
    ]
    for _name, target in pairs:
        rate(target, WARM, 1)
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        for name, target in pairs:
            for count in CONNECTIONS:
                rounds.setdefault(f"{name}.{count}", []).append(rate(target, REQUESTS, count))
    return {name: statistics.median(values) for name, values in rounds.items()}

"""Takes the pictures that `docs/mission.md` names: a seeded portal of its own, at three widths.

Everything lies in a temporary folder and is removed afterwards; the developer's own data in
`var/` is neither read nor changed. The pictures go to `var/screenshots/`: `NAME-phone.png`,
`NAME-tablet.png`, `NAME-desktop.png`; names after the command take these alone.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tools.serve import server_command
from tools.shots import (
    ARTICLE,
    BAD_ROWS,
    DESK,
    FORM,
    GOOD_ROWS,
    HEADINGS,
    PLAN,
    SHEET,
    SHOTS,
    WORKER,
    Shot,
    Who,
)

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "var" / "screenshots"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "tablet": {"width": 768, "height": 1024},
    "desktop": {"width": 1280, "height": 900},
}
SECONDS_TO_START = 240
TALLEST = 4000
ACCOUNT, PASSWORD = "quantri", "Demo-2026"  # nosec B105
SQLITE = "sqlite:///"
NOBODY_LISTENS = "http://127.0.0.1:9"


def main(arguments: Sequence[str] | None = None) -> int:
    """Build, serve, photograph, remove."""
    parser = argparse.ArgumentParser(prog="make screenshots", description=__doc__)
    names = [shot.name for shot in SHOTS]
    parser.add_argument("names", nargs="*", metavar="NAME", help="these pictures alone")
    wanted = parser.parse_args(arguments).names or names
    if unknown := sorted(set(wanted) - set(names)):
        parser.error(f"no such picture: {', '.join(unknown)}; there are {', '.join(names)}")
    with (
        _seeded() as environment,
        _served(environment) as base,
        _without_search(environment) as lost,
    ):
        TARGET.mkdir(parents=True, exist_ok=True)
        shots = [shot for shot in SHOTS if shot.name in wanted]
        for path in _photograph(shots, dict.fromkeys(Who, base) | {Who.OUTAGE: lost}):
            print(path.relative_to(ROOT))
    return 0


@contextmanager
def seeded_portal(migrated: Path | None = None) -> Iterator[str]:
    """The address of a portal with the demo in it, in files of its own; gone afterwards.

    `migrated` is an empty SQLite database with all tables, which saves making them.
    """
    with _seeded(migrated) as environment, _served(environment) as base:
        yield base


@contextmanager
def _seeded(migrated: Path | None = None) -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="portal-shots-") as folder:
        environment = _environment(Path(folder))
        if migrated:
            shutil.copy(migrated, environment["DATABASE_URL"].removeprefix(SQLITE))
        _manage(environment, "prepare_demo")
        yield environment


@contextmanager
def _without_search(environment: dict[str, str]) -> Iterator[str]:
    """The same portal, whose search engine is nowhere to be reached."""
    with _served(environment | {"ELASTICSEARCH_URL": NOBODY_LISTENS}) as base:
        yield base


def _environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"ELASTICSEARCH_URL", "CACHE_URL"}
    }
    return kept | {
        "PORTAL_DEMO": "1",
        "DATABASE_URL": f"{SQLITE}{folder / 'portal.sqlite3'}",
        "PORTAL_SEARCH_FILE": str(folder / "search.sqlite3"),
        "PORTAL_MEDIA_ROOT": str(folder / "media"),
        "PORTAL_PRIVATE_ROOT": str(folder / "private"),
    }


def _manage(environment: dict[str, str], command: str) -> None:
    subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=environment, check=True)


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = server_command("127.0.0.1", port)
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        _await(f"http://127.0.0.1:{port}/suc-khoe/live")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)


def _await(address: str) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310  # nosec B310
                return
        except OSError:  # nobody listens yet, or the first answer takes long
            time.sleep(0.2)
    raise SystemExit(f"{address} did not answer within {SECONDS_TO_START} s")


def _photograph(shots: list[Shot], bases: dict[Who, str]) -> Iterator[Path]:
    browser_path = os.environ.get("PORTAL_CHROMIUM") or shutil.which("chromium")
    if not browser_path:
        raise SystemExit("Chromium is missing: install it, or set PORTAL_CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path,
            args=["--disable-dev-shm-usage", "--lang=vi"],
            env={**os.environ, "LANGUAGE": "vi"},
        )
        staff = _context(browser, bases[Who.STAFF], "desktop")
        _log_in(staff)
        places = prepare_desk(staff)
        staff.close()
        for size in SIZES:
            yield from _all_of(browser, shots, bases, places, size)
        browser.close()


def _all_of(
    browser: Browser,
    shots: list[Shot],
    bases: dict[Who, str],
    places: dict[str, str],
    size: str,
) -> Iterator[Path]:
    contexts = {who: _context(browser, base, size) for who, base in bases.items()}
    _log_in(contexts[Who.STAFF])
    _begin_declaring(contexts[Who.HOUSEHOLD])
    _begin_sheet(contexts[Who.WORKER])
    for shot in shots:
        context = contexts[shot.who]
        if shot.cookie:
            cookie: Any = {"name": "hien-thi", "value": shot.cookie, "url": bases[shot.who]}
            context.add_cookies([cookie])
        yield _take(context, shot.path.format_map(places), f"{shot.name}-{size}")
        if shot.cookie:
            context.clear_cookies(name="hien-thi")


def _context(browser: Browser, base: str, size: str) -> BrowserContext:
    return browser.new_context(base_url=base, viewport=SIZES[size], locale="vi-VN")


def _log_in(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("/quan-tri/login/")
    page.locator("input[name=username]").fill(ACCOUNT)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.wait_for_url("**/quan-tri/")
    page.close()


def _consent(page: Page, form: str) -> None:
    page.goto(f"{form}khai/")
    page.locator("input[name=filler][value=self]").check()
    page.locator("#id_consent").check()
    page.locator(".go button").click()


def _begin_sheet(context: BrowserContext) -> None:
    """The person's page of the worker's sheet, so that the next one can be opened."""
    page = context.new_page()
    _consent(page, SHEET)
    page.goto(f"{SHEET}khai/nguoi-lao-dong/")
    for name, value in WORKER.items():
        page.locator(f"input[name={name}]").fill(value)
    page.locator("input[name=sex][value=female]").check()
    page.locator("input[name=residence][value=registered]").check()
    page.locator(".go button").click()
    page.wait_for_url("**/noi-o/")
    page.close()


def _begin_declaring(context: BrowserContext) -> None:
    """Consent, commune and village, so that the pages of the form can be opened."""
    page = context.new_page()
    _consent(page, FORM)
    page.goto(f"{FORM}khai/noi-o/")
    page.locator("#id_commune").fill("Tân Trào")
    page.locator(".go button").click()
    page.locator("#id_village").fill("Thôn Tân Lập")
    page.locator("input[name=permanent_same][value=yes]").check()
    page.locator(".go button").click()
    page.wait_for_url("**/thanh-vien/")
    page.close()


def prepare_desk(context: BrowserContext) -> dict[str, str]:
    """What the back office must hold before its pages are shown: addresses by name.

    A draft with its preview, a refused file, the keys of two pages; `context` is logged in.
    """
    preview = _uploaded(context, "Danh sách hộ nghèo xã Tân Trào", GOOD_ROWS)
    return {
        "preview": preview,
        "publish": preview.partition("nhap/")[0] + "dang/",
        "errors": _uploaded(context, "Danh sách còn lỗi", BAD_ROWS),
        "article": (article := _editor_of(context, ARTICLE)),
        "undo": article.replace("/pages/", "/hoan-tac/").removesuffix("edit/"),
        "document": _editor_of(context, PLAN),
    }


def _uploaded(context: BrowserContext, title: str, rows: Sequence[str]) -> str:
    """A new draft, filled from a file as an officer would; the address of the result."""
    page = context.new_page()
    page.goto(f"{DESK}tao/")
    page.locator("#id_title").fill(title)
    page.locator("main form button[type=submit]").click()
    table = "\n".join([HEADINGS, *rows]).encode("utf-8-sig")
    file: Any = {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": table}
    page.locator("main input[type=file]").set_input_files(file)
    page.locator("main form[enctype] button[type=submit]").click()
    page.wait_for_url("**/nhap/**")
    address = page.url
    page.close()
    return address


def _editor_of(context: BrowserContext, address: str) -> str:
    slug = address.strip("/").rpartition("/")[2]
    found = context.request.get(f"/quan-tri/api/main/pages/?slug={slug}").json()
    return f"/quan-tri/pages/{found['items'][0]['id']}/edit/"


def _take(context: BrowserContext, address: str, name: str) -> Path:
    page = context.new_page()
    page.goto(address, wait_until="networkidle")
    _unfold(page)
    path = TARGET / f"{name}.png"
    page.screenshot(path=path, full_page=True)
    page.close()
    return path


def _unfold(page: Page) -> None:
    """Pictures further down are loaded; what scrolls inside the back office is shown whole."""
    page.evaluate("document.querySelectorAll('img').forEach(each => { each.loading = 'eager' })")
    page.wait_for_load_state("networkidle")
    height = page.evaluate(
        "Math.max(...[...document.querySelectorAll('html, body, main, .content-wrapper')]"
        ".map(each => each.scrollHeight))"
    )
    size = page.viewport_size
    if size is not None and height > size["height"]:
        page.set_viewport_size({"width": size["width"], "height": min(height, TALLEST)})
        page.wait_for_timeout(200)


if __name__ == "__main__":
    sys.exit(main())

"""A table of old and new addresses, from CSV or XLSX into Wagtail's redirects, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

from portal.home import cache
from portal.home.old_addresses import LONGEST, is_safe, normal, own_hosts
from portal.tables import CellError, Column, TableRow, read_table

MOST_ROWS = 10_000
ERRORS_SHOWN = 200
COLUMNS = (
    Column("old", ("dia chi cu", "duong dan cu", "old address"), label="Địa chỉ cũ"),
    Column("new", ("dia chi moi", "duong dan moi", "new address"), label="Địa chỉ mới"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many rows were taken over, or why none was."""

    taken: int
    errors: tuple[CellError, ...]


@dataclass(frozen=True, slots=True)
class _Target:
    """A live page, which is followed when it moves, or an address."""

    page: int | None
    link: str


def import_addresses(path: Path) -> Outcome:
    """Read, check every row, and only then write; a row of an address that stands replaces it."""
    table = read_table(path, COLUMNS)
    errors = list(table.errors)
    if len(table.rows) > MOST_ROWS:
        sentence = _("The file has more than %(most)s rows; divide it.") % {"most": MOST_ROWS}
        errors.insert(0, CellError(table.sheet, None, "", sentence))
    if not errors:
        checker = _Checker(table.rows)
        errors = list(checker.errors())
        if not errors:
            _write(checker.targets)
            return Outcome(len(checker.targets), ())
    return Outcome(0, tuple(errors))


class _Checker:
    """What each row leads to, and what is wrong with it."""

    def __init__(self, rows: list[TableRow]) -> None:
        self.rows = rows
        self.hosts = own_hosts()
        self.site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
        self.pages = _pages_by_path()
        self.links: dict[str, str] = {}
        self.targets: dict[str, _Target] = {}

    def errors(self) -> Iterator[CellError]:
        """Every row by itself, then the chains that they make together and with the table."""
        seen: list[tuple[TableRow, str]] = []
        for row in self.rows:
            old, new = normal(row.cells["old"] or ""), (row.cells["new"] or "").strip()
            problem = self._problem(row, old, new)
            if problem is not None:
                yield problem
                continue
            seen.append((row, old))
            self.links[old] = normal(_local_part(new, self.hosts)) if self._is_own(new) else ""
            self.targets[old] = self._target(new)
        standing = _standing_links(self.hosts)
        for row, old in seen:
            if _turns_back(old, standing | self.links):
                yield _error(row, "new", _("The addresses lead back to the old one in a circle."))

    def _problem(self, row: TableRow, old: str, new: str) -> CellError | None:
        if old in {"", "/"} or len(old) > LONGEST:
            return _error(row, "old", _("No old address, or one of more than 255 letters."))
        if old in self.links:
            return _error(row, "old", _("The old address stands in an earlier row."))
        if not is_safe(new, self.hosts) or len(new) > LONGEST:
            sentence = _("Not a path of this portal and not an address under .gov.vn.")
            return _error(row, "new", sentence)
        return None

    def _is_own(self, new: str) -> bool:
        parts = urlsplit(new)
        return not parts.netloc or parts.hostname in self.hosts

    def _target(self, new: str) -> _Target:
        """A path of a page becomes the page itself; other paths get the host of the portal."""
        if not self._is_own(new):
            return _Target(None, new)
        local = _local_part(new, self.hosts)
        page = None if "?" in local else self.pages.get(normal(local))
        root = self.site.root_url if self.site else ""
        return _Target(page, "" if page else f"{root}{local}")


def _error(row: TableRow, name: str, sentence: str) -> CellError:
    return CellError(row.sheet, row.number, row.headings[name], sentence)


def _local_part(address: str, hosts: set[str]) -> str:
    parts = urlsplit(address)
    local = parts.hostname is None or parts.hostname in hosts
    return parts._replace(scheme="", netloc="").geturl() or "/" if local else ""


def _pages_by_path() -> dict[str, int]:
    """Live pages by the path of their address."""
    found = {}
    for page in Page.objects.live().filter(depth__gt=1).iterator():
        parts = page.get_url_parts()
        if parts is not None and parts[2]:
            found[normal(parts[2])] = page.pk
    return found


def _standing_links(hosts: set[str]) -> dict[str, str]:
    rows = Redirect.objects.exclude(redirect_link="").values_list("old_path", "redirect_link")
    return {old: normal(_local_part(link, hosts)) for old, link in rows}


def _turns_back(old: str, links: dict[str, str]) -> bool:
    """Whether following the table from an address comes to a place where it was before."""
    place, passed = old, set[str]()
    while place in links and place not in passed:
        passed.add(place)
        place = links[place]
    return place in passed


@transaction.atomic
def _write(targets: dict[str, _Target]) -> None:
    Redirect.objects.filter(old_path__in=list(targets), site=None).delete()
    Redirect.objects.bulk_create(
        (
            Redirect(old_path=old, redirect_page_id=target.page, redirect_link=target.link)
            for old, target in targets.items()
        ),
        batch_size=500,
    )
    cache.bump()

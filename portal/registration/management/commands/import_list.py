"""`import_list FILE --list SLUG`: rows of a list from a workbook or a CSV file.

Everything happens in one transaction: killed at any moment it leaves the list as it was, and a
second run ends as one that was not interrupted.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.jobs import clock
from portal.registration import services, window
from portal.registration.errors import RegistrationError, WindowError
from portal.registration.importer import ParsedList, read_list
from portal.registration.models import PublishedList
from portal.tables import CellError

State = PublishedList.State
SHOWN = 500
SLUG_SHOWN = 60


class Command(BaseCommand):
    """Reads a list; with row errors nothing is changed and the exit code is 1."""

    help = (
        "Replace the rows of a published list by those of an XLSX or CSV file with the columns "
        "“Họ và tên chủ hộ”, “Thôn” or “Tổ dân phố”, “Xã” or “Phường”, “Diện”. Prints the result "
        "as one line of JSON; progress and row errors go to stderr. With errors nothing changes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The names that stay."""
        parser.add_argument("file", type=Path, metavar="FILE", help="XLSX or CSV")
        parser.add_argument("--list", required=True, metavar="SLUG", help="address of the list")
        parser.add_argument("--create", metavar="TITLE", help="make the list when it is missing")
        parser.add_argument(
            "--from", dest="first", type=_day, metavar="DATE", help="default: today"
        )
        parser.add_argument(
            "--until",
            dest="last",
            type=_day,
            metavar="DATE",
            help="last day, included; default: three working days later",
        )
        parser.add_argument("--publish", action="store_true", help="show it in that window")
        parser.add_argument("--dry-run", action="store_true", help="check only, change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """One transaction; the parsed file first, since reading needs no lock."""
        try:
            _check_days(options)
            target = self._target(options["list"], options["create"])
            parsed = self._parsed(options["file"], target)
            with transaction.atomic():
                target = self._stored(target, parsed, options)
                if options["dry_run"]:
                    transaction.set_rollback(True)
        except RegistrationError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(json.dumps(_result(target, parsed, options), ensure_ascii=False))

    def _target(self, slug: str, title: str | None) -> PublishedList:
        field = PublishedList._meta.get_field("slug")
        try:
            field.run_validators(slug)
        except ValidationError as error:
            sentence = _(
                "--list: “%(slug)s” is no address: at most %(most)s letters, digits and hyphens."
            )
            values = {"slug": slug[:SLUG_SHOWN], "most": field.max_length}
            raise CommandError(sentence % values) from error
        known = PublishedList.objects.filter(slug=slug).first()
        if known is None and not (title and title.strip()):
            raise CommandError(
                _("There is no list “%(slug)s”; --create TITLE makes it.") % {"slug": slug}
            )
        return known or PublishedList(slug=slug, title=title or "")

    def _parsed(self, path: Path, target: PublishedList) -> ParsedList:
        if not path.is_file():
            raise CommandError(_("There is no file %(path)s.") % {"path": path})
        parsed = read_list(path, target, None)
        for heading in parsed.ignored:
            self.stderr.write(_("column not read: %(heading)s") % {"heading": heading})
        self._show(_("warning: %(line)s"), parsed.warnings)
        self._show(_("error: %(line)s"), parsed.errors)
        if parsed.errors:
            raise CommandError(_refusal(parsed))
        self.stderr.write(_("%(count)s households read") % {"count": len(parsed.rows)})
        return parsed

    def _show(self, sentence: str, problems: Sequence[CellError]) -> None:
        for problem in problems[:SHOWN]:
            self.stderr.write(sentence % {"line": _line(problem)})
        if more := len(problems[SHOWN:]):
            self.stderr.write(sentence % {"line": _("… and %(count)s more") % {"count": more}})

    def _stored(
        self, target: PublishedList, parsed: ParsedList, options: dict[str, Any]
    ) -> PublishedList:
        if target.pk is None:
            target = services.create_list(target.title, target.slug, None, None)
        target = services.import_rows(target, parsed.rows, None)
        if not options["publish"]:
            return target
        if target.state == State.DRAFT:
            first, last = window.default_days(options["first"])
            return services.publish_list(target, first, options["last"] or last, None)
        return services.keep_window(target, options["first"], options["last"], None)


def _check_days(options: dict[str, Any]) -> None:
    """Days that would change nothing are refused: who names them believes that they count."""
    first, last = options["first"], options["last"]
    if (first or last) and not options["publish"]:
        raise CommandError(_("--from and --until say when the list is shown; add --publish."))
    if first and last and last < first:
        raise WindowError


def _refusal(parsed: ParsedList) -> str:
    if any(problem.row is None for problem in parsed.errors):
        return _("The file was not taken in; nothing was changed.")
    count = {"count": len(parsed.errors)}
    return _("%(count)s errors in rows; nothing was changed.") % count


def _line(problem: CellError) -> str:
    """Sheet, row, column as far as they are known, then what is wrong."""
    row = _("row %(row)s") % {"row": problem.row} if problem.row else ""
    place = ", ".join(part for part in (problem.sheet, row, problem.column) if part)
    return f"{place}: {problem.message}" if place else problem.message


def _day(text: str) -> date:
    """`2026-11-24` or `24/11/2026`."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            found = datetime.strptime(text, form).replace(tzinfo=clock.ZONE).date()
        except ValueError:
            continue
        try:
            return window.reachable(found)
        except RegistrationError as error:
            raise ArgumentTypeError(str(error)) from error
    raise ArgumentTypeError(_("“%(text)s” is no date such as 24/11/2026.") % {"text": text})


def _result(target: PublishedList, parsed: ParsedList, options: dict[str, Any]) -> dict[str, Any]:
    until = target.visible_until
    return {
        "list": target.slug,
        "state": target.state,
        "rows": len(parsed.rows),
        "poor": target.total_poor,
        "near_poor": target.total_near_poor,
        "from": target.visible_from.astimezone(clock.ZONE).date().isoformat()
        if target.visible_from
        else None,
        "until": window.last_day(until).isoformat() if until else None,
        "ignored": list(parsed.ignored),
        "warnings": len(parsed.warnings),
        "dry_run": options["dry_run"],
    }

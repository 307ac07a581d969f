"""`score --standard NAME --area rural|urban ANSWERS.json [--json]`: a household's class and points.

Reads nothing but the file, asks neither clock nor database: the same answers give the same result.
"""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.registration import standards
from portal.registration.standards.checking import shown

STDIN = "-"
# More digits than any number of an answer has; the limits of the field refuse it by name.
MOST_DIGITS = 18
FACTS = ("members", "house")


class Command(BaseCommand):
    """Undecided is an answer (exit code 0); input that no household can give is refused."""

    help = (
        "Score a household. ANSWERS.json (- reads stdin) is an object with the keys “on” "
        "(reference day), “b1” (points, or answers by item), “members” and “house”, or "
        "“indicators” instead of these two; a missing key is unknown. --json prints one line of "
        "JSON; without it a short table. The first fault of the input goes to stderr, exit code 1."
    )
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The names that stay."""
        parser.add_argument("answers", metavar="ANSWERS.json", help="file, or - for stdin")
        parser.add_argument("--standard", required=True, metavar="NAME", help="such as vn-2022")
        parser.add_argument("--area", required=True, metavar="AREA", help="rural or urban")
        parser.add_argument("--table", type=Path, metavar="FILE", help="other table of B1 points")
        parser.add_argument("--json", action="store_true", help="one line of JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """The result alone on stdout."""
        try:
            standard = standards.get(options["standard"])
            if options["table"]:
                standard = standard.with_table(standards.load_table(options["table"]))
            area = _area(options["area"])
            answers = standards.check_answers(standard, _document(options["answers"]))
        except standards.StandardError as error:
            raise CommandError(str(error)) from error
        self._warn_of_unread(standard, answers)
        result = standards.score(standard, area, answers)
        if options["json"]:
            self.stdout.write(json.dumps(result.as_json(), ensure_ascii=False))
        else:
            self.stdout.write("\n".join(_table(standard, result, answers)))

    def _warn_of_unread(self, standard: standards.Standard, answers: dict[str, Any]) -> None:
        """Facts that a standard has no rules for change nothing, and whoever gave them is told.

        A standard without points decides nothing either way, and its result says so.
        """
        unread = [name for name in FACTS if name in answers]
        if unread and standard.points is not None and not standard.settings:
            sentence = _(
                "%(fields)s: %(standard)s has no rules for these facts, so they were left aside; "
                "give “indicators” instead."
            )
            values = {"fields": ", ".join(unread), "standard": standard.id}
            self.stderr.write(self.style.WARNING(sentence % values))


def _area(name: str) -> standards.Area:
    if name not in standards.AREAS:
        codes = ", ".join(standards.AREAS)
        raise CommandError(
            "--area: "
            + _("this answer is not possible; expected is one of %(codes)s.") % {"codes": codes}
        )
    return name


def _document(name: str) -> Any:
    """The input as JSON. A key that stands twice is refused: one of the two would be lost."""
    try:
        raw = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise CommandError(_("The file %(file)s cannot be opened.") % {"file": name}) from error
    try:
        return json.loads(
            raw.decode("utf-8-sig"),
            object_pairs_hook=_unique,
            parse_constant=_no_number,
            parse_int=_number,
        )
    except (ValueError, RecursionError) as error:
        if isinstance(error, standards.StandardError):
            raise
        place = _place(name, error)
        raise CommandError(_("This is not JSON in UTF-8: %(place)s") % {"place": place}) from error


def _place(name: str, error: Exception) -> str:
    """The file, and where it stops being JSON."""
    if not isinstance(error, json.JSONDecodeError):
        return name
    where = _("line %(line)s, column %(column)s") % {"line": error.lineno, "column": error.colno}
    return f"{name}, {where}"


def _number(text: str) -> int | float:
    return int(text) if len(text) <= MOST_DIGITS else float(text)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise standards.BadAnswersError(shown(key), _("this field stands twice."))
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise standards.BadAnswersError(text, _("this is not a number."))


def _table(
    standard: standards.Standard, result: standards.Result, answers: dict[str, Any]
) -> list[str]:
    """The summary, the intervals and one line per item and indicator."""
    language = get_language() or "vi"
    lines = [f"{standard.name.within(language)} ({standard.id}, {result.area})"]
    lines.append(standards.summary(result, 0).text)
    lines += [
        f"{name}: {_interval(value)}" for name, value in (("B1", result.b1), ("B2", result.b2))
    ]
    if result.illustrative and standard.table is not None:
        lines.append(standard.table.label.within(language))
    explained = standards.explain(standard, result.area, answers, language)
    width = max(len(line.label) for line in explained)
    for line in explained:
        points = _interval(line.points)
        lines.append(f"{line.part.upper()} {line.label:<{width}}  {points:>7}  {line.answer}")
    return lines


def _interval(points: tuple[int, int] | None) -> str:
    if points is None:
        return "–"
    low, high = points
    return str(low) if low == high else f"{low}–{high}"

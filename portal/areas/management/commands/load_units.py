"""Loads the administrative units of the country."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.areas.errors import UnitDataError
from portal.areas.services import DATA, load_units


class Command(BaseCommand):
    """`load_units [DIR]`: all or nothing, so a killed run leaves the units as they were.

    DIR holds five CSV files (see `portal/areas/data/README.md`); without it the project's own are
    taken. Running it again changes nothing. Faulty lines are named and end it with status 1.
    """

    help = "Load the administrative units from a folder of CSV files."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "folder",
            metavar="DIR",
            nargs="?",
            type=Path,
            default=DATA,
            help="folder of the CSV files (the project's own by default)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(_("%(folder)s is not a folder.") % {"folder": folder})
        self.stderr.write(_("Reading the units of %(folder)s …") % {"folder": folder.name})
        try:
            result = load_units(folder)
        except UnitDataError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "%(units)d units, %(successions)d successions, %(names)d other names: "
                "%(created)d created, %(changed)d changed, %(removed)d removed."
            )
            % {
                "units": result.units,
                "successions": result.successions,
                "names": result.names,
                "created": result.created,
                "changed": result.changed,
                "removed": result.removed,
            }
        )

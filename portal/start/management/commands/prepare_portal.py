"""Makes a fresh database a portal."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from portal.start.errors import StartError
from portal.start.services import prepare_portal


class Command(BaseCommand):
    """`prepare_portal`: all or nothing; running it again changes nothing but the site's address."""

    help = (
        "Make the home pages, the pages of the main menu, the site of PORTAL_BASE_URL and the "
        "groups. What stands already is left as it is. Run migrate and load_units first."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_BASE_URL and not settings.DEMO:
            raise CommandError(
                _("PORTAL_BASE_URL: needed, the address under which people reach the portal.")
            )
        try:
            prepared = prepare_portal()
        except StartError as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for name in prepared.made:
            self.stdout.write(_("made: %(name)s") % {"name": name})
        if not prepared.made:
            self.stdout.write(_("Nothing was missing."))

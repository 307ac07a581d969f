"""The one verb of the room: a fresh database becomes a portal; a prepared one stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import Page

from portal.areas.models import Level, Unit
from portal.areas.queries import unit_on
from portal.home.models import HomePage
from portal.jobs import clock
from portal.start.errors import StartError
from portal.start.groups import prepare_groups
from portal.start.permissions import name_permissions
from portal.start.site import prepare_site
from portal.start.tree import (
    english_of,
    make_english,
    make_home,
    name_roots,
    prepare_indexes,
    prepare_standing,
    standing_home,
)
from portal.start.words import english_values, vietnamese_values
from portal.workdays.services import enter_fixed_days


@dataclass(slots=True)
class Prepared:
    """What stands now; `made` names what was missing, in words for the operator."""

    home: HomePage
    english: HomePage
    indexes: dict[str, Page]
    groups: dict[str, Group]
    made: list[str] = field(default_factory=list)


def own_province() -> Unit:
    """The province of this portal today; it must be loaded before anything is named after it."""
    province = unit_on(settings.PROVINCE_CODE, clock.today())
    if province is None or province.level != Level.PROVINCE:
        raise StartError(
            _(
                "PORTAL_PROVINCE: no province in force has the code %(code)s; "
                "run `load_units` first."
            )
            % {"code": settings.PROVINCE_CODE}
        )
    return province


@transaction.atomic
def prepare_portal(
    vietnamese: dict[str, Any] | None = None, english: dict[str, Any] | None = None
) -> Prepared:
    """Home pages, index pages, site and groups; whatever stands is left as editors made it.

    The two dictionaries stand in for the plain values of home pages that are made now.
    """
    made: list[str] = []
    with translation.override("vi"):
        home = standing_home()
        if home is None:
            home = make_home(vietnamese or vietnamese_values(own_province()))
            made.append(_("home page"))
        foreign = english_of(home)
        if foreign is None:
            foreign = make_english(home, english or english_values(own_province()))
            made.append(_("English home page"))
        indexes, new = prepare_indexes(home)
        groups, given = prepare_groups([home, foreign])
        parts = {
            _("pages of the main menu"): bool(new),
            _("pages for organisation, schedule and guides"): bool(prepare_standing(home)),
            _("address of the site"): prepare_site(home),
            _("holidays that the law fixes"): bool(enter_fixed_days()),
            _("groups and their rights"): given,
            _("names of rights and roots"): bool(name_permissions() + name_roots()),
        }
    made += [name for name, changed in parts.items() if changed]
    return Prepared(home, foreign, indexes, groups, made)

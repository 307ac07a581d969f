"""Header, menu and imprint of a unit's own site, inside the portal's frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from wagtail.models import Page

from portal.home.base import is_surely_open
from portal.home.component_pages import ComponentHomePage

if TYPE_CHECKING:
    from portal.home.pages import HomePage

UNKNOWN = object()
LINES = ("agency", "licence_number", "responsible_person", "address", "telephone", "email")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the footer says; a unit's own lines, the portal's where the unit gives none."""

    name: str = ""
    agency: str = ""
    licence_number: str = ""
    responsible_person: str = ""
    address: str = ""
    telephone: str = ""
    email: str = ""
    attribution: str = ""
    copyright: str = ""


def component_of(request: HttpRequest) -> ComponentHomePage | None:
    """The unit whose site the request is in; asked of the pages on the way, read once."""
    kept = getattr(request, "portal_component", UNKNOWN)
    if kept is UNKNOWN:
        passed: list[Page] = getattr(request, "portal_crumbs", [])
        found = next((page for page in passed if page.specific_class is ComponentHomePage), None)
        kept = found.specific if found is not None else None
        request.portal_component = kept  # type: ignore[attr-defined]
    return kept if isinstance(kept, ComponentHomePage) else None


def menu_of(component: ComponentHomePage) -> list[Page]:
    """The live children that the unit's editors show in menus."""
    found = Page.objects.child_of(component).live().in_menu()
    return list(found.annotate(known_open=is_surely_open()).select_related("locale"))


def imprint_of(home: HomePage | None, component: ComponentHomePage | None) -> Imprint:
    """Line by line: the unit's, else the portal's."""
    if home is None:
        return Imprint()
    own = {name: getattr(home, name) for name in (*LINES, "attribution", "copyright")}
    name = home.portal_name or home.title
    if component is not None:
        own |= {line: value for line in LINES if (value := getattr(component, line))}
        name = component.title
    return Imprint(name=name, **own)

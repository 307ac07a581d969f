"""An article of a unit on the portal's own pages: a copy that names where it came from."""

from __future__ import annotations

from html import escape

from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import Page

from portal.areas.models import User
from portal.home import component_offers
from portal.home.component_pages import ComponentHomePage
from portal.news.models import ArticlePage


def take_over(page: ArticlePage, parent: Page, unit: ComponentHomePage, user: User) -> Page:
    """A draft in the section, with the unit as source and a link to the original below."""
    copy: ArticlePage = page.copy(
        to=parent,
        keep_live=False,
        copy_revisions=False,
        reset_translation_key=True,
        update_attrs={"slug": _free_slug(page.slug, parent)},
        user=user,
    )
    with override("vi"):
        copy.source = page.source or _("From %(unit)s") % {"unit": unit.title}
        words = _("Original on the site of %(unit)s") % {"unit": unit.title}
    link = f'<p><a linktype="page" id="{page.pk}">{escape(words)}</a></p>'
    copy.body.append(("paragraph", link))
    copy.save()
    copy.save_revision(user=user, clean=False)
    return copy


def _free_slug(wanted: str, parent: Page) -> str:
    taken = set(parent.get_children().values_list("slug", flat=True))
    return next(
        slug
        for slug in [wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3))]
        if slug not in taken
    )


def register() -> None:
    """Called once from the app's `ready()`."""
    component_offers.register(ArticlePage, "news.SectionPage", take_over)

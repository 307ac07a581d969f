"""What a component site has beside its pages: a group of editors, a place for files, a host."""

from __future__ import annotations

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Site,
)

from portal.home.component_models import ComponentSite
from portal.home.component_pages import ComponentHomePage
from portal.home.signals import SUBTREE
from search import outbox

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
FILE_RIGHTS = (
    "add_document",
    "change_document",
    "choose_document",
    "add_image",
    "change_image",
    "choose_image",
)
NAME_LENGTH = 150


@transaction.atomic
def settle(page_id: int) -> ComponentSite | None:
    """Make what the published page needs; today's row decides, not a draft in memory."""
    page = ComponentHomePage.objects.filter(pk=page_id).first()
    if page is None:
        return None
    made, _new = ComponentSite.objects.get_or_create(page=page)
    if page.live and made.editors is None:
        made.editors = _group(page)
        made.collection = made.collection or _collection(page)
        _give_rights(made.editors, page, made.collection)
    made.site = _site(page, made.site)
    made.save()
    return made


def _group(page: ComponentHomePage) -> Group:
    with override("vi"):
        name = _("Editors of %(unit)s") % {"unit": page.title}
    wanted = name[:NAME_LENGTH]
    if Group.objects.filter(name=wanted).exists():
        wanted = f"{wanted[: NAME_LENGTH - 12]} ({page.pk})"
    return Group.objects.create(name=wanted)


def _collection(page: ComponentHomePage) -> Collection:
    root = Collection.get_first_root_node()
    made: Collection = root.add_child(name=page.title[:255])
    return made


def _give_rights(group: Group, page: Page, collection: Collection) -> None:
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(entry)
    for right in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)
    for right in Permission.objects.filter(
        content_type__app_label__in=("wagtaildocs", "wagtailimages"), codename__in=FILE_RIGHTS
    ):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=collection, permission=right
        )


def _site(page: ComponentHomePage, site: Site | None) -> Site | None:
    """The record of the own host; without one every address of the unit is the portal's."""
    if not (page.live and page.host_name):
        if site is not None:
            site.delete()
            _read_again()
        return None
    main = Site.objects.filter(is_default_site=True).first()
    port = main.port if main else 80
    wanted = (page.host_name, port, page.title)
    if site is not None and (site.hostname, site.port, site.site_name) == wanted:
        return site
    site = site or Site(root_page=page)
    site.hostname, site.port, site.site_name = wanted
    site.save()
    _read_again()
    return site


def _read_again() -> None:
    """With a second host all addresses in the index are whole ones, and back without it."""
    for root in Page.objects.filter(depth=1):
        outbox.add(SUBTREE, root.pk)

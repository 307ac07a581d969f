"""The groups that every portal has, with their rights; members are given in the admin."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

EDITORS, OFFICERS = "Biên tập viên", "Cán bộ"
CONTRIBUTORS = "Cộng tác viên"
# What Wagtail's own migrations name in English, and what it is in this portal.
STOCK_GROUPS = {"Moderators": EDITORS, "Editors": CONTRIBUTORS}
STOCK_APPROVAL, APPROVAL = "Moderators approval", "Biên tập viên duyệt"
PAGE_RIGHTS = {
    EDITORS: ("add_page", "change_page", "publish_page"),
    CONTRIBUTORS: ("add_page", "change_page"),
}
# Wagtail asks for the rights of its own models, whatever model stands in for them.
FILE_RIGHTS = (
    "add_document",
    "change_document",
    "choose_document",
    "add_image",
    "change_image",
    "choose_image",
)
CODE_LISTS = ("issuer", "field", "documenttype")
NEWS_RIGHTS = ("view_statistics", "import_content")


def prepare_groups(homes: Iterable[Page]) -> tuple[dict[str, Group], bool]:
    """Editors, contributors and officers by name; whether anything had to be given to them."""
    before = _rights()
    renamed = _name_stock_groups()
    names = (*PAGE_RIGHTS, OFFICERS)
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in names}
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for group in groups.values():
        group.permissions.add(entry)
    for home in homes:
        _open_pages(groups, home)
    for name in PAGE_RIGHTS:
        _open_files(groups[name])
    lists = [f"{verb}_{model}" for verb in ("add", "change", "view") for model in CODE_LISTS]
    groups[EDITORS].permissions.add(
        *Permission.objects.filter(
            content_type__app_label="news", codename__in=[*lists, *NEWS_RIGHTS]
        ),
        Permission.objects.get(codename="publish_list"),
    )
    return groups, renamed or _rights() != before


def _rights() -> tuple[int, ...]:
    """How many rights are given to all groups: they are only ever added here."""
    given = (Group.permissions.through, GroupPagePermission, GroupCollectionPermission)
    return (Group.objects.count(), *(model._default_manager.count() for model in given))


def _name_stock_groups() -> bool:
    """Wagtail's two groups and its approval under Vietnamese names; their members stay in them.

    Their rights on the root of the tree go: nobody but administrators adds home pages.
    """
    changed = False
    for group in Group.objects.filter(name__in=STOCK_GROUPS):
        standing = Group.objects.filter(name=STOCK_GROUPS[group.name]).first()
        if standing is None:
            GroupPagePermission.objects.filter(group=group, page__depth=1).delete()
            group.name = STOCK_GROUPS[group.name]
            group.save()
        elif not group.user_set.exists():
            for task in GroupApprovalTask.objects.filter(groups=group):
                task.groups.add(standing)
            group.delete()
        else:
            continue
        changed = True
    for model in (Workflow, GroupApprovalTask):
        changed |= bool(model.objects.filter(name=STOCK_APPROVAL).update(name=APPROVAL))
    return changed


def _open_pages(groups: dict[str, Group], home: Page) -> None:
    for name, codenames in PAGE_RIGHTS.items():
        for permission in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=codenames
        ):
            GroupPagePermission.objects.get_or_create(
                group=groups[name], page=home, permission=permission
            )


def _open_files(editors: Group) -> None:
    rights = Permission.objects.filter(
        content_type__app_label__in=("wagtaildocs", "wagtailimages"), codename__in=FILE_RIGHTS
    )
    root = Collection.get_first_root_node()
    for permission in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=editors, collection=root, permission=permission
        )

"""The groups that every portal has, with their rights; members are given in the admin."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from portal.start.approval import prepare_approval
from portal.start.roles import (
    CONTRIBUTORS,
    EDITORS,
    MODERATORS,
    OFFICERS,
    ROLES,
    Role,
)

__all__ = ["CONTRIBUTORS", "EDITORS", "MODERATORS", "OFFICERS", "prepare_groups"]

# What Wagtail's own migrations name in English, and what it is in this portal.
STOCK_GROUPS = {"Moderators": EDITORS, "Editors": CONTRIBUTORS}


def prepare_groups(homes: Iterable[Page]) -> tuple[dict[str, Group], bool]:
    """All roles by name; whether anything had to be given to them.

    Only a group that is new gets the rights of its role: what an administrator took away from one
    that stands stays away.
    """
    before = _rights()
    renamed = _name_stock_groups()
    homes = list(homes)
    groups = {}
    for name, role in ROLES.items():
        group, made = Group.objects.get_or_create(name=name)
        groups[name] = group
        if made or not group.permissions.exists() or name in renamed:
            _open(group, role, homes)
    approval = prepare_approval(groups)
    return groups, bool(renamed) or approval or _rights() != before


def _open(group: Group, role: Role, homes: list[Page]) -> None:
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(entry, *_named(role.models))
    for right in _of_apps(role.pages, "wagtailcore"):
        for home in homes:
            GroupPagePermission.objects.get_or_create(group=group, page=home, permission=right)
    root = Collection.get_first_root_node()
    for right in _of_apps(role.files, "wagtaildocs", "wagtailimages", "wagtailcore"):
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=right
        )


def _named(names: tuple[str, ...]) -> list[Permission]:
    wanted = Q(pk__in=[])
    for name in names:
        app, _dot, codename = name.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    return list(Permission.objects.filter(wanted))


def _of_apps(codenames: tuple[str, ...], *apps: str) -> list[Permission]:
    found = Permission.objects.filter(content_type__app_label__in=apps, codename__in=codenames)
    return list(found)


def _rights() -> tuple[int, ...]:
    """How many rights are given to all groups: they are only ever added here."""
    given = (Group.permissions.through, GroupPagePermission, GroupCollectionPermission)
    return (Group.objects.count(), *(model._default_manager.count() for model in given))


def _name_stock_groups() -> set[str]:
    """Wagtail's two groups under Vietnamese names, without its own rights; members stay in them.

    Their rights on the root of the tree go: nobody but administrators adds home pages.
    """
    changed = set()
    for group in Group.objects.filter(name__in=STOCK_GROUPS):
        standing = Group.objects.filter(name=STOCK_GROUPS[group.name]).first()
        name = STOCK_GROUPS[group.name]
        if standing is None:
            GroupPagePermission.objects.filter(group=group, page__depth=1).delete()
            GroupCollectionPermission.objects.filter(group=group).delete()
            group.permissions.clear()
            group.name = name
            group.save()
        elif not group.user_set.exists():
            for task in GroupApprovalTask.objects.filter(groups=group):
                task.groups.add(standing)
            group.delete()
        else:
            continue
        changed.add(name)
    return changed

"""Names of rights: Django keeps them in the database, in English, as its migrations made them."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.utils.translation import gettext

VERBS = {"add": "Thêm", "change": "Sửa", "delete": "Xóa", "view": "Xem"}


def name_permissions() -> int:
    """Vietnamese names for all rights; how many had another one.

    Rights of rooms that come later are named when `prepare_portal` runs after their migrations.
    """
    changed = []
    for permission in Permission.objects.select_related("content_type"):
        name = _name(permission)
        if name != permission.name:
            permission.name = name
            changed.append(permission)
    Permission.objects.bulk_update(changed, ["name"], batch_size=200)
    return len(changed)


def _name(permission: Permission) -> str:
    """`Can add village` becomes “Thêm thôn, tổ dân phố”; others are looked up as they stand."""
    verb = permission.codename.partition("_")[0]
    model = permission.content_type.model_class()
    if permission.name.startswith(f"Can {verb} ") and verb in VERBS and model is not None:
        return f"{VERBS[verb]} {model._meta.verbose_name}"[:255]
    return gettext(permission.name)[:255]

"""Files of the demo under their own names, also after a run that died before its row was kept."""

from __future__ import annotations

from django.db.models import FileField

from portal.home.models import PortalDocument, PortalImage


def clear_the_way(instance: PortalDocument | PortalImage, name: str) -> None:
    """Remove a file that no row knows: the new one would get another name beside it."""
    field = type(instance)._meta.get_field("file")
    if not isinstance(field, FileField):
        return
    path = field.generate_filename(instance, name)
    known = type(instance)._default_manager.filter(file=path)
    if field.storage.exists(path) and not known.exists():
        field.storage.delete(path)

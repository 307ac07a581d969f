"""Uploaded lists in private storage: kept while the list is shown, deleted with its names."""

from __future__ import annotations

import logging

from portal.registration.models import ListImport

log = logging.getLogger(__name__)


def delete_uploads(list_id: int) -> None:
    """Delete the files of a list; one that cannot be deleted is tried again by the schedule."""
    imports = ListImport.objects.filter(published_list_id=list_id).exclude(upload="")
    for item in imports:
        try:
            item.upload.storage.delete(str(item.upload.name))
        except OSError as error:
            log.warning("import %s: its file could not be deleted: %s", item.pk, error.strerror)
            continue
        ListImport.objects.filter(pk=item.pk).update(upload="")

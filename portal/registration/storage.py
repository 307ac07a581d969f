"""Private files: no address serves them."""

from __future__ import annotations

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.utils.deconstruct import deconstructible


@deconstructible
class PrivateStorage(Storage):
    """The storage called `private`, asked for anew each time, as the settings name it now."""

    def delete(self, name: str) -> None:
        """No error when the file is gone already."""
        storages["private"].delete(name)

    def exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return storages["private"].exists(name)

    def size(self, name: str) -> int:
        """In bytes."""
        return storages["private"].size(name)

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        return storages["private"].open(name, mode)

    def _save(self, name: str, content: File[bytes]) -> str:
        return storages["private"].save(name, content)

"""Pictures of the portal's own pages for the guides; `make guides` takes them anew."""

from __future__ import annotations

from pathlib import Path

from django.core.files.base import ContentFile

from portal.demo.seeding.files import clear_the_way
from portal.home.models import PortalImage

FOLDER = Path(__file__).resolve().parents[1] / "data" / "guides"


def screen(name: str, step: str) -> PortalImage:
    """The picture of that name, taken in once, however many steps show it."""
    title = f"Ảnh màn hình: {name}"
    found: PortalImage | None = PortalImage.objects.filter(title=title).first()
    if found is None:
        file = ContentFile((FOLDER / f"{name}.webp").read_bytes(), name=f"{name}.webp")
        found = PortalImage(title=title, description=f"Màn hình của bước: {step}")
        clear_the_way(found, file.name or "")
        found.file.save(file.name, file, save=False)
        found.save()
    return found

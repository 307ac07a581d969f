"""The trust badge (Tín nhiệm mạng) in the footer: a local picture in one size."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from portal.home.models import PortalImage
from portal.home.pages import HomePage

SIZE = "max-320x128|format-webp"


@dataclass(frozen=True, slots=True)
class Badge:
    """What the footer shows."""

    url: str
    alt: str
    width: int
    height: int


def badge_of(home: HomePage | None) -> Badge | None:
    """The badge that an editor chose; it stands on every page and costs none of them a query."""
    image = home.badge_image if home else None
    return _rendered(image.pk, image.file.name) if image else None


@lru_cache(maxsize=64)
def _rendered(key: int, file_name: str) -> Badge | None:
    """Kept by the name of the file, which another picture never has."""
    image = PortalImage.objects.filter(pk=key).first()
    if image is None:
        return None
    small = image.get_rendition(SIZE)
    return Badge(small.url, image.description or image.title, small.width, small.height)

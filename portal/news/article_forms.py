"""What an editor is told while writing an article."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.home.base import PortalPageForm

GOING_OUT = {"action-publish", "action-submit"}


class ArticleForm(PortalPageForm):
    """A picture without words for those who cannot see it does not go out."""

    def clean(self) -> dict[str, Any]:
        """Errors on the field that holds the picture; a draft may wait for its words."""
        data: dict[str, Any] = super().clean()
        if GOING_OUT & set(self.data):
            for field, picture in pictures_in(data):
                if not picture.description.strip():
                    self.add_error(field, _nameless(picture))
        return data


def pictures_in(data: dict[str, Any]) -> list[tuple[str, Any]]:
    """The pictures of a form with their field; each once."""
    found = [("image", data.get("image"))]
    body = data.get("body") or []
    found += [("body", block.value.get("image")) for block in body if block.block_type == "image"]
    seen = {picture.pk: (field, picture) for field, picture in reversed(found) if picture}
    return list(seen.values())


def _nameless(picture: Any) -> str:
    return _(
        "The picture “%(title)s” has no description. Write it at the picture itself: what is to be "
        "seen on it, in one sentence."
    ) % {"title": picture.title}

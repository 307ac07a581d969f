"""Looking into the PDFs of a page: small images of their first pages, and large ones to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from wagtail.contrib.routable_page.models import path
from wagtail.models import Page

from portal.home.base import RoutableMixin
from portal.news import files
from search.files import Size

PICTURE_SECONDS = 24 * 60 * 60


def plain_render(
    page: Any, request: HttpRequest, template: str, more: dict[str, Any]
) -> TemplateResponse:
    """A part of a page that needs nothing of what stands around the whole page."""
    return TemplateResponse(request, template, Page.get_context(page, request) | more)


class PreviewsMixin(RoutableMixin):
    """A page with files; `file_relation` names them."""

    file_relation: ClassVar[str] = "attachments"

    @path("hinh/<slug:key>/<int:number>/", name="page_image")
    def page_image(self, request: HttpRequest, key: str, number: int) -> HttpResponseBase:
        """A small image of one of the first pages of a file; the reader alone keeps a copy."""
        return self._picture(key, number, Size.SMALL)

    @path("hinh/<slug:key>/<int:number>/lon/", name="large_page_image")
    def large_page_image(self, request: HttpRequest, key: str, number: int) -> HttpResponseBase:
        """The same, large enough to be read."""
        return self._picture(key, number, Size.LARGE)

    @path("xem/<slug:key>/", name="preview")
    def preview(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """The first pages of a file one below the other, without any script."""
        file = files.previewed(self, key)
        if file is None:
            raise Http404
        more = {"file": file, "beyond": file["pages"] - len(file["sheets"])}
        return plain_render(self, request, "news/file_preview.html", more)

    def _picture(self, key: str, number: int, size: Size) -> HttpResponseBase:
        found = files.picture(self, key, number, size)
        if found.path is None:
            return HttpResponse(status=404, headers={"Cache-Control": "private, no-store"})
        kept = {"Cache-Control": f"private, max-age={PICTURE_SECONDS}"}
        return FileResponse(found.path.open("rb"), content_type="image/webp", headers=kept)

"""Error reports without what people typed, whatever DEBUG says."""

from __future__ import annotations

from collections.abc import ItemsView
from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import ExceptionReporter, SafeExceptionReporterFilter

from portal.privacy.masking import mask_text


class PrivateReporterFilter(SafeExceptionReporterFilter):
    """Form data, cookies and local variables never stand in a report."""

    def is_active(self, request: HttpRequest | None) -> bool:
        """Always, also while developing: real files are opened there too."""
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        posted = getattr(request, "POST", None) or {}
        return dict.fromkeys(posted, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, Any]:
        return dict.fromkeys(request.COOKIES, self.cleansed_substitute)

    def get_safe_request_meta(self, request: HttpRequest) -> dict[str, Any]:
        """Headers without the query, which may hold a name somebody looked for."""
        meta: dict[str, Any] = super().get_safe_request_meta(request)
        hidden = ("QUERY_STRING", "HTTP_REFERER", "HTTP_COOKIE", "REQUEST_URI", "RAW_URI")
        for name in hidden:
            if name in meta:
                meta[name] = self.cleansed_substitute
        return meta


class PrivateReporter(ExceptionReporter):
    """The report itself: the error's words masked, the query left out."""

    def __init__(self, request: HttpRequest | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.filter = PrivateReporterFilter()

    def get_traceback_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().get_traceback_data()
        for name in ("exception_value", "exception_notes"):
            if name in data:
                data[name] = mask_text(str(data[name]))
        data["unicode_hint"] = ""
        if self.request is not None:
            data["request_GET_items"] = [
                (name, self.filter.cleansed_substitute) for name in self.request.GET
            ]
            data["request_insecure_uri"] = self.request.path
        for frame in data.get("frames", []):
            if frame.get("exc_cause"):
                frame["exc_cause"] = mask_text(str(frame["exc_cause"]))
        return data

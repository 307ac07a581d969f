"""A form on a page: what the engine needs to know of the page that mounts it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse

from portal.forms.registry import FormType
from portal.forms.walk import Spot
from portal.jobs import clock

Render = Callable[[str, dict[str, Any]], HttpResponse]


@dataclass(frozen=True, slots=True)
class Mount:
    """Address, window and look of the page; `render(template, context)` draws inside its frame."""

    form: FormType
    url: str
    page: int
    render: Render
    opens_at: datetime | None = None
    closes_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether forms may be begun and sent now."""
        now = clock.now()
        begun = self.opens_at is None or self.opens_at <= now
        return begun and (self.closes_at is None or now < self.closes_at)

    @property
    def is_over(self) -> bool:
        """Whether the window has passed, rather than not begun."""
        return self.closes_at is not None and self.closes_at <= clock.now()

    def to(self, path: str = "") -> str:
        """An address below the page."""
        return f"{self.url}{path}"

    def at(self, spot: Spot | None) -> str:
        """The address of a page of the form; `None` is the review."""
        return self.to(f"khai/{spot.key}/" if spot else "khai/xem-lai/")

"""A visitor of whom is written down what went wrong on the way."""

from __future__ import annotations

from playwright.sync_api import Page


class Reader:
    """A browser that writes down what went wrong on the way."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda message: self._said(message.text))

    def _asked(self, address: str) -> None:
        if not address.startswith((self.base, "data:", "blob:")):
            self.foreign.append(address)

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.complaints.append(text)

    def forget(self) -> None:
        """Begin as somebody else."""
        self.page.context.clear_cookies()
        self.foreign.clear()
        self.complaints.clear()

    def open(self, address: str) -> Page:
        """Load a page of the portal."""
        self.page.goto(address)
        return self.page

"""The words that a reader sees on a page, so that only pages of the same content are compared."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import zip_longest

UNSEEN = ("head", "script", "style")
# Parts that a tutorial has not, and lists that each side fills by its own rule.
OWN = {"tools", "to-top", "dialogue", "upkeep", "around", "views"}
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}
CONTENT = "main"


class DifferentPagesError(Exception):
    """Two pages that are to be compared say different things."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = dict.fromkeys((*UNSEEN, CONTENT), 0)
        self.words: list[str] = []
        self.content: list[str] = []
        self.inside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.open:
            self.open[tag] += 1
        own = OWN.intersection((dict(attrs).get("class") or "").split())
        if (self.inside or own) and tag not in VOID:
            self.inside += 1

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            self.open[tag] -= 1
        if self.inside and tag not in VOID:
            self.inside -= 1

    def handle_data(self, data: str) -> None:
        if any(self.open[tag] for tag in UNSEEN):
            return
        self.words += data.split()
        if self.open[CONTENT] and not self.inside:
            self.content += data.split()


def words(html: str) -> tuple[list[str], list[str]]:
    """The words of the content, and those of the whole page with header and footer."""
    reader = _Reader()
    reader.feed(html)
    return reader.content, reader.words


def compare(ours: list[str], theirs: list[str]) -> None:
    """Refuse to go on at the first word that differs, or when there is none."""
    if not ours:
        raise DifferentPagesError("the portal's page has no content")
    for place, (our, their) in enumerate(zip_longest(ours, theirs)):
        if our != their:
            before = " ".join(ours[max(0, place - 5) : place])
            raise DifferentPagesError(
                f"the pages differ after “{before}”: portal “{our}”, peer “{their}”"
            )

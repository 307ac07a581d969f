"""The HTML of an old portal as the blocks that articles are made of.

`nh3` takes out everything that runs or hides; what is left is cut into headings, paragraphs,
pictures and tables. Nothing of the old page's looks comes along.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

import nh3
from django.utils.html import strip_tags

INLINE = {"b", "strong", "i", "em", "a"}
LISTS = {"ul", "ol", "li"}
BLOCKS = {"p", "h3", "h4", "div", "blockquote"}
CELLS = {"td", "th"}
TAGS = {
    *(INLINE | LISTS | BLOCKS | CELLS),
    *("h1", "h2", "br", "hr", "img", "table", "thead", "tbody", "tr", "figure", "figcaption"),
}
WRITTEN_AS = {"strong": "b", "em": "i", "div": "p", "blockquote": "p"}
ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}}
SCHEMES = {"http", "https", "mailto", "tel"}
LONGEST_HEADING = 255


@dataclass(slots=True)
class OldPicture:
    """A picture that the old text showed, by the name of its file."""

    name: str
    alt: str = ""
    caption: str = ""


def blocks_of(html: str) -> list[tuple[str, Any]]:
    """(`heading`, text), (`paragraph`, markup), (`image`, `OldPicture`), (`table`, rows)."""
    cleaned = nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)
    cutter = _Cutter()
    cutter.feed(cleaned)
    cutter.close()
    cutter.flush()
    return cutter.blocks


class _Cutter(HTMLParser):
    """Walks through clean markup; `_open` are the tags of the paragraph that is being written."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[tuple[str, Any]] = []
        self._parts: list[str] = []
        self._open: list[tuple[str, str]] = []
        self._plain: list[str] | None = None
        self._rows: list[list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin what the tag stands for."""
        values = {name: value or "" for name, value in attrs}
        if tag == "img":
            self._picture(values)
        elif tag in {"h1", "h2", "figcaption"} and self._rows is None:
            self._break()
            self._plain = []
        elif tag == "table":
            self._break()
            self._rows = []
        elif self._rows is not None:
            self._table_tag(tag)
        elif self._plain is None:
            self._text_tag(tag, values)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        if tag in {"h1", "h2", "figcaption"} and self._rows is None:
            self._end_plain(tag)
        elif tag == "table" and self._rows is not None:
            rows = [row for row in self._rows if any(row)]
            self._rows, self._plain = None, None
            if rows:
                self.blocks.append(("table", rows))
        elif tag in CELLS and self._rows and self._plain is not None:
            self._rows[-1].append(" ".join("".join(self._plain).split()))
            self._plain = None
        elif self._rows is None and self._plain is None:
            self._close(WRITTEN_AS.get(tag, tag))

    def handle_data(self, data: str) -> None:
        """Text goes where the last tag said; loose text makes a paragraph."""
        if self._plain is not None:
            self._plain.append(data)
        elif self._rows is None and (self._open or data.strip()):
            if not self._open:
                self._begin("p", "")
            self._parts.append(escape(data, quote=False))

    def flush(self) -> None:
        """End the paragraph that is being written."""
        self._break()

    def _text_tag(self, tag: str, values: dict[str, str]) -> None:
        name = WRITTEN_AS.get(tag, tag)
        if tag == "hr":
            self._break()
        elif tag == "br":
            self._parts.append("<br/>" if self._open else "")
        elif tag in INLINE and (tag != "a" or values.get("href")):
            if not self._open:
                self._begin("p", "")
            link = f' href="{escape(values.get("href", ""))}"' if tag == "a" else ""
            self._begin(name, link)
        elif tag in BLOCKS:
            self._break()
            self._begin(name, "")
        elif tag in LISTS:
            if tag != "li" and not self._within("li"):
                self._break()
            self._begin(name, "")

    def _table_tag(self, tag: str) -> None:
        if tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in CELLS and self._rows:
            self._plain = []

    def _picture(self, values: dict[str, str]) -> None:
        name = PurePosixPath(unquote(urlsplit(values.get("src", "")).path)).name
        if not name:
            return
        kept = list(self._open)
        self._break()
        self.blocks.append(("image", OldPicture(name, " ".join(values.get("alt", "").split()))))
        for tag, link in kept:
            self._begin(tag, link)

    def _end_plain(self, tag: str) -> None:
        text = " ".join("".join(self._plain or []).split())
        self._plain = None
        last: tuple[str, Any] = self.blocks[-1] if self.blocks else ("", "")
        if tag == "figcaption" and last[0] == "image":
            last[1].caption = text[:300]
        elif text:
            self.blocks.append(("heading", text[:LONGEST_HEADING]))

    def _begin(self, tag: str, attributes: str) -> None:
        self._open.append((tag, attributes))
        self._parts.append(f"<{tag}{attributes}>")

    def _within(self, tag: str) -> bool:
        return any(name == tag for name, _attributes in self._open)

    def _close(self, tag: str) -> None:
        if not self._within(tag):
            return
        while self._open:
            name, _attributes = self._open.pop()
            self._parts.append(f"</{name}>")
            if name == tag:
                break
        if not self._open:
            self._break()

    def _break(self) -> None:
        """Close what is open; a paragraph without words is none."""
        self._parts += [f"</{name}>" for name, _attributes in reversed(self._open)]
        self._open = []
        markup, self._parts = "".join(self._parts).strip(), []
        if strip_tags(markup).strip():
            last = self.blocks[-1] if self.blocks else ("", "")
            if last[0] == "paragraph":
                self.blocks[-1] = ("paragraph", f"{last[1]}{markup}")
            else:
                self.blocks.append(("paragraph", markup))

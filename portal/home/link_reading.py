"""The links in a page's texts and choosers, read from what is stored, without a request."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

URL_NAMES = {"url", "link", "address"}


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` is page, document or address; `target` its number or the address as written."""

    kind: str
    target: str
    words: str = ""


def links_of(page: Page) -> list[Link]:
    """All links of a specific page, each once."""
    found: dict[Link, None] = {}
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            value = getattr(page, field.name)
            for child in value.raw_data if value else ():
                found.update(dict.fromkeys(_in_stream(field.stream_block, child)))
        elif isinstance(field, RichTextField):
            found.update(dict.fromkeys(in_html(str(getattr(page, field.name) or ""))))
    return list(found)


def _in_stream(block: Any, child: Any) -> Iterator[Link]:
    inner = block.child_blocks.get(child["type"])
    if inner is not None:
        yield from _in_block(inner, child["value"], child["type"])


def _in_block(block: Any, value: Any, name: str) -> Iterator[Link]:
    if isinstance(block, blocks.PageChooserBlock):
        yield from _chosen("page", value)
    elif isinstance(block, DocumentChooserBlock):
        yield from _chosen("document", value)
    elif isinstance(block, blocks.RichTextBlock):
        yield from in_html(str(value or ""))
    elif isinstance(block, blocks.StreamBlock | blocks.ListBlock | blocks.StructBlock):
        yield from _inside(block, value, name)
    elif name in URL_NAMES and value:
        yield Link("address", str(value).strip())


def _inside(block: Any, value: Any, name: str) -> Iterator[Link]:
    if isinstance(block, blocks.StreamBlock):
        for child in value or ():
            yield from _in_stream(block, child)
    elif isinstance(block, blocks.ListBlock):
        for child in value or ():
            inner = child["value"] if isinstance(child, dict) and "value" in child else child
            yield from _in_block(block.child_block, inner, name)
    else:
        for key, inner in block.child_blocks.items():
            yield from _in_block(inner, (value or {}).get(key), key)


def _chosen(kind: str, value: Any) -> Iterator[Link]:
    if value:
        yield Link(kind, str(value))


class _Anchors(HTMLParser):
    """The anchors of a rich text as Wagtail stores it."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, str, list[str]]] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag != "a":
            return
        self._inside = True
        kind = given.get("linktype", "")
        if kind in {"page", "document"}:
            self.found.append((kind, given.get("id", ""), []))
        else:
            self.found.append(("address", given.get("href", "").strip(), []))

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.found[-1][2].append(data)


def in_html(text: str) -> list[Link]:
    """The links of a rich text with their words."""
    if "<a" not in text:
        return []
    reader = _Anchors()
    reader.feed(text)
    return [Link(kind, target, "".join(words).strip()) for kind, target, words in reader.found]

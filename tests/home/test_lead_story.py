"""Which article leads the home page; no database is asked."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from portal.home import sources
from portal.home.blocks import LeadNewsBlock


def titles(monkeypatch: pytest.MonkeyPatch, *newest: tuple[str, object]) -> list[str]:
    """The block's titles in their order, of articles as (title, picture)."""
    articles = [SimpleNamespace(title=title, image=image) for title, image in newest]
    monkeypatch.setattr(sources, "items", lambda name, most, below: articles[:most])
    block = LeadNewsBlock()
    shown = block.get_context(block.to_python({"title": "", "most": 5}))
    return [article.title for article in shown["articles"]]


def test_the_newest_article_with_a_picture_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    found = titles(monkeypatch, ("a", None), ("b", "b.jpg"), ("c", "c.jpg"))
    assert found == ["b", "a", "c"]


def test_without_any_picture_the_newest_leads(monkeypatch: pytest.MonkeyPatch) -> None:
    assert titles(monkeypatch, ("a", None), ("b", None)) == ["a", "b"]

"""Queries composed once: the same rows as ever, for whatever values."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.models import QuerySet
from wagtail.models import Page

from portal.home.prepared import Prepared
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db


def of(title: str, *slugs: str) -> QuerySet[Page]:
    found: QuerySet[Page] = Page.objects.live().filter(title=title, slug__in=slugs).order_by("slug")
    return found


def test_the_rows_are_those_of_the_plain_query(portal: Portal) -> None:
    prepared = Prepared(of)
    for texts in [
        ("Tin tức", "tin-tuc"),
        ("Tin tức", "a"),
        ("Tin tức", "a", "tin-tuc"),
        ("'", "%s"),
    ]:
        assert prepared(*texts) == list(of(*texts))
    assert [page.pk for page in prepared("Tin tức", "tin-tuc")] == [portal.news.pk]


@pytest.mark.once
def test_it_is_composed_once_for_each_number_of_values(db: Any) -> None:
    composed = []
    prepared = Prepared(lambda *values: composed.append(values) or of(*values))  # type: ignore[func-returns-value]
    for values in ["ab", "cd", "abc", "def"]:
        prepared(*values)
    assert len(composed) == 2

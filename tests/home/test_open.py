"""Restricted pages stay out of lists, with everything below them and nothing beside them."""

from __future__ import annotations

import pytest
from django.db.models import Q
from wagtail.models import Page, PageViewRestriction

from portal.home.base import is_open
from portal.home.component_scope import of_the_portal
from portal.news.models import ArticlePage, SectionPage
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db


def close(page: Page) -> None:
    """Only people who have logged in may see the page."""
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def open_titles(portal: Portal) -> set[str]:
    """The titles below the news index that everybody may see."""
    return set(portal.news.get_descendants().filter(is_open()).values_list("title", flat=True))


@pytest.fixture
def two_sections(portal: Portal) -> Portal:
    """Two sections with an article each."""
    portal.article("Bài một")
    other = portal.news.add_child(instance=SectionPage(title="Kinh tế", slug="kinh-te"))
    other.add_child(instance=ArticlePage(title="Bài hai"))
    return portal


def test_without_restrictions_everything_is_open(two_sections: Portal) -> None:
    assert open_titles(two_sections) == {"Đời sống xã hội", "Bài một", "Kinh tế", "Bài hai"}


def test_a_closed_section_closes_its_articles_alone(two_sections: Portal) -> None:
    close(two_sections.section)
    assert open_titles(two_sections) == {"Kinh tế", "Bài hai"}


def test_a_closed_article_closes_nothing_above_it(two_sections: Portal) -> None:
    close(two_sections.section.get_children().get())
    assert open_titles(two_sections) == {"Đời sống xã hội", "Kinh tế", "Bài hai"}


def test_a_closed_home_page_closes_the_whole_tree(two_sections: Portal) -> None:
    close(two_sections.home)
    assert open_titles(two_sections) == set()


@pytest.mark.once
@pytest.mark.parametrize("condition", [is_open(), of_the_portal()], ids=["open", "of the portal"])
def test_bug_each_page_was_compared_with_every_other_page(portal: Portal, condition: Q) -> None:
    """SQLite turned the join in the condition round: four seconds among four thousand pages."""
    plan = Page.objects.filter(condition).explain()
    assert "SEARCH top USING INTEGER PRIMARY KEY" in plan
    assert "SCAN top" not in plan

"""Addresses: how a path becomes a page."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from wagtail.models import PageViewRestriction

from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]


def test_a_whole_path_costs_one_query_and_one_for_its_page(
    portal: Portal, rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    article = portal.article("Đường lên bản")
    with django_assert_num_queries(2):
        found = portal.home.route(rf.get("/"), ["tin-tuc", "doi-song-xa-hoi", "duong-len-ban"])
    assert found.page == article


def test_addresses_are_folded(portal: Portal, client: Client) -> None:
    portal.article("Đường lên bản: “Nghề dệt” năm 2024")
    response = client.get("/tin-tuc/doi-song-xa-hoi/duong-len-ban-nghe-det-nam-2024/")
    assert response.status_code == 200
    assert "Đường lên bản" in response.content.decode()


def test_a_draft_is_not_there(portal: Portal, client: Client) -> None:
    article = portal.article("Bản nháp")
    article.unpublish()
    assert client.get("/tin-tuc/doi-song-xa-hoi/ban-nhap/").status_code == 404


def test_a_subroute_of_a_routable_page(portal: Portal, client: Client) -> None:
    response = client.get("/tin-tuc/rss/")
    assert response["Content-Type"].startswith("application/rss+xml")


@pytest.mark.parametrize(
    "path", ["/gioi-thieu/khong-co/", "/khong-co/", "/tin-tuc/rss/them/", "/" + "a/" * 200]
)
def test_unknown_addresses_are_404(portal: Portal, client: Client, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "/tim-kiem/" in response.content.decode()


def test_a_routable_page_that_is_a_draft_hides_its_subroutes(
    portal: Portal, rf: RequestFactory
) -> None:
    portal.news.unpublish()
    with pytest.raises(Http404):
        portal.home.route(rf.get("/"), ["tin-tuc", "rss"])


def test_a_restricted_section_keeps_its_articles_to_itself(portal: Portal, client: Client) -> None:
    """Attack: asking for an article below a restricted page by its address or in lists."""
    portal.article("Chỉ nội bộ")
    PageViewRestriction.objects.create(
        page=portal.section, restriction_type=PageViewRestriction.LOGIN
    )
    login = client.get("/tin-tuc/doi-song-xa-hoi/chi-noi-bo/")["Location"]
    assert client.get(login).status_code == 200
    assert "Chỉ nội bộ" not in client.get("/tin-tuc/").content.decode()


def test_crumbs_name_the_way(portal: Portal, client: Client) -> None:
    portal.article("Một bài")
    html = client.get("/tin-tuc/doi-song-xa-hoi/mot-bai/").content.decode()
    assert 'href="/tin-tuc/doi-song-xa-hoi/"' in html


def test_a_foreign_host_is_refused_before_anything_is_kept(portal: Portal, client: Client) -> None:
    """Attack: a Host header that the portal does not serve."""
    assert client.get("/tin-tuc/", headers={"host": "ke-xau.example"}).status_code == 400

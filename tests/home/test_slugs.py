"""Addresses out of Vietnamese titles."""

from __future__ import annotations

import json
import re
import unicodedata
from functools import reduce
from typing import Any

import pytest
from django.test import Client

from portal.areas.models import User
from portal.home.models import StandardPage
from portal.home.slugs import VietnameseSlugInput, slugify_vi
from tests.home.trees import Portal

ALL = "Đường đến Nguyễn Thị Ớt ở Ỷ La, Hữu Lũng, Kỳ Sơn"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Đường", "duong"),
        ("đặc khu Phú Quốc", "dac-khu-phu-quoc"),
        ("167/KH-UBND", "167-kh-ubnd"),
        ("H'Mông", "hmong"),
        (unicodedata.normalize("NFD", "Đường lối"), "duong-loi"),
        ("“Trích” – dẫn…", "trich-dan"),
    ],
)
def test_letters_are_folded_never_lost(text: str, slug: str) -> None:
    assert slugify_vi(text) == slug


def test_long_titles_are_cut_at_a_word() -> None:
    slug = slugify_vi("quyết định " * 60)
    assert len(slug) <= 200
    assert slug.endswith(("quyet", "dinh"))


def test_the_editors_browser_folds_as_the_server_does() -> None:
    rules = json.loads(VietnameseSlugInput().attrs["data-w-slug-formatters-value"])
    folded = reduce(in_the_browser, rules, ALL)
    assert "-".join(re.findall(r"[a-z]+", folded.lower())) == slugify_vi(ALL)


def in_the_browser(text: str, rule: list[Any]) -> str:
    """What the editor's script makes of a text by one rule: [[pattern, flags], replacement]."""
    (pattern, flags), plain = rule
    assert "g" in flags
    return re.sub(pattern, plain, text)


@pytest.mark.django_db
def test_two_pages_of_one_title(portal: Portal) -> None:
    slugs = [portal.article("Đổi mới").slug for _page in range(2)]
    assert slugs == ["doi-moi", "doi-moi-2"]


@pytest.mark.django_db
def test_a_slug_typed_with_marks_is_folded_in_the_back_office(
    portal: Portal, client: Client
) -> None:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    path = f"/quan-tri/pages/add/home/standardpage/{portal.home.pk}/"
    data = {"title": "Liên hệ", "slug": "Liên hệ đó", "body-count": "0", "owner_name": ""}
    response = client.post(
        path,
        data | {"action-publish": "1", "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"},
    )
    assert response.status_code == 302
    assert StandardPage.objects.get(title="Liên hệ").slug == "lien-he-do"

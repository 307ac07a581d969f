"""The page that mounts a form, as editors, visitors and search see it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from portal.home.form_pages import FormPage
from portal.home.models import StandardPage
from portal.jobs import clock
from search.queries import ask
from tests.home.trees import Portal, plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    """The small portal."""
    return plant()


@pytest.fixture
def page(portal: Portal) -> FormPage:
    """The declaration of households on a page of its own."""
    made = FormPage(
        title="Rà soát hộ nghèo",
        slug="ra-soat",
        form="household",
        body=[("paragraph", "<p>Mang theo căn cước công dân.</p>")],
    )
    portal.home.add_child(instance=made)
    return made


def test_a_block_leads_from_any_page_into_the_form(
    portal: Portal, page: FormPage, client: Client
) -> None:
    block = ("start_form", {"page": page, "text": "Chỉ mất 15 phút.", "link_text": "Khai ngay"})
    guide = StandardPage(title="Hướng dẫn khai", slug="huong-dan-khai", body=[block])
    portal.home.add_child(instance=guide)
    shown = client.get("/huong-dan-khai/").content.decode()
    assert '<a class="button" href="/ra-soat/khai/">Khai ngay</a>' in shown
    page.unpublish()
    assert "/ra-soat/khai/" not in client.get("/huong-dan-khai/").content.decode()


def test_the_page_is_found_by_its_words(page: FormPage, drain: Callable[[], int]) -> None:
    drain()
    assert [hit.url for hit in ask("mang theo can cuoc").hits] == ["/ra-soat/"]


@pytest.mark.parametrize(("opens", "closes"), [(1, None), (-9, -1)], ids=["later", "over"])
def test_outside_of_its_window_the_page_stays_and_says_so(
    page: FormPage, client: Client, opens: int, closes: int | None
) -> None:
    now = clock.now()
    page.opens_at = now + timedelta(days=opens)
    page.closes_at = None if closes is None else now + timedelta(days=closes)
    page.save()
    assert 'href="/ra-soat/khai/"' not in client.get("/ra-soat/").content.decode()
    assert client.get("/ra-soat/khai/").status_code == 200
    assert client.post("/ra-soat/khai/", {"filler": "self", "consent": "on"}).status_code == 200


def test_a_window_that_ends_before_it_begins_is_refused(page: FormPage) -> None:
    form_class = page.get_edit_handler().get_form_class()
    now = clock.now()
    form = form_class(
        {
            "title": page.title,
            "slug": page.slug,
            "body-count": "0",
            "form": "household",
            "opens_at": now.strftime("%d/%m/%Y %H:%M"),
            "closes_at": (now - timedelta(days=1)).strftime("%d/%m/%Y %H:%M"),
        },
        instance=page,
    )
    assert "closes_at" in form.errors


def test_a_form_that_no_room_offers_any_more_is_a_404(page: FormPage, client: Client) -> None:
    FormPage.objects.update(form="khong-con")
    assert client.get("/ra-soat/").status_code == 404

"""A review round is found, and leads to where a household declares itself."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from portal.home.models import FormPage
from portal.registration.models import ReviewRound
from search.queries import ask
from tests.home.trees import plant

pytestmark = pytest.mark.django_db


@pytest.fixture
def form_page() -> FormPage:
    """Where the form of the review is."""
    page = FormPage(title="Rà soát", slug="ra-soat", form="household")
    plant().home.add_child(instance=page)
    return page


def found(words: str) -> list[tuple[str, str]]:
    """Title and address of what fits."""
    return [(hit.title, hit.url) for hit in ask(words).hits if hit.kind == "round"]


def test_a_round_is_found_changed_and_forgotten(
    form_page: FormPage, drain: Callable[[], int]
) -> None:
    row = ReviewRound.objects.create(
        title="Đợt rà soát định kỳ năm 2027",
        kind=ReviewRound.Kind.PERIODIC,
        standard="vn-2022",
        reference_day=date(2027, 9, 1),
        opens_on=date(2027, 9, 1),
        closes_on=date(2027, 12, 14),
    )
    drain()
    assert found("dot ra soat dinh ky") == [(row.title, "/ra-soat/")]
    row.title = "Đợt rà soát thường xuyên"
    row.save()
    drain()
    assert found("dot ra soat thuong xuyen") == [(row.title, "/ra-soat/")]
    form_page.unpublish()
    drain()
    assert found("dot ra soat") == []
    form_page.save_revision().publish()
    drain()
    assert found("dot ra soat") == [(row.title, "/ra-soat/")]
    row.delete()
    drain()
    assert found("dot ra soat") == []

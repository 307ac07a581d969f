"""Lists could be issued for any commune of the country: 3,336 were offered."""

from __future__ import annotations

import pytest

from portal.areas.models import Role, User
from portal.registration import services
from portal.registration.errors import NotAllowedError
from portal.registration.forms import ListForm
from tests.areas.builders import make_commune, make_officer, make_old_commune, make_province

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief() -> User:
    """An officer of the province, who sees everything of it."""
    return make_officer("canbo-tinh", Role.PROVINCE_OFFICER, make_province())


def test_a_list_is_offered_the_communes_of_the_province_only(chief: User) -> None:
    own = make_commune()
    make_commune("01273", "Thục Phán", province=make_province("04", "Cao Bằng"))
    make_old_commune("02550", "Tân Trào cũ", own)
    assert list(ListForm(chief).fields["unit"].queryset) == [own]  # type: ignore[attr-defined]


def test_an_administrator_is_offered_no_more() -> None:
    own = make_commune()
    make_commune("01273", "Thục Phán", province=make_province("04", "Cao Bằng"))
    admin = User.objects.create_superuser("quantri", "q@example.org")
    assert list(ListForm(admin).fields["unit"].queryset) == [own]  # type: ignore[attr-defined]


def test_a_commune_of_another_province_is_refused_by_the_service(chief: User) -> None:
    """Somebody posts the id of a unit that the form does not offer."""
    foreign = make_commune("01273", "Thục Phán", province=make_province("04", "Cao Bằng"))
    with pytest.raises(NotAllowedError):
        services.create_list("Danh sách", "danh-sach", foreign, chief)


def test_a_commune_that_has_ended_issues_nothing(chief: User) -> None:
    own = make_commune()
    old = make_old_commune("02550", "Tân Trào cũ", own)
    officer = make_officer("canbo", Role.COMMUNE_OFFICER, own)
    for user in (chief, officer):
        with pytest.raises(NotAllowedError):
            services.create_list("Danh sách", "danh-sach", old, user)
    assert services.create_list("Danh sách", "danh-sach", own, officer).unit == own

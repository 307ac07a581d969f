"""News of a unit is offered upward and taken over by the province with its source."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from wagtail.models import GroupPagePermission

from portal.areas.models import User
from portal.home import component_offers
from portal.home.component_models import NewsOffer
from portal.home.component_offers import OfferError
from portal.news.models import ArticlePage
from tests.home.trees import Portal
from tests.home.units import UnitSite, open_index, open_unit

pytestmark = pytest.mark.django_db
QUEUE = "/quan-tri/de-nghi-dang/"


@pytest.fixture
def unit(portal: Portal) -> UnitSite:
    """Xã Tân Trào."""
    return open_unit(open_index(portal.home), "Xã Tân Trào")


@pytest.fixture
def publisher(portal: Portal) -> User:
    """Somebody who publishes pages of the portal."""
    group = Group.objects.create(name="Xuất bản")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    for codename in ("add_page", "change_page", "publish_page"):
        right = Permission.objects.get(codename=codename, content_type__app_label="wagtailcore")
        GroupPagePermission.objects.create(group=group, page=portal.home, permission=right)
    user = User.objects.create_user("xuatban", last_name="Bàn", first_name="Mai")
    user.groups.add(group)
    return user


def enter(client: Client, user: User) -> Client:
    """At the desk."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_an_article_is_offered_and_taken_over_with_its_source(
    client: Client, portal: Portal, unit: UnitSite, publisher: User
) -> None:
    article = unit.article("Đường thôn mới", lead="Góp công", body=[("heading", "Mục")])
    article.tags.add("đường")
    article.save()
    editing = enter(client, unit.editor).get(f"/quan-tri/pages/{article.pk}/edit/")
    address = f"{QUEUE}trang/{article.pk}/"
    assert address in editing.content.decode()
    client.post(address, {"note": "Nhiều xã cần đọc"})
    offer = NewsOffer.objects.get()
    assert "Nhiều xã cần đọc" in enter(client, publisher).get(QUEUE).content.decode()
    answer = client.post(f"{QUEUE}{offer.pk}/lay/", {"section": portal.section.pk})
    copy = ArticlePage.objects.child_of(portal.section).get()
    assert answer["Location"] == f"/quan-tri/pages/{copy.pk}/edit/"
    assert not copy.live
    copy.get_latest_revision().publish()
    html = client.get("/tin-tuc/doi-song-xa-hoi/duong-thon-moi/").content.decode()
    assert "Xã Tân Trào" in html
    assert 'href="/don-vi/xa-tan-trao/tin-tuc/tin-trong-xa/duong-thon-moi/"' in html
    assert "đường" in copy.tags.names()
    offer.refresh_from_db()
    assert (offer.state, offer.taken_as_id) == ("taken", copy.pk)


def test_the_copy_stays_when_the_original_changes_or_goes(
    portal: Portal, unit: UnitSite, publisher: User
) -> None:
    article = unit.article("Đường thôn mới")
    offer = component_offers.offer(article, unit.editor, "")
    copy = component_offers.take_over(offer.pk, portal.section, publisher)
    copy.get_latest_revision().publish()
    article.unpublish()
    assert ArticlePage.objects.get(pk=copy.pk).live


def test_the_unit_reads_why_it_was_declined(
    client: Client, unit: UnitSite, publisher: User
) -> None:
    offer = component_offers.offer(unit.article("Chợ phiên"), unit.editor, "")
    enter(client, publisher).post(f"{QUEUE}{offer.pk}/tu-choi/", {"reason": "Chỉ cần trong xã"})
    shown = enter(client, unit.editor).get(f"{QUEUE}?trang-thai=declined").content.decode()
    assert "Chỉ cần trong xã" in shown
    again = component_offers.offer(offer.page.specific, unit.editor, "Có ảnh rồi")
    assert again.state == NewsOffer.State.WAITING


def test_an_answer_needs_a_reason_and_keeps_the_offer(
    client: Client, unit: UnitSite, publisher: User
) -> None:
    offer = component_offers.offer(unit.article("Chợ phiên"), unit.editor, "")
    answer = enter(client, publisher).post(f"{QUEUE}{offer.pk}/tu-choi/", {"reason": ""})
    assert answer.status_code == 200
    assert NewsOffer.objects.get().state == "waiting"


def test_a_page_is_offered_once_and_answered_once(
    portal: Portal, unit: UnitSite, publisher: User
) -> None:
    """Attack: two tabs answer the same offer, and two copies appear."""
    article = unit.article("Chợ phiên")
    offer = component_offers.offer(article, unit.editor, "")
    with pytest.raises(OfferError):
        component_offers.offer(article, unit.editor, "")
    component_offers.take_over(offer.pk, portal.section, publisher)
    with pytest.raises(OfferError):
        component_offers.take_over(offer.pk, portal.section, publisher)
    assert ArticlePage.objects.child_of(portal.section).count() == 1


def test_what_is_no_published_news_of_the_own_unit_is_not_offered(
    client: Client, portal: Portal, unit: UnitSite
) -> None:
    """Attack: an editor offers the province's own page, a draft, another unit's page."""
    other = open_unit(unit.home.get_parent().specific, "Xã Yên Sơn")
    draft = unit.article("Nháp", live=False)
    enter(client, unit.editor)
    for page in (portal.article("Tin tỉnh"), draft, other.article("Tin Yên Sơn"), unit.about):
        client.post(f"{QUEUE}trang/{page.pk}/", {"note": ""})
    assert not NewsOffer.objects.exists()


def test_a_unit_does_not_answer_offers_nor_see_those_of_others(
    client: Client, portal: Portal, unit: UnitSite
) -> None:
    """Attack: the editors of a unit take their own news over, and read what others offer."""
    other = open_unit(unit.home.get_parent().specific, "Xã Yên Sơn")
    foreign = component_offers.offer(other.article("Tin Yên Sơn"), other.editor, "")
    own = component_offers.offer(unit.article("Tin Tân Trào"), unit.editor, "")
    page = enter(client, unit.editor).get(QUEUE).content.decode()
    assert ("Tin Tân Trào" in page, "Tin Yên Sơn" in page) == (True, False)
    for offer in (own, foreign):
        client.post(f"{QUEUE}{offer.pk}/lay/", {"section": portal.section.pk})
        client.post(f"{QUEUE}{offer.pk}/tu-choi/", {"reason": "không"})
    assert set(NewsOffer.objects.values_list("state", flat=True)) == {"waiting"}
    with pytest.raises(OfferError):
        component_offers.take_over(own.pk, unit.section, unit.editor)


def test_the_queue_has_the_same_number_of_queries_for_one_and_for_fifty(
    client: Client, unit: UnitSite, publisher: User, django_assert_max_num_queries: object
) -> None:
    for number in range(12):
        component_offers.offer(unit.article(f"Tin {number}"), unit.editor, "")
    enter(client, publisher).get(QUEUE)
    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get(QUEUE)

"""Drafts for comment: a period by the calendar, comments within it, the answer after it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from portal.areas.models import User
from portal.dialogue.comments import services
from portal.dialogue.drafts import DraftFile, DraftIndexPage, DraftPage
from portal.dialogue.models import Comment
from portal.home.models import PortalDocument
from portal.jobs import clock
from tests.dialogue.conftest import WEDNESDAY, Visitor
from tests.home.trees import Portal

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PAGE, FORM = "/gop-y/nha-san/", "/y-kien/gop-y/nha-san/"
TODAY = WEDNESDAY.date()


def draft(
    first: date = TODAY, last: date = TODAY + timedelta(days=9), **values: object
) -> DraftPage:
    """A draft with a period."""
    data = {"title": "Dự thảo về nhà sàn", "slug": "nha-san", "agency": "Sở Văn hóa", "lead": "Tóm"}
    return DraftPage(opens_on=first, closes_on=last, **{**data, **values})


@pytest.fixture
def index(portal: Portal) -> DraftIndexPage:
    """The list of drafts."""
    page = DraftIndexPage(title="Góp ý dự thảo", slug="gop-y", show_in_menus=True)
    portal.home.add_child(instance=page)
    return page


def test_comments_are_taken_within_the_period_alone(
    index: DraftIndexPage, visitor: Visitor, moderator: User
) -> None:
    index.add_child(instance=draft())
    assert visitor.send(FORM, name="An", text="Nên giữ mái cọ.").status_code == 302
    services.decide(moderator, [Comment.objects.get().pk], approve=True)
    assert "Nên giữ mái cọ." in visitor.client.get(PAGE).content.decode()
    seal = visitor.seal(FORM)
    with clock.frozen(WEDNESDAY + timedelta(days=9)):
        assert f'href="{FORM}#viet"' in visitor.client.get(PAGE).content.decode()
    with clock.frozen(WEDNESDAY + timedelta(days=10)):
        page = visitor.client.get(PAGE).content.decode()
        assert f'href="{FORM}#viet"' not in page
        assert "Nên giữ mái cọ." in page
        assert _("This page takes no comments now.") in visitor.client.get(FORM).content.decode()
    with clock.frozen(WEDNESDAY - timedelta(days=1)):
        assert f'href="{FORM}#viet"' not in visitor.client.get(PAGE).content.decode()
    late = WEDNESDAY + timedelta(days=9, hours=14, minutes=59, seconds=55)
    with clock.frozen(late):
        seal = visitor.seal(FORM)
        answer = visitor.send(FORM, seal=seal, name="An", text="Muộn mất rồi")
    assert "Muộn mất rồi" in answer.content.decode()
    assert Comment.objects.count() == 1


def test_the_list_says_where_each_stands_the_open_ones_first(
    index: DraftIndexPage, visitor: Visitor
) -> None:
    day = timedelta(days=1)
    for title, first, last in (
        ("Đã qua", TODAY - 9 * day, TODAY - day),
        ("Sắp tới", TODAY + day, TODAY + 9 * day),
        ("Đang lấy", TODAY - day, TODAY),
    ):
        index.add_child(instance=draft(first, last, title=title, slug=""))
    page = visitor.client.get("/gop-y/").content.decode()
    assert page.index("Đang lấy") < page.index("Sắp tới") < page.index("Đã qua")
    for state in ("open for comments", "comments from later on", "consultation over"):
        assert page.count(_(state)) == 1


def test_text_files_and_the_answer_to_the_comments_are_shown(
    index: DraftIndexPage, visitor: Visitor
) -> None:
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-1.4", "du-thao.pdf"))
    page = draft(body=[("paragraph", "<p>Điều 1</p>")], outcome=[("paragraph", "<p>Đã nhận</p>")])
    page.files = [DraftFile(document=file, label="Toàn văn")]
    index.add_child(instance=page)
    shown = visitor.client.get(PAGE).content.decode()
    assert all(text in shown for text in ("Điều 1", "Đã nhận", "Toàn văn"))


def test_the_file_of_an_unpublished_draft_is_private(
    index: DraftIndexPage, visitor: Visitor
) -> None:
    """Attack: somebody guesses the address of a file before the draft is out."""
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-1.4", "mat.pdf"))
    page = draft(live=False)
    page.files = [DraftFile(document=file)]
    index.add_child(instance=page)
    assert visitor.client.get(file.url).status_code == 404
    page.save_revision().publish()
    assert visitor.client.get(file.url).status_code == 200


def test_the_last_day_comes_after_the_first() -> None:
    with pytest.raises(ValidationError) as refusal:
        draft(TODAY, TODAY - timedelta(days=1)).clean()
    assert set(refusal.value.message_dict) == {"closes_on"}

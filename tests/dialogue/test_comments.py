"""Comments: from the public form to the page, and what keeps floods and tricks away from it."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import PageViewRestriction

from portal.areas.models import User
from portal.dialogue.comments import services
from portal.dialogue.comments.models import Comment, DialogueSettings, Thread
from portal.dialogue.comments.rooms import room_of
from portal.dialogue.errors import FullError, NotAllowedError
from portal.jobs import clock
from portal.news.models import ArticlePage
from tests.dialogue.conftest import WEDNESDAY, Visitor, desk

pytestmark = [pytest.mark.once, pytest.mark.django_db]
PAGE = "/tin-tuc/doi-song-xa-hoi/hop-thon/"
FORM = f"/y-kien{PAGE}"
QUEUE = "/quan-tri/y-kien/"
DECIDE = f"{QUEUE}quyet-dinh/"
TYPED = {"name": "Ma Thị Đức", "text": "Thôn tôi họp rất đông."}


@pytest.fixture(autouse=True)
def _article(article: ArticlePage) -> None:
    """Every test is about its comments."""


def waiting(
    text: str = "Thôn tôi họp rất đông.", name: str = "Ma Thị Đức", **values: Any
) -> Comment:
    """A comment as it lies in the queue."""
    page = values.pop("page", None) or ArticlePage.objects.get()
    return Comment.objects.create(
        page_id=page.pk,
        key=uuid.uuid4(),
        name=name,
        text=text,
        words=services.words_of(name, text),
        sent_at=clock.now(),
    )


def shown(visitor: Visitor, place: str = PAGE) -> str:
    """A page as the public sees it."""
    return str(visitor.client.get(place).content.decode())


def test_bug_a_moderators_first_page_said_nothing_and_led_to_a_closed_door() -> None:
    """It was empty but for a search of pages, which is not a moderator's to use."""
    user = User.objects.create_user("kiem-duyet")
    rights = Permission.objects.filter(codename__in=("access_admin", "moderate_comment"))
    user.user_permissions.set(rights)
    client = desk(user)
    waiting()
    page = client.get("/quan-tri/")
    panel = page.content.decode().partition("portal-waiting")[2].partition("</section>")[0]
    assert f'href="{QUEUE}"' in panel
    assert "<td>1</td>" in panel
    assert 'href="/quan-tri/lich-dang/"' not in panel
    assert 'role="search"' not in page.content.decode()


def test_a_comment_waits_and_shows_at_once_when_it_is_approved(
    visitor: Visitor, moderator: User
) -> None:
    assert TYPED["text"] not in shown(visitor)
    answer = visitor.send(FORM, **TYPED)
    assert answer["Location"] == f"{FORM}da-gui/"
    assert _("Thank you for your comment") in shown(visitor, answer["Location"])
    reader = Visitor("203.0.113.8")
    assert TYPED["text"] not in shown(reader)
    assert reader.client.get(PAGE)["X-Cache"] == "hit"
    key = Comment.objects.get().pk
    desk(moderator).post(DECIDE, {"one": f"approve:{key}"})
    page = shown(reader)
    assert TYPED["text"] in page
    assert TYPED["name"] in page
    assert "(1)" in page


def test_what_is_taken_down_is_gone_at_once(visitor: Visitor, moderator: User) -> None:
    comment = waiting()
    services.decide(moderator, [comment.pk], approve=True)
    assert comment.text in shown(visitor)
    services.decide(moderator, [comment.pk], approve=False, reason="personal")
    assert comment.text not in shown(visitor)
    assert Thread.objects.get().comment_count == 0


def test_the_kept_page_carries_no_form_and_nothing_of_a_visitor(visitor: Visitor) -> None:
    page = shown(visitor)
    assert f'href="{FORM}#viet"' in page
    assert "csrfmiddlewaretoken" not in page
    assert 'method="post"' not in page
    assert visitor.client.get(PAGE)["X-Cache"] == "hit"
    assert "no-store" in visitor.client.get(FORM)["Cache-Control"]


def test_markup_in_name_and_comment_is_text(visitor: Visitor, moderator: User) -> None:
    """Attack: a script in a comment, and one in the name, both approved by mistake."""
    text, name = "<script>alert(1)</script> <b>đậm</b>", "<img src=x onerror=alert(1)>"
    visitor.send(FORM, name=name, text=text)
    queue = desk(moderator).get(QUEUE).content.decode()
    services.decide(moderator, [Comment.objects.get().pk], approve=True)
    for page in (queue, shown(visitor), shown(visitor, FORM)):
        assert escape(text) in page
        assert escape(name) in page
        assert text not in page
        assert name not in page


@pytest.mark.parametrize(
    ("values", "after", "sentence"),
    [
        ({"website": "http://spam.example"}, 10, "The last field is a trap for programs"),
        ({}, 1, "That was very quick."),
        ({}, 13 * 3600, "The form was open for too long."),
        ({"seal": "nobody:made:this"}, 10, "The form was open for too long."),
        ({"name": " "}, 10, "Write the name that is to be shown."),
    ],
)
def test_traps_and_mistakes_store_nothing_and_keep_what_was_typed(
    visitor: Visitor, values: dict[str, str], after: float, sentence: str
) -> None:
    """Attack: a program fills every field, sends within a second, or makes up its own seal."""
    answer = visitor.send(FORM, after=after, **(TYPED | values)).content.decode()
    whole = next(each for each in SENTENCES if each.startswith(sentence))
    assert _(whole) in answer
    assert TYPED["text"] in answer
    assert not Comment.objects.exists()


SENTENCES = (
    "The last field is a trap for programs and must stay empty.",
    "That was very quick. Look over it once more, then send it.",
    "The form was open for too long. Please send it once more.",
    "Write the name that is to be shown.",
)


def test_a_form_that_was_open_too_long_can_be_sent_again(visitor: Visitor) -> None:
    refused = visitor.send(FORM, after=13 * 3600, **TYPED).content.decode()
    with clock.frozen(WEDNESDAY + timedelta(hours=13)):
        seal = refused.partition('name="seal" value="')[2].partition('"')[0]
        assert visitor.send(FORM, seal=seal, **TYPED).status_code == 302


def test_a_comment_of_too_many_letters_is_told_the_numbers(visitor: Visitor) -> None:
    answer = visitor.send(FORM, name="An", text="ễ" * 3001).content.decode()
    assert "3001" in answer
    assert "3000" in answer
    assert not Comment.objects.exists()


def test_control_characters_and_line_ends_are_tidied(visitor: Visitor) -> None:
    visitor.send(FORM, name="An\u202e", text="Một\r\nhai\x07\x00")
    comment = Comment.objects.get()
    assert (comment.name, comment.text) == ("An", "Một\nhai")


def test_a_replayed_form_is_one_comment(visitor: Visitor) -> None:
    """Attack, and a double click: the same form sent again, with another text the second time."""
    seal = visitor.seal(FORM)
    for text in ("Một", "Hai", "Ba"):
        assert visitor.send(FORM, seal=seal, name="An", text=text).status_code == 302
    assert [comment.text for comment in Comment.objects.all()] == ["Một"]


def test_one_network_address_sends_five_in_a_quarter_of_an_hour(visitor: Visitor) -> None:
    """Attack: somebody keeps sending from one address."""
    for number in range(5):
        assert visitor.send(FORM, name="An", text=f"Lần {number}").status_code == 302
    sixth = visitor.send(FORM, name="An", text="Lần thứ sáu")
    assert sixth.status_code == 429
    assert "Lần thứ sáu" in sixth.content.decode()
    assert Visitor("203.0.113.9").send(FORM, **TYPED).status_code == 302
    with clock.frozen(WEDNESDAY + timedelta(minutes=16)):
        assert visitor.send(FORM, name="An", text="Sau đó").status_code == 302
    assert not Comment.objects.filter(text="Lần thứ sáu").exists()


def test_a_flood_neither_publishes_nor_slows_pages(settings: Any, visitor: Visitor) -> None:
    """Attack: a thousand comments from a thousand addresses."""
    settings.PAGE_CACHE_SECONDS = 0
    shown(visitor)
    with CaptureQueriesContext(connection) as before:
        shown(visitor)
    room = room_of(ArticlePage.objects.get())
    assert room is not None
    full = 0
    for number in range(1000):
        try:
            services.send_comment(room, uuid.uuid4(), "Máy", f"Mua đi {number}", f"a{number}")
        except FullError:
            full += 1
    assert Comment.objects.count() == services.MOST_WAITING
    assert full == 1000 - services.MOST_WAITING
    with CaptureQueriesContext(connection) as after:
        page = shown(visitor)
    assert "Mua đi" not in page
    assert len(after) == len(before) <= 12


def test_a_thousand_shown_comments_cost_no_more_queries(
    settings: Any, visitor: Visitor, moderator: User
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    one = waiting("Số 0")
    rows = [
        Comment(
            page_id=one.page_id, key=uuid.uuid4(), name="An", text=f"Số {n}", sent_at=clock.now()
        )
        for n in range(1, 1000)
    ]
    Comment.objects.bulk_create(rows)
    services.decide(moderator, Comment.objects.values_list("pk", flat=True), approve=True)
    shown(visitor)
    for place in (PAGE, FORM):
        with CaptureQueriesContext(connection) as spent:
            page = shown(visitor, place)
        assert len(spent) <= 12
    assert page.count("Số ") == 50
    assert _("All comments") in shown(visitor)


def test_comments_are_switched_off_for_a_page_and_for_the_portal(
    visitor: Visitor, moderator: User
) -> None:
    comment = waiting()
    services.decide(moderator, [comment.pk], approve=True)
    switch = f"{QUEUE}trang/{comment.page_id}/"
    desk(moderator).post(switch, {"on": "0"})
    assert f'href="{FORM}#viet"' not in shown(visitor)
    assert comment.text in shown(visitor)
    assert _("This page takes no comments now.") in shown(visitor, FORM)
    desk(moderator).post(switch, {"on": "1"})
    seal = visitor.seal(FORM)
    DialogueSettings.objects.create(comments_open=False)
    assert f'href="{FORM}#viet"' not in shown(visitor)
    late = visitor.send(FORM, seal=seal, **TYPED).content.decode()
    assert TYPED["text"] in late
    assert Comment.objects.count() == 1


def test_pages_that_nobody_sees_take_no_comments(visitor: Visitor, article: ArticlePage) -> None:
    """Attack: somebody guesses the address of a page that is restricted or not published."""
    for place in (
        "/y-kien/tin-tuc/",
        "/y-kien/khong-co/",
        "/y-kien/../",
        "/y-kien/%00/",
        "/danh-gia/gioi-thieu/",
    ):
        assert visitor.client.get(place).status_code == 404
    restriction = PageViewRestriction.objects.create(page=article, restriction_type="login")
    assert visitor.client.get(FORM).status_code == 404
    restriction.delete()
    article.unpublish()
    assert visitor.client.get(FORM).status_code == 404
    assert visitor.client.post(FORM, TYPED).status_code == 404


def test_a_moderator_decides_on_many_at_once(moderator: User) -> None:
    browser = desk(moderator)
    rows = [waiting(f"Số {number}") for number in range(3)]
    keys = [row.pk for row in rows[:2]]
    none = browser.post(DECIDE, {"all": "refuse", "comments": keys})
    assert _("Choose the reason of the refusal.") in none.content.decode()
    assert none.content.decode().count(" checked") == 2
    assert browser.get(f"{DECIDE}?trang=2")["Location"] == f"{QUEUE}?trang=2"
    assert not Comment.objects.exclude(state="waiting").exists()
    browser.post(DECIDE, {"all": "refuse", "comments": keys, "reason": "advertising"})
    states = [row.state for row in Comment.objects.order_by("pk")]
    assert states == ["refused", "refused", "waiting"]
    left = browser.get(QUEUE).content.decode()
    assert "Số 2" in left
    assert "Số 0" not in left
    assert "Số 0" in browser.get(f"{QUEUE}?trang-thai=refused&q=so+0").content.decode()


def test_the_queue_has_keys_and_works_without_them(moderator: User) -> None:
    waiting()
    queue = desk(moderator).get(QUEUE).content.decode()
    assert "portal/js/moderation" in queue
    assert "data-row" in queue
    assert 'value="approve:' in queue


def test_a_decision_comes_back_to_the_same_queue(moderator: User) -> None:
    comment = waiting()
    browser = desk(moderator)
    queue = browser.get(f"{QUEUE}?q=thon").content.decode()
    for name, value in (("trang-thai", "waiting"), ("q", "thon")):
        assert f'<input type="hidden" name="{name}" value="{value}">' in queue
    sent = {"one": f"approve:{comment.pk}", "trang-thai": "waiting", "q": "thon"}
    assert browser.post(DECIDE, sent)["Location"] == f"{QUEUE}?trang-thai=waiting&q=thon"


def test_only_moderators_moderate(officer: User, province_officer: User) -> None:
    """Attack: an officer of a commune, or of the province, opens the queue and approves."""
    comment = waiting()
    for user in (officer, province_officer):
        browser = desk(user)
        assert browser.get(QUEUE).status_code == 302
        assert browser.post(DECIDE, {"one": f"approve:{comment.pk}"}).status_code == 302
        assert browser.post(f"{QUEUE}trang/{comment.page_id}/", {"on": "0"}).status_code == 302
        assert QUEUE not in browser.get("/quan-tri/hom-nay/").content.decode()
        with pytest.raises(NotAllowedError):
            services.decide(user, [comment.pk], approve=True)
    comment.refresh_from_db()
    assert comment.state == "waiting"
    assert not Thread.objects.filter(comments_open=False).exists()


@pytest.mark.parametrize("query", ["trang=x", "bai=%00", "bai=99999999999", "trang-thai=x&q=%00"])
def test_odd_addresses_of_the_queue_are_answered(moderator: User, query: str) -> None:
    assert desk(moderator).get(f"{QUEUE}?{query}").status_code == 200
    for data in ({"one": "approve:x"}, {"comments": ["x", "9" * 30], "all": "approve"}, {}):
        assert desk(moderator).post(DECIDE, data).status_code == 200


def test_refused_comments_go_after_thirty_days(moderator: User) -> None:
    refused, kept = waiting("Một"), waiting("Hai")
    services.decide(moderator, [refused.pk], approve=False, reason="repeated")
    services.decide(moderator, [kept.pk], approve=True)
    assert services.drop_refused() == 0
    with clock.frozen(WEDNESDAY + timedelta(days=31)):
        assert services.drop_refused() == 1
    assert Comment.objects.get() == kept


def test_the_network_address_is_kept_nowhere_readable(visitor: Visitor) -> None:
    visitor.send(FORM, **TYPED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM forms_accessattempt")
        rows = cursor.fetchall()
    assert rows
    assert not any("203.0.113.7" in str(row) for row in rows)


def test_an_article_in_the_editor_leads_to_its_comments(article: ArticlePage) -> None:
    edit, own = f"/quan-tri/pages/{article.pk}/edit/", f"{QUEUE}?bai={article.pk}"
    browser = desk(User.objects.create_superuser("quantri"))
    assert own in browser.get(edit).content.decode()
    assert "Họp thôn" in browser.get(own).content.decode()

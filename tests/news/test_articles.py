"""An article as it is read: dates, views, ways to share, links to documents, tags, neighbours."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from taggit.models import Tag

from portal.areas.models import User
from portal.home import visits
from portal.home.models import PortalImage
from portal.jobs import clock
from portal.news import article_texts, likeness, neighbours, readings
from portal.news.models import ArticleAttachment, ArticleDocument, ArticlePage, PageReading
from tests import pdfs
from tests.home.trees import Portal
from tests.news.test_budget import an_image
from tests.news.test_files import stored
from tests.news.test_listing import items

pytestmark = pytest.mark.django_db
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"}
MORNING = datetime(2024, 9, 23, 20, 6, tzinfo=clock.ZONE)


def html(client: Client, page: ArticlePage) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return unescape(response.content.decode())


def written(text: str) -> list[tuple[str, Any]]:
    return [("paragraph", f"<p>{text}</p>")]


def test_date_and_time_as_the_portal_writes_them(portal: Portal, client: Client) -> None:
    page = portal.article("Tin", published_at=MORNING)
    assert "23/09/2024 - 20:06" in html(client, page)
    assert "Cập nhật" not in html(client, page)
    ArticlePage.objects.filter(pk=page.pk).update(
        first_published_at=MORNING, last_published_at=MORNING + timedelta(days=1)
    )
    assert re.search(r"Cập nhật <time[^>]*>24/09/2024 - 20:06", html(client, page))


def test_views_of_an_article_are_counted_also_when_the_cache_serves_it(
    portal: Portal, client: Client, settings: Any
) -> None:
    settings.PAGE_CACHE_SECONDS = 300
    visits.counter.forget()
    page = portal.article("Tin")
    answers = [client.get(page.url, headers=BROWSER) for _view in range(3)]
    assert [answer.get("X-Cache") for answer in answers] == ["miss", "hit", "hit"]
    assert not any(visits.PAGE_HEADER in answer for answer in answers)
    assert not PageReading.objects.exists()
    visits.counter.flush()
    assert PageReading.objects.get().count == 3
    assert ArticlePage.objects.get().views == 3
    ArticlePage.objects.filter(pk=page.pk).update(views=1203)
    settings.PAGE_CACHE_SECONDS = 0
    assert "1.203 lượt xem" in html(client, page)


def test_views_of_a_page_that_is_gone_are_dropped(portal: Portal) -> None:
    page = portal.article("Tin")
    readings.write({(date(2026, 11, 24), page.pk): 2, (date(2026, 11, 24), 10**6): 5})
    readings.write({(date(2026, 11, 24), page.pk): 3})
    assert list(PageReading.objects.values_list("page", "count")) == [(page.pk, 5)]


@pytest.mark.once
def test_shared_by_plain_addresses(portal: Portal, client: Client) -> None:
    page = portal.article("Tin")
    text = html(client, page)
    address = f"http://testserver{page.url}"
    assert f'<a href="{address}" data-address>' in text
    assert "https://www.facebook.com/sharer/sharer.php?u=http%3A%2F%2Ftestserver" in text
    assert "https://button-share.zalo.me/share_external?" in text
    scripts = re.findall(r'<script src="([^"]*)"', text)
    assert scripts == ["/static/portal/js/complete.js", "/static/portal/js/share.js"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("byline", "source", "printed", "authors"),
    [
        ("Tin, ảnh: Thu Hương", "", "Tin, ảnh: Thu Hương", ["Thu Hương"]),
        (
            "Bài: Lò Văn Én – Ảnh: Minh Khôi",
            "",
            "Bài: Lò Văn Én – Ảnh: Minh Khôi",
            ["Lò Văn Én", "Minh Khôi"],
        ),
        ("Thu Hương và Minh Khôi", "", "Thu Hương và Minh Khôi", ["Thu Hương", "Minh Khôi"]),
        ("", "theo Báo Tuyên Quang", "Theo Báo Tuyên Quang", []),
        ("Thu Hương", "TTXVN", "Thu Hương · Theo TTXVN", ["Thu Hương"]),
    ],
)
def test_who_signs(
    portal: Portal,
    client: Client,
    byline: str,
    source: str,
    printed: str,
    authors: list[str],
) -> None:
    page = portal.article("Tin", byline=byline, source=source)
    assert f'<p class="signature">{printed}</p>' in html(client, page)
    assert page.authors == authors


def test_words_are_counted_when_they_are_written(portal: Portal) -> None:
    page = portal.article("Tin", lead="Hai chữ", body=written("Một <b>câu</b> có năm chữ"))
    assert ArticlePage.objects.get(pk=page.pk).words == 7


def test_documents_named_in_the_text_are_linked(portal: Portal, client: Client) -> None:
    plan = portal.document("167/KH-UBND")
    other = portal.document("167/KH-UBND", issued_on=date(2025, 9, 23))
    alone = portal.document("12/2026/QĐ-UBND")
    text = (
        "Theo Kế hoạch số 167/KH-UBND ngày 23/9/2024 và Quyết định 12/2026/QĐ-UBND; "
        'xem <a href="https://vi.example/">12/2026/QĐ-UBND</a>, 167/KH-UBND, 999/KH-UBND'
    )
    page = portal.article("Tin", body=written(text))
    shown = html(client, page)
    assert re.findall(r'<a href="(/van-ban/[^"]*)" title', shown) == [plan.url, alone.url]
    page.documents = [ArticleDocument(document=other)]
    page.save()
    linked = re.findall(r'<a href="(/van-ban/[^"]*)" title', html(client, page))
    assert linked == [plan.url, alone.url, other.url]


def test_documents_that_nobody_may_see_are_not_linked(portal: Portal, client: Client) -> None:
    portal.document("31/BC-UBND", live=False)
    page = portal.article("Tin", body=written("Báo cáo 31/BC-UBND"))
    assert "/van-ban/ubnd-tinh/31" not in html(client, page)


def test_hostile_text_stays_text_beside_links(portal: Portal, client: Client) -> None:
    """Attack: markup in the title of a document that a text names."""
    portal.document("5/KH-UBND", '"><script>alert(1)</script>')
    page = portal.article("</script><script>alert(2)</script>", body=written("số 5/KH-UBND"))
    raw = client.get(page.url).content.decode()
    assert "<script>alert" not in raw


def test_an_attached_pdf_can_be_looked_into(portal: Portal, client: Client) -> None:
    page = portal.article("Tin")
    page.attachments = [ArticleAttachment(document=stored(pdfs.text_pdf(*["Trang"] * 22)))]
    page.save()
    text = html(client, page)
    match = re.search(rf'href="({page.url}xem/[0-9a-f]{{16}}/)"', text)
    assert match
    preview = unescape(client.get(match.group(1)).content.decode())
    sheets = re.findall(r'<img src="([^"]*/lon/)"[^>]* width="900" height="1273" loading', preview)
    assert len(sheets) == 20
    assert "Còn 2 trang nữa trong tệp" in preview
    picture = client.get(sheets[19])
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert client.get(sheets[19].replace("/20/", "/21/")).status_code == 404


def test_tags_have_folded_addresses_pages_and_feeds(portal: Portal, client: Client) -> None:
    page = portal.article("Đường mới", published_at=MORNING)
    page.tags.add("đường thôn bản")
    page.save()
    hidden = portal.article("Chưa đăng")
    hidden.tags.add("đường thôn bản", "kín")
    hidden.save()
    hidden.unpublish()
    assert 'rel="tag" href="/tin-tuc/the/duong-thon-ban/"' in html(client, page)
    answer = client.get("/tin-tuc/the/duong-thon-ban/")
    assert [article.title for article in answer.context["articles"]] == ["Đường mới"]
    assert "Tin, bài về “đường thôn bản”" in unescape(answer.content.decode())
    assert items(client.get("/tin-tuc/the/duong-thon-ban/rss/")) == ["Đường mới"]
    assert client.get("/tin-tuc/the/kin/").status_code == 404
    assert client.get("/tin-tuc/the/khong-co/").status_code == 404


def test_two_tags_that_fold_alike_keep_apart(portal: Portal) -> None:
    made = [Tag.objects.create(name=name).slug for name in ("Má", "Mà", "ma")]
    assert made == ["ma", "ma-2", "ma-3"]


def test_related_articles_share_tags_or_words(portal: Portal, client: Client) -> None:
    page = portal.article("Nuôi ong lấy mật ở xã vùng cao", published_at=MORNING)
    page.tags.add("sinh kế")
    page.save()
    tagged = portal.article("Trồng chè", published_at=MORNING - timedelta(days=9))
    tagged.tags.add("sinh kế")
    tagged.save()
    portal.article("Lớp học nuôi ong lấy mật khai giảng", published_at=MORNING)
    portal.article("Hội thao ngành y tế", published_at=MORNING)
    shown = client.get(page.url).context
    assert titles(shown["related"]) == ["Trồng chè", "Lớp học nuôi ong lấy mật khai giảng"]
    assert titles(shown["newest"]) == ["Hội thao ngành y tế"]


def titles(found: list[ArticlePage]) -> list[str]:
    return [article.title for article in found]


@pytest.mark.parametrize("compared", [1, 150])
def test_an_old_article_finds_its_neighbours_beyond_the_newest(
    portal: Portal, client: Client, monkeypatch: pytest.MonkeyPatch, compared: int
) -> None:
    """However many are compared, the answer is the same."""
    monkeypatch.setattr(neighbours, "COMPARED", compared)
    made = [
        portal.article(f"Bài {word}", published_at=MORNING - timedelta(days=days))
        for days, word in enumerate(("một", "hai", "ba", "bốn", "năm"))
    ]
    for article in (made[2], made[4]):
        article.tags.add("sinh kế")
        article.save()
    shown = client.get(made[2].url).context
    assert (shown["previous"].title, shown["next"].title) == ("Bài bốn", "Bài hai")
    assert titles(shown["related"]) == ["Bài năm"]
    assert titles(shown["newest"])[0] == "Bài một"
    last = client.get(made[4].url).context
    assert (last["previous"], last["next"].title) == (None, "Bài bốn")


@pytest.mark.once
def test_one_shared_word_makes_no_likeness() -> None:
    others = [(1, "Kế hoạch trồng rừng"), (2, "Kế hoạch nuôi cá lồng")]
    assert list(likeness.alike("Kế hoạch nuôi cá lồng trên sông", others, 4)) == [2]


def machine_data(text: str) -> dict[str, Any]:
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', text)
    assert match
    found: dict[str, Any] = json.loads(match.group(1))
    return found


def test_machines_read_the_article(portal: Portal, client: Client) -> None:
    picture = PortalImage.objects.create(title="Ảnh", file=an_image(), description="Cây cầu")
    page = portal.article(
        "Cầu & đường", lead="Lời dẫn", published_at=MORNING, image=picture, byline="Thu Hương"
    )
    text = client.get(page.url).content.decode()
    data = machine_data(text)
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Cầu & đường"
    assert data["datePublished"] == "2024-09-23T20:06:00+07:00"
    assert data["author"] == [{"@type": "Person", "name": "Thu Hương"}]
    assert f'<meta property="og:url" content="http://testserver{page.url}">' in text
    assert f'<meta property="og:image" content="{data["image"][0]}">' in text
    assert '<meta name="description" content="Lời dẫn">' in text


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    return client


def form(portal: Portal, picture: PortalImage, **more: str) -> dict[str, str]:
    """The article form as posted."""
    counts = {
        f"{name}-{part}": "0"
        for name in ("attachments", "documents", "comments")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    }
    plain = {"title": "Bài mới", "slug": "bai-moi", "published_at": "23/09/2024 20:06"}
    return counts | plain | {"image": str(picture.pk), "genre": "tin", "body-count": "0"} | more


def test_a_picture_without_a_description_does_not_go_out(portal: Portal, editor: Client) -> None:
    picture = PortalImage.objects.create(title="Cầu mới", file=an_image())
    address = f"/quan-tri/pages/add/news/articlepage/{portal.section.pk}/"
    refused = editor.post(address, form(portal, picture, **{"action-publish": "1"}))
    assert "Ảnh “Cầu mới” chưa có mô tả" in unescape(refused.content.decode())
    assert not ArticlePage.objects.exists()
    picture.description = "Cây cầu bắc qua suối"
    picture.save()
    editor.post(address, form(portal, picture, **{"action-publish": "1"}))
    assert ArticlePage.objects.get().live


@pytest.mark.once
def test_the_line_of_an_updated_article_needs_an_hour() -> None:
    page = ArticlePage(published_at=MORNING)
    page.first_published_at, page.last_published_at = MORNING, MORNING + timedelta(minutes=59)
    assert article_texts.updated(page) is None

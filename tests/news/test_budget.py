"""Query budgets: every public page type, with one child and with a thousand."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from io import BytesIO
from itertools import pairwise
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import Page

from portal.home import memo
from portal.home.models import PortalDocument, PortalImage
from portal.jobs import clock
from portal.news.models import (
    ArticleAttachment,
    ArticleDocument,
    ArticlePage,
    NoticeAttachment,
    NoticePage,
    OfficialDocumentPage,
    Relation,
)
from tests.home.trees import Portal

# A page asks the same of either database.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
BUDGET = 12
# Of the first page that a process builds after a change: it reads what the others share, too.
FIRST = 15
PATHS = [
    "/",
    "/tin-tuc/",
    "/tin-tuc/doi-song-xa-hoi/",
    "/tin-tuc/doi-song-xa-hoi/bai-0/",
    "/thong-bao/",
    "/thong-bao/thong-bao-0/",
    "/van-ban/",
    "/van-ban/?loai=plan&nam=2024&hieu-luc=con",
    "/van-ban/ubnd-tinh/",
    "/van-ban/ubnd-tinh/100-kh-ubnd-2024/",
    "/gioi-thieu/",
]


@pytest.fixture(params=[1, 1000])
def filled(request: pytest.FixtureRequest, portal: Portal) -> Portal:
    """The portal with so many articles, notices and documents, each with everything on it."""
    fill(portal, request.param)
    return portal


def fill(portal: Portal, count: int) -> None:
    """A few rich pages by the services, the rest as bare rows in one statement each."""
    picture = PortalImage.objects.create(title="Ảnh", file=an_image())
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(b"%PDF-1.4", "tep.pdf"))
    few = min(count, 3)
    documents = [portal.document(f"{100 + n}/KH-UBND", files=[]) for n in range(few)]
    for n, document in enumerate(documents):
        article = ArticlePage(title=f"Bài {n}", image=picture, body=rich_body(picture))
        article.tags.add("dệt", "bản")
        article.attachments = [ArticleAttachment(document=file)]
        article.documents = [ArticleDocument(document=document)]
        portal.section.add_child(instance=article)
        notice = NoticePage(title=f"Thông báo {n}", valid_from=date(2024, 1, 1))
        notice.attachments = [NoticeAttachment(document=file)]
        portal.notices.add_child(instance=notice)
    relate(documents)
    copy_rows(portal.section.get_children().last().specific, count - few)
    copy_rows(portal.notices.get_children().last().specific, count - few)
    copy_rows(documents[-1], count - few)
    portal.home.body = home_body(portal)
    portal.home.save()


def an_image() -> ImageFile:
    """A small picture."""
    out = BytesIO()
    Image.new("RGB", (640, 480), "green").save(out, "JPEG")
    return ImageFile(BytesIO(out.getvalue()), name="anh.jpg")


def rich_body(picture: PortalImage) -> list[tuple[str, Any]]:
    """A heading, a paragraph and a picture."""
    image = {"image": picture, "caption": "Bản", "credit": "Ảnh"}
    return [("heading", "Mục"), ("paragraph", "<p>Đoạn</p>"), ("image", image)]


def home_body(portal: Portal) -> list[tuple[str, Any]]:
    """All blocks of the home page."""
    service = {"icon": "search", "title": "Tra cứu", "page": portal.about, "link_text": "Xem"}
    return [
        ("services", {"title": "", "services": [service, service, service]}),
        ("lead_news", {"title": "Tin", "most": 5}),
        ("newest_documents", {"title": "Văn bản", "most": 6}),
        ("links", {"title": "Liên kết", "links": [{"title": "Giới thiệu", "page": portal.about}]}),
    ]


def relate(documents: list[OfficialDocumentPage]) -> None:
    """Each document replaces the next."""
    Relation.objects.bulk_create(
        Relation(page=newer, target=older, kind="amends") for newer, older in pairwise(documents)
    )


def copy_rows(page: Any, count: int) -> None:
    """Siblings of a page as bare rows without signals, so that a thousand take no minute."""
    parent = page.get_parent()
    bases = [base_row(page, parent, n) for n in range(count)]
    Page.objects.bulk_create(bases, batch_size=200)
    for n, base in enumerate(bases):
        page.__dict__.update({field.attname: getattr(base, field.attname) for field in FIELDS})
        page.page_ptr_id = base.pk
        stamp(page, n)
        page._state.adding = True
        page.save_base(raw=True, force_insert=True)


FIELDS = list(Page._meta.concrete_fields)


def base_row(page: Any, parent: Page, n: int) -> Page:
    """The part of a copy that stands in Wagtail's own table."""
    values = {field.attname: getattr(page, field.attname) for field in FIELDS}
    slug = f"ban-sao-{n}"
    return Page(
        **values
        | {
            "id": None,
            "path": parent.path + page._int2str(5000 + n).rjust(4, "0"),
            "slug": slug,
            "url_path": f"{parent.url_path}{slug}/",
            "translation_key": uuid.uuid4(),
        }
    )


def stamp(page: Any, n: int) -> None:
    """Values that must differ between siblings."""
    page.number, page.published_at = 1000 + n, clock.now() - timedelta(hours=n + 1)
    page.issued_on = date(2024, 1, 1) + timedelta(days=n % 600)


def test_every_page_type_stays_within_the_budget(filled: Portal, client: Client) -> None:
    spent = {path: queries(client, path) for path in PATHS}
    assert {path: count for path, count in spent.items() if count > BUDGET} == {}


def test_the_first_page_after_a_change_stays_within_its_own_budget(
    filled: Portal, client: Client
) -> None:
    spent = {path: queries(client, path, forget=True) for path in PATHS}
    assert {path: count for path, count in spent.items() if count > FIRST} == {}


def queries(client: Client, path: str, *, forget: bool = False) -> int:
    """Queries of the third visit: the first one makes renditions and keeps the sizes of files.

    That is a change, which ends what pages share; the second one reads it again.
    """
    assert [client.get(path).status_code for _visit in range(2)] == [200, 200]
    if forget:
        memo.forget()
    with CaptureQueriesContext(connection) as spent:
        client.get(path)
    return len(spent)

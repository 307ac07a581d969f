"""`python -m benchmarks.peers.fill`: the peer's database with the texts of the portal's demo."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from html import escape
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import django
from django.core.files.base import ContentFile
from django.core.management import call_command

from portal.demo import content, pictures

if TYPE_CHECKING:
    from wagtail.images.models import Image
    from wagtail.models import Page

    from benchmarks.peers.blog.models import BlogIndexPage

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LIST_TAGS = {True: "ol", False: "ul"}
MARK = "<p><i>{}</i></p>"


def main() -> None:
    """Tables, the tree, the posts; the folder is new for each run."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.peers.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("createcachetable", "peer_cache", verbosity=0)
    blog, notices, documents = _add_tree()
    _add_posts(blog)
    _add_notices(notices)
    _add_documents(documents)


def _add_tree() -> tuple[BlogIndexPage, Page, Page]:
    from wagtail.models import Page, Site

    from benchmarks.peers.blog.models import (
        BlogIndexPage,
        DocumentIndexPage,
        HomePage,
        PlainPage,
    )

    raw = content.site()
    Page.objects.filter(depth=2).delete()
    home = HomePage(slug="trang-chu", **raw["home"])
    Page.get_first_root_node().add_child(instance=home)
    Site.objects.all().delete()
    name = raw["home"]["portal_name"]
    Site.objects.create(hostname="localhost", root_page=home, is_default_site=True, site_name=name)
    blog = home.add_child(instance=BlogIndexPage(title="Tin tức", show_in_menus=True))
    notices = home.add_child(instance=PlainPage(title="Thông báo", show_in_menus=True))
    listed = DocumentIndexPage(title="Văn bản", slug="van-ban", show_in_menus=True)
    documents = home.add_child(instance=listed)
    plain = [("Danh sách niêm yết", True)]
    for title, menu in [*plain, *((page["title"], page["menu"]) for page in raw["page"])]:
        home.add_child(instance=PlainPage(title=title, show_in_menus=menu))
    return blog, notices, documents


def _add_posts(blog: BlogIndexPage) -> None:
    from benchmarks.peers.blog.models import BlogIndexPage, BlogPage

    known: dict[int, Image] = {}
    sections: dict[str, Page] = {}
    for article in content.articles():
        post = BlogPage(
            title=article.title,
            date=article.moment(datetime.now(ZONE).date(), ZONE),
            intro=article.lead,
            body=_rich(article.text) + MARK.format(escape(content.demo_mark())),
            image=_picture(known, article.picture),
            caption="Tranh minh họa." if article.picture is not None else "",
            byline=article.byline,
        )
        post.tags.add(*article.tags)
        if article.section not in sections:
            section = BlogIndexPage(title=article.section)
            sections[article.section] = blog.add_child(instance=section)
        sections[article.section].add_child(instance=post)


def _add_notices(parent: Page) -> None:
    from benchmarks.peers.blog.models import NoticePage

    today = datetime.now(ZONE).date()
    for notice in content.site()["notice"]:
        page = NoticePage(
            title=notice["title"],
            valid_from=today + timedelta(days=notice["from"]),
            valid_until=today + timedelta(days=notice["until"]),
            urgent=notice.get("urgent", False),
            body=_rich(notice["text"]),
        )
        parent.add_child(instance=page)


def _add_documents(parent: Page) -> None:
    from benchmarks.peers.blog.models import DocumentPage

    today = datetime.now(ZONE).date()
    for document in content.documents():
        page = DocumentPage(
            title=document.title,
            number=document.number,
            kind=document.type,
            issuer=document.issuer,
            issued_on=document.day(today),
            body=f"<p>{escape(document.abstract)}</p>",
        )
        parent.add_child(instance=page)


def _rich(text: str) -> str:
    return "".join(map(_element, content.blocks(text)))


def _element(block: dict[str, Any]) -> str:
    if block["kind"] == "list":
        tag = LIST_TAGS[block["ordered"]]
        entries = "".join(f"<li>{escape(entry)}</li>" for entry in block["items"])
        return f"<{tag}>{entries}</{tag}>"
    tag = "h2" if block["kind"] == "heading" else "p"
    return f"<{tag}>{escape(block['text'])}</{tag}>"


def _picture(known: dict[int, Image], number: int | None) -> Image | None:
    from wagtail.images.models import Image

    if number is None:
        return None
    if number not in known:
        scene = pictures.SCENES[number]
        file = ContentFile(pictures.draw(scene), name=f"{scene.name}.jpg")
        known[number] = Image.objects.create(
            title=scene.title, description=scene.description, file=file
        )
    return known[number]


if __name__ == "__main__":
    main()

"""The page tree of the demo: home, sections, articles, notices, standard pages."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Locale, Page, Site

from portal.demo import content, pictures
from portal.demo.content import DemoArticle
from portal.home.models import HomePage, PortalImage, StandardPage
from portal.jobs import clock
from portal.news.models import (
    ArticleAttachment,
    ArticleDocument,
    ArticlePage,
    NewsIndexPage,
    NoticeIndexPage,
    NoticePage,
    OfficialDocumentIndexPage,
    OfficialDocumentPage,
    SectionPage,
)
from portal.registration.pages import PublishedListIndexPage

LIST_TAGS = {True: "ol", False: "ul"}


def seed_home() -> HomePage:
    """The home page on the default site, Wagtail's welcome page removed."""
    standing: HomePage | None = HomePage.objects.filter(locale__language_code="vi").first()
    if standing is not None:
        return standing
    raw = content.site()
    Locale.objects.get_or_create(language_code="vi")
    Locale.objects.get_or_create(language_code="en")
    Page.objects.filter(depth=2, slug="home").delete()
    root = Page.get_first_root_node()
    home = HomePage(slug="trang-chu", body=_home_body(raw), **raw["home"])
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(
        hostname="localhost", port=80, root_page=home, is_default_site=True, site_name=home.title
    )
    return home


def _home_body(raw: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("services", {"title": "Dịch vụ", "services": raw["service"]}),
        ("lead_news", {"title": "Tin nổi bật", "most": 5}),
        ("newest_documents", {"title": "Văn bản mới", "most": 4}),
        ("cards", {"title": "", "names": ["published_lists"]}),
    ]


def seed_tree(home: HomePage) -> dict[str, Page]:
    """The index pages in the order of the menu."""
    raw = content.site()
    tree: dict[str, Page] = {
        "news": _child(home, NewsIndexPage, "Tin tức", "tin-tuc", menu=True),
        "notices": _child(home, NoticeIndexPage, "Thông báo", "thong-bao", menu=True),
        "documents": _child(home, OfficialDocumentIndexPage, "Văn bản", "van-ban", menu=True),
        "lists": _child(
            home,
            PublishedListIndexPage,
            "Danh sách niêm yết",
            "danh-sach",
            menu=True,
            introduction="Danh sách hộ nghèo, hộ cận nghèo chỉ hiện tên trong thời gian niêm yết.",
        ),
    }
    for section in raw["section"]:
        tree[section["title"]] = _child(
            tree["news"], SectionPage, section["title"], "", introduction=section["introduction"]
        )
    for page in raw["page"]:
        _child(
            home,
            StandardPage,
            page["title"],
            page["slug"],
            menu=page["menu"],
            owner_name=page["owner"],
            body=stream(page["text"]),
        )
    return tree


def _child(
    parent: Page, kind: type[Page], title: str, slug: str, *, menu: bool = False, **values: Any
) -> Page:
    found: Page | None = kind.objects.child_of(parent).filter(title=title).first()
    if found is not None:
        return found
    page = kind(title=title, slug=slug, show_in_menus=menu, **values)
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    return publish(page)


def publish(page: Page) -> Page:
    """With a revision, as the editor would."""
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return page


def stream(text: str) -> list[tuple[str, Any]]:
    """A body of headings, paragraphs and lists."""
    return [_streamed(block) for block in content.blocks(text)]


def marked(text: str) -> list[tuple[str, Any]]:
    """The same with the sentence that says it is demo content."""
    return [*stream(text), ("paragraph", f"<p><i>{escape(content.demo_mark())}</i></p>")]


def _streamed(block: dict[str, Any]) -> tuple[str, Any]:
    if block["kind"] == "heading":
        return ("heading", block["text"])
    if block["kind"] == "list":
        tag = LIST_TAGS[block["ordered"]]
        entries = "".join(f"<li>{escape(entry)}</li>" for entry in block["items"])
        return ("paragraph", f"<{tag}>{entries}</{tag}>")
    return ("paragraph", f"<p>{escape(block['text'])}</p>")


def seed_pictures() -> list[PortalImage]:
    """The landscapes, drawn once."""
    made = []
    for scene in pictures.SCENES:
        found = PortalImage.objects.filter(title=scene.title).first()
        if found is None:
            found = PortalImage(title=scene.title, description=scene.description)
            file = ContentFile(pictures.draw(scene), name=f"{scene.name}.jpg")
            found.file.save(file.name, file, save=False)
            found.credit = "tranh minh họa"
            found.save()
        made.append(found)
    return made


def seed_articles(
    tree: dict[str, Page], documents: dict[str, OfficialDocumentPage], today: date
) -> None:
    """Articles that do not stand yet, by title."""
    images = seed_pictures()
    for article in content.articles():
        parent = tree[article.section]
        if ArticlePage.objects.child_of(parent).filter(title=article.title).exists():
            continue
        page = _article(article, images, documents, today)
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
        publish(page)


def _article(
    article: DemoArticle,
    images: list[PortalImage],
    documents: dict[str, OfficialDocumentPage],
    today: date,
) -> ArticlePage:
    page = ArticlePage(
        title=article.title,
        lead=article.lead,
        body=marked(article.text),
        published_at=article.moment(today, clock.ZONE),
        byline=article.byline,
        source=article.source,
        image=images[article.picture] if article.picture is not None else None,
        image_caption="Tranh minh họa." if article.picture is not None else "",
    )
    page.tags.add(*article.tags)
    page.documents = [ArticleDocument(document=documents[number]) for number in article.documents]
    if article.attach:
        file = documents[article.attach].files.first()
        page.attachments = [ArticleAttachment(document=file.document, label=file.label)]
    return page


def seed_notices(index: Page, today: date) -> None:
    """Notices with their days counted from today."""
    for notice in content.site()["notice"]:
        if NoticePage.objects.child_of(index).filter(title=notice["title"]).exists():
            continue
        page = NoticePage(
            title=notice["title"],
            valid_from=today + timedelta(days=notice["from"]),
            valid_until=today + timedelta(days=notice["until"]),
            urgent=notice.get("urgent", False),
            agency=notice["agency"],
            body=marked(notice["text"]),
        )
        Page.objects.get(pk=index.pk).specific.add_child(instance=page)
        publish(page)

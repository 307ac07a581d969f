"""The page tree of the demo: home, sections, articles, notices, standard pages."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Page

from portal.demo import content, pictures
from portal.demo.content import DemoArticle
from portal.demo.places import told_here
from portal.demo.seeding.files import clear_the_way
from portal.home.models import HomePage, PortalImage, StandardPage
from portal.jobs import clock
from portal.news.models import (
    ArticleAttachment,
    ArticleDocument,
    ArticlePage,
    NoticePage,
    OfficialDocumentPage,
    SectionPage,
)
from portal.start.services import Prepared, prepare_portal
from portal.start.tree import add_page, english_of, prepare_indexes
from portal.start.words import english_body

LIST_TAGS = {True: "ol", False: "ul"}


def seed_home() -> HomePage:
    """What every portal has, with the demo's own words on the home pages."""
    return prepare().home


def prepare() -> Prepared:
    """Home pages, menu, site and groups."""
    raw = content.site(told_here(clock.today()))
    english = {**raw["english"], "body": english_body(raw["english"]["title"])}
    return prepare_portal({**raw["home"], "body": _home_body(raw)}, english)


def _home_body(raw: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        ("services", {"title": "Dịch vụ", "services": raw["service"]}),
        ("lead_news", {"title": "Tin nổi bật", "most": 7}),
        ("newest_documents", {"title": "Văn bản mới", "most": 4}),
        ("cards", {"title": "", "names": ["campaigns", "drafts", "published_lists"]}),
        ("cards", {"title": "", "names": ["list_figures"]}),
        ("links", {"title": "Chính quyền tỉnh", "links": raw["home_link"]}),
    ]


def seed_tree(home: HomePage) -> dict[str, Page]:
    """The pages of the menu by key, the sections by title; what is missing is made."""
    raw = content.site(told_here(clock.today()))
    tree, _made = prepare_indexes(home)
    for section in raw["section"]:
        tree[section["title"]] = child(
            tree["news"], SectionPage, section["title"], "", introduction=section["introduction"]
        )
    english = english_of(home)
    for page in raw["page"]:
        _standard_page(home, page)
    for page in raw["english_page"] if english is not None else ():
        _standard_page(english, page)
    return tree


def _standard_page(parent: Page, raw: dict[str, Any]) -> None:
    values = {"owner_name": raw["owner"], "body": stream(raw["text"])}
    child(parent, StandardPage, raw["title"], raw["slug"], menu=raw["menu"], **values)


def child(
    parent: Page, kind: type[Page], title: str, slug: str, /, *, menu: bool = False, **values: Any
) -> Page:
    """A page by type and title, made when it is missing."""
    found: Page | None = kind.objects.child_of(parent).filter(title=title).first()
    if found is not None:
        return found
    values |= {"title": title, "slug": slug, "show_in_menus": menu, "locale": parent.locale}
    return add_page(parent, kind(**values))


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
            clear_the_way(found, f"{scene.name}.jpg")
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
    for article in content.articles(told_here(today)):
        parent = tree[article.section]
        if ArticlePage.objects.child_of(parent).filter(title=article.title).exists():
            continue
        page = _article(article, images, documents, today)
        add_page(parent, page)


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
        genre=article.genre,
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
    for notice in content.site(told_here(today))["notice"]:
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
        add_page(index, page)

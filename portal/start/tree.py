"""The pages that every portal has: two home pages, and the index page of each room.

A page is known by its type, not by its title: editors may call “Tin tức” what they like, and a
second run must not put another one beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from wagtail.models import Collection, Locale, Page, Site

from portal.dialogue.models import DraftIndexPage, QuestionIndexPage
from portal.home.models import (
    GuideIndexPage,
    HomePage,
    OrganisationIndexPage,
    ScheduleIndexPage,
)
from portal.labour.models import LabourIndexPage
from portal.news.models import NewsIndexPage, NoticeIndexPage, OfficialDocumentIndexPage
from portal.registration.pages import PublishedListIndexPage

ROOT, PAGES, FILES = "Root", "Gốc", "Tất cả tệp"
WELCOME = "Welcome to your new Wagtail site!"
HOME_SLUG, ENGLISH_SLUG = "trang-chu", "home-en"


@dataclass(frozen=True, slots=True)
class Index:
    """An index page, mostly in the main menu; its slug is the address that other rooms know."""

    key: str
    kind: type[Page]
    title: str
    slug: str
    values: dict[str, Any] = field(default_factory=dict)
    menu: bool = True


INDEXES = (
    Index("news", NewsIndexPage, "Tin tức", "tin-tuc"),
    Index("notices", NoticeIndexPage, "Thông báo", "thong-bao"),
    Index("documents", OfficialDocumentIndexPage, "Văn bản", "van-ban"),
    Index(
        "lists",
        PublishedListIndexPage,
        "Danh sách niêm yết",
        "danh-sach",
        {"introduction": "Danh sách hộ nghèo, hộ cận nghèo chỉ hiện tên trong thời gian niêm yết."},
    ),
    Index(
        "labour",
        LabourIndexPage,
        "Lao động",
        "lao-dong",
        {"introduction": "Các đợt thu thập thông tin về người lao động và phiếu kê khai."},
    ),
    Index(
        "questions",
        QuestionIndexPage,
        "Hỏi đáp",
        "hoi-dap",
        {"introduction": "Câu hỏi của người dân, doanh nghiệp và trả lời của cơ quan nhà nước."},
    ),
    Index(
        "drafts",
        DraftIndexPage,
        "Góp ý dự thảo",
        "gop-y",
        {"introduction": "Dự thảo văn bản lấy ý kiến Nhân dân và kết quả tiếp thu, giải trình."},
        menu=False,
    ),
)
# Pages that every province has to fill; until then each says what will stand there.
STANDING = (
    Index(
        "organisation",
        OrganisationIndexPage,
        "Tổ chức bộ máy",
        "to-chuc",
        {
            "introduction": "Chức năng, nhiệm vụ, địa chỉ và người liên hệ của các cơ quan, đơn vị "
            "thuộc tỉnh sẽ được đăng tại đây."
        },
        menu=False,
    ),
    Index(
        "schedule",
        ScheduleIndexPage,
        "Lịch công tác",
        "lich-cong-tac",
        {"introduction": "Lịch làm việc hằng tuần của lãnh đạo tỉnh sẽ được đăng tại đây."},
        menu=False,
    ),
    Index(
        "guides",
        GuideIndexPage,
        "Hướng dẫn",
        "huong-dan",
        {"introduction": "Hướng dẫn từng bước những việc thường gặp sẽ được đăng tại đây."},
    ),
)
BODY = (
    ("lead_news", {"title": "Tin nổi bật", "most": 5}),
    ("newest_documents", {"title": "Văn bản mới", "most": 4}),
    ("cards", {"title": "", "names": ["campaigns", "drafts", "published_lists"]}),
    ("cards", {"title": "", "names": ["list_figures"]}),
    (
        "links",
        {
            "title": "Chính quyền tỉnh",
            "links": [
                {"title": index.title, "url": f"/{index.slug}/"}
                for index in STANDING
                if not index.menu
            ],
        },
    ),
)


def standing_home() -> HomePage | None:
    """The Vietnamese home page, the first in the tree."""
    found: HomePage | None = (
        HomePage.objects.filter(locale__language_code="vi").order_by("path").first()
    )
    return found


def english_of(home: HomePage) -> HomePage | None:
    """The home page below `/en/` that belongs to the Vietnamese one."""
    found: HomePage | None = HomePage.objects.filter(
        translation_key=home.translation_key, locale__language_code="en"
    ).first()
    return found


def make_home(values: dict[str, Any]) -> HomePage:
    """The Vietnamese home page; Wagtail's page of welcome goes, its site stays."""
    locale, _new = Locale.objects.get_or_create(language_code="vi")
    home = HomePage(slug=HOME_SLUG, locale=locale, **{"body": list(BODY), **values})
    Page.get_first_root_node().add_child(instance=home)
    for page in Page.objects.filter(depth=2, title=WELCOME, numchild=0):
        for site in Site.objects.filter(root_page=page):
            site.root_page = home
            site.save()
        Page.objects.filter(pk=page.pk).delete()  # without an entry in the portal's own history
    return home


def name_roots() -> bool:
    """The roots of pages and of files, which Wagtail calls “Root”; says whether they were."""
    pages = Page.objects.filter(depth=1, title=ROOT).update(title=PAGES, draft_title=PAGES)
    return bool(pages + Collection.objects.filter(depth=1, name=ROOT).update(name=FILES))


def make_english(home: HomePage, values: dict[str, Any]) -> HomePage:
    """The home page below `/en/`: without one, English addresses would show Vietnamese pages."""
    locale, _new = Locale.objects.get_or_create(language_code="en")
    english = HomePage(
        slug=ENGLISH_SLUG, locale=locale, translation_key=home.translation_key, **values
    )
    Page.get_first_root_node().add_child(instance=english)
    return english


def prepare_indexes(home: HomePage) -> tuple[dict[str, Page], int]:
    """The index pages in the order of the menu, and how many of them had to be made."""
    pages, made = {}, 0
    for index in INDEXES:
        page = index.kind.objects.child_of(home).first()
        if page is None:
            page = add_page(
                home,
                index.kind(
                    title=index.title,
                    slug=index.slug,
                    show_in_menus=index.menu,
                    **index.values,
                ),
            )
            made += 1
        pages[index.key] = page
    return pages, made


def prepare_standing(home: HomePage) -> int:
    """The pages that a province fills, how many were missing.

    One that stands anywhere below the home page is enough, and an address that editors gave to
    another page stays theirs.
    """
    made = 0
    for index in STANDING:
        taken = Page.objects.child_of(home).filter(slug=index.slug)
        if taken.exists() or index.kind.objects.descendant_of(home).exists():
            continue
        page = index.kind(
            title=index.title, slug=index.slug, show_in_menus=index.menu, **index.values
        )
        add_page(home, page)
        made += 1
    return made


def add_page(parent: Page, page: Page) -> Page:
    """Below a parent that is read anew, published with a revision as an editor would."""
    Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
    page.save_revision(clean=False).publish()
    page.refresh_from_db()
    return page

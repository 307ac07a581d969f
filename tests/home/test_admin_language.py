"""The Vietnamese back office speaks Vietnamese: its pages are walked and read for English words.

What is read is what a person meets: text between tags, and the attributes that a browser or a
screen reader says. Content in English (the English home page, file names) is not made here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Page, get_page_models

from portal.areas.models import Role, User
from portal.home.models import PortalDocument, PortalImage
from portal.jobs import clock
from portal.news.models import (
    ArticlePage,
    Field,
    Issuer,
    NoticePage,
    OfficialDocumentIndexPage,
    SectionPage,
)
from portal.news.services import create_official_document
from portal.registration.services import create_list
from portal.start.services import prepare_portal
from portal.start.tree import add_page
from tests.areas.builders import make_commune, make_officer, make_province, make_village
from tests.pdfs import text_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.once]

DESK = "/quan-tri/"
MOST = 400
SILENT = {"script", "style", "template", "svg", "head"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr", "use"}
SPOKEN = {"placeholder", "title", "aria-label", "alt"}
# Words of the interface that no Vietnamese word looks like; “to”, “no”, “in” are Vietnamese too.
ENGLISH = re.compile(
    r"\b("
    r"about|access|actions?|active|ago|alias|all|any|approved?|are|assign|available|back|blank|"
    r"bulk|cancel|changes?|choose|clear|close|collapse|collections?|comments?|confirm|content|"
    r"copy|created?|current|dashboard|date|days?|delete|deleted|details|disabled?|documents?|"
    r"draft|drag|edit|editing|editor|empty|enabled?|error|errors|expand|expires?|explore|"
    r"false|field|fields|files?|filter|filters|found|from|groups?|has|have|help|hide|history|"
    r"homepage|hours?|images?|inactive|inspect|issue|issues|items?|label|last|latest|level|like|"
    r"live|loading|locales?|locked|lock|log|match|menu items|minutes?|missing|more|move|must|"
    r"name|never|new|next|none|not|number|object|objects|of|options|order|other|out|pages?|"
    r"parent|password|permissions?|please|port|preview|previous|privacy|public|publish|"
    r"published|published|redirects?|reference|referenced|remove|reports?|required|results?|"
    r"revision|role|roles|root|save|saved|schedule|search|seen|select|selected|settings|shared|"
    r"should|show|sign|sites?|size|slug|snippets?|sort|sorry|status|submit|submitted|successfully|"
    r"tags?|tasks?|text|the|there|this|time|title|toggle|translate|true|type|types|unlock|"
    r"unpublish|update|updated|upload|usage|used|users?|username|view|views|visible|was|weeks?|"
    r"what|when|which|will|with|workflows?|yes|you|your|url slug"
    r")\b",
    re.IGNORECASE,
)
# Django makes the English plural of a model without one: “văn bảns”.
FALSE_PLURAL = re.compile(r"[À-ỹ]\w*s\b")
NAMES = re.compile(r"\b(home|news|registration|labour|wagtail\w*|auth)\.\w+")


class Reader(HTMLParser):
    """What a page says, where it leads, and what its sidebar holds."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said: list[str] = []
        self.links: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._sidebar = False
        self.feed(page)

    @property
    def _silent(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._sidebar = given.get("id") == "wagtail-sidebar-props"
        silent = self._silent or tag in SILENT or "hidden" in given
        if tag not in VOID:
            self._open.append((tag, silent))
        if silent:
            return
        self.said += [given[name] for name in SPOKEN & given.keys()]
        if tag == "input" and given.get("type") in {"submit", "button"}:
            self.said.append(given.get("value", ""))
        if tag == "a":
            self.links.append(given.get("href", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _silent in self._open}:
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._sidebar and data.strip():
            self._sidebar = False
            for entry in _entries(json.loads(data)):
                self.said.append(str(entry["label"]))
                self.links.append(str(entry.get("url") or ""))
        elif not self._silent:
            self.said.append(data)


def _entries(packed: Any) -> Iterator[dict[str, Any]]:
    """The menu items in what Wagtail hands to its sidebar."""
    if isinstance(packed, dict):
        if "label" in packed:
            yield packed
        for value in packed.values():
            yield from _entries(value)
    elif isinstance(packed, list):
        for value in packed:
            yield from _entries(value)


def english_in(page: str) -> list[str]:
    """The phrases of a page that hold an English word, or an English plural of a Vietnamese one."""
    phrases = (NAMES.sub("", " ".join(phrase.split())) for phrase in Reader(page).said)
    found = (phrase for phrase in phrases if ENGLISH.search(phrase) or FALSE_PLURAL.search(phrase))
    return sorted(set(found))


@pytest.fixture
def desk() -> Client:
    """A portal with one of everything, and its administrator at the desk."""
    province, commune = make_province(), make_commune()
    make_village(commune)
    make_officer("canbo", Role.COMMUNE_OFFICER, commune)
    prepared = prepare_portal()
    section = add_page(prepared.indexes["news"], SectionPage(title="Kinh tế"))
    add_page(section, ArticlePage(title="Bài viết"))
    add_page(prepared.indexes["notices"], NoticePage(title="Mời họp"))
    issuer = Issuer.objects.create(name="UBND tỉnh", slug="ubnd-tinh", unit=province)
    Field.objects.create(name="Lao động")
    file = PortalDocument.objects.create(title="Tệp", file=ContentFile(text_pdf("Chữ"), "tep.pdf"))
    create_official_document(
        OfficialDocumentIndexPage.objects.get(),
        data={
            "title": "Kế hoạch",
            "number_text": "1/KH-UBND",
            "issuer": issuer,
            "issued_on": clock.today(),
        },
        files=[(file, "tep.pdf")],
    )
    _image()
    create_list("Danh sách", "danh-sach", commune, None)
    admin = User.objects.create_superuser("quantri", "q@example.vn", last_name="Quản")
    client = Client()
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _image() -> None:
    from io import BytesIO

    from PIL import Image

    picture = BytesIO()
    Image.new("RGB", (8, 5)).save(picture, "JPEG")
    PortalImage.objects.create(title="Ảnh", file=ContentFile(picture.getvalue(), "anh.jpg"))


def _editors() -> list[str]:
    """The form of a new page of every type, below the first page that takes it."""
    found = []
    for model in get_page_models():
        kind = ContentType.objects.get_for_model(model)
        for parent in Page.objects.order_by("path"):
            if model in type(parent.specific).allowed_subpage_models() and model.can_create_at(
                parent.specific
            ):
                found.append(f"{DESK}pages/add/{kind.app_label}/{kind.model}/{parent.pk}/")
                break
    return found


def _walk(client: Client, starts: list[str]) -> Iterator[tuple[str, str]]:
    """Pages of the back office by their links; of addresses that differ in numbers, the first."""
    waiting, seen = list(starts), set[str]()
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        pattern = re.sub(r"\d+", "N", address)
        if pattern in seen or "logout" in address or "export=" in address:
            continue
        seen.add(pattern)
        answer = client.get(address)
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        yield address, page
        for link in Reader(page).links:
            parts = urlsplit(urljoin(address, link))
            if not parts.netloc and parts.path.startswith(DESK) and len(parts.query) < 40:
                waiting.append(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def test_no_page_of_the_back_office_speaks_english(desk: Client) -> None:
    """Lists said “14160 out of 14160”, editors “The page title as you'd like…”."""
    starts = [DESK, *_editors()]
    found: dict[str, list[str]] = {}
    read = 0
    for address, page in _walk(desk, starts):
        read += 1
        for phrase in english_in(page):
            found.setdefault(phrase, []).append(address)
    assert read > 100
    assert {phrase: addresses[:2] for phrase, addresses in found.items()} == {}


def test_the_way_in_is_vietnamese(client: Client) -> None:
    """The log-in page said “Password” and “Nhập Tên đăng nhậpcủa bạn”."""
    wrong = {"username": "ai-do", "password": "sai"}
    pages = [
        client.get(f"{DESK}login/"),
        client.post(f"{DESK}login/", wrong),
        client.get(f"{DESK}password_reset/"),
    ]
    assert [english_in(page.content.decode()) for page in pages] == [[]] * len(pages)
    login = pages[0].content.decode()
    assert 'placeholder="Tên đăng nhập"' in login
    assert "Wagtail" not in " ".join(Reader(login).said)


def test_an_address_that_is_not_there_is_said_in_vietnamese(desk: Client) -> None:
    """“The requested page could not be found” stood there."""
    answer = desk.get(f"{DESK}khong-co-trang-nay/")
    assert answer.status_code == 404
    assert english_in(answer.content.decode()) == []


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.PROVINCE_OFFICER])
def test_officers_read_vietnamese_too(desk: Client, role: str) -> None:
    unit = make_province() if role == Role.PROVINCE_OFFICER else make_commune()
    user = make_officer("ai-do", role, unit, permissions=("access_admin",))
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for address in (DESK, f"{DESK}danh-sach/", f"{DESK}danh-sach/tao/", f"{DESK}account/"):
        assert english_in(client.get(address).content.decode()) == [], address


def test_scripts_of_the_editor_have_their_vietnamese(desk: Client) -> None:
    """“Collapse all” is said by a script, which asks for its own catalogue."""
    catalogue = desk.get(f"{DESK}jsi18n/").content.decode()
    for english, vietnamese in (("Collapse all", "Thu gọn tất cả"), ("Duplicate", "Nhân đôi")):
        assert json.dumps(english) in catalogue
        assert json.dumps(vietnamese) in catalogue


def test_the_dashboard_leads_to_no_other_host(desk: Client) -> None:
    """It led to Wagtail's English guide on another host."""
    links = Reader(desk.get(DESK).content.decode()).links
    assert [link for link in links if urlsplit(link).netloc] == []


@pytest.mark.parametrize(
    "page",
    [
        "<p>The page title as you'd like it</p>",
        '<input type="submit" value="Search">',
        '<a aria-label="Actions">Sửa</a>',
        "<td>13 văn bảns</td>",
        "<p>14160 out of 14160</p>",
    ],
)
def test_english_is_noticed(page: str) -> None:
    assert len(english_in(page)) == 1


def test_what_nobody_reads_is_passed_over() -> None:
    page = "<div hidden>None</div><script>search()</script><p>To no, in đậm, Tin tức</p>"
    assert english_in(page) == []


def test_a_form_without_its_secret_is_refused_in_vietnamese(portal: object) -> None:
    """Django's own 403 is in English and outside the portal's frame."""
    strict = Client(enforce_csrf_checks=True)
    for address in ("/", f"{DESK}login/"):
        answer = strict.post(address, {"x": "1"})
        page = answer.content.decode()
        assert answer.status_code == 403
        assert "Chưa nhận được biểu mẫu" in page
        assert 'role="search"' in page
        assert english_in(page) == []


def test_files_are_not_called_by_the_name_of_official_documents(desk: Client) -> None:
    """Wagtail's files stood in the menu as “Văn bản”, beside the official documents."""
    page = Reader(desk.get(f"{DESK}documents/").content.decode())
    assert "Tệp" in page.said
    assert "Văn bản" not in page.said


def test_bug_the_type_of_every_page_was_called_a_type_of_documents() -> None:
    """A word of ours stood in the way of Wagtail's own for its column of page types."""
    with translation.override("vi"):
        assert gettext("Type") != "Loại văn bản"

"""`docs/mission.md` names a page, a test and a picture for every capability: all of them exist."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import Page

from portal.areas.models import Unit
from portal.demo.seeding.forms import seed_form_pages, seed_round
from portal.demo.seeding.labour import seed_campaigns
from portal.demo.seeding.organisation import seed_organisation
from portal.demo.seeding.pages import seed_home, seed_tree
from portal.jobs import clock
from portal.news.models import (
    ArticlePage,
    DocumentType,
    Issuer,
    IssuerIndexPage,
    OfficialDocumentPage,
    SectionPage,
)
from portal.registration import services
from portal.registration.models import ListImport
from portal.registration.rows import EntryRow
from tests.areas.builders import make_commune
from tests.home.units import open_index, open_unit
from tools.shots import SHOTS

ROOT = Path(__file__).resolve().parents[1]
MISSION = ROOT / "docs" / "mission.md"
MISSING = "/khong-co-trang-nay/"

pytestmark = pytest.mark.once


class Row(NamedTuple):
    """One capability."""

    capability: str
    page: str
    test: str
    picture: str


def rows(text: str) -> list[Row]:
    """The lines of all tables below their headings."""
    lines = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("| ")]
    cells = [[cell.strip(" `") for cell in line] for line in lines]
    return [Row(*line) for line in cells if line[0] != "capability"]


ROWS = rows(MISSION.read_text(encoding="utf-8"))
PAGES = sorted({row.page for row in ROWS})


@cache
def names_in(path: Path) -> frozenset[str]:
    """The names of the test functions in a module; none when there is no such module."""
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(each.name for each in tree.body if isinstance(each, ast.FunctionDef))


def lost_tests(found: list[Row]) -> list[str]:
    """Tests that are named and not there."""
    named = [(row.test, *row.test.partition("::")[::2]) for row in found]
    return [test for test, module, name in named if name not in names_in(ROOT / module)]


def lost_pictures(found: list[Row]) -> list[str]:
    """Pictures that are named and never taken."""
    taken = {shot.name for shot in SHOTS}
    return [row.picture for row in found if row.picture not in taken]


@pytest.fixture
def keys() -> dict[str, int]:
    """A small portal with one of each; what the `{…}` of the addresses stand for."""
    commune = make_commune()
    home = seed_home()
    tree = seed_tree(home)
    seed_organisation(home, clock.today())
    seed_form_pages({**tree, "home": home})
    seed_round(clock.today())
    open_unit(open_index(Page.objects.get(pk=home.pk)), "Xã Tân Trào")
    keys = {**_pages(), **_lists(commune)}
    plan = OfficialDocumentPage.objects.get(pk=keys["document"])
    seed_campaigns(tree["labour"], plan, clock.today())
    return keys


def _pages() -> dict[str, int]:
    Issuer.objects.create(name="Ủy ban nhân dân tỉnh", abbreviation="UBND", slug="ubnd-tinh")
    document = OfficialDocumentPage(
        title="Kế hoạch",
        number_text="167/KH-UBND",
        issued_on=clock.today().replace(2024, 9, 23),
        type=DocumentType.objects.get(abbreviation="KH"),
    )
    IssuerIndexPage.objects.get(slug="ubnd-tinh").add_child(instance=document)
    article = ArticlePage(title="Bài viết", published_at=clock.now())
    SectionPage.objects.get(title="Giảm nghèo").add_child(instance=article)
    return {"document": document.pk, "article": article.pk}


def _lists(commune: Unit) -> dict[str, int]:
    entries = [EntryRow("Nguyễn Văn An", "Thôn Bòng", commune, "poor")]
    posted, draft = (
        services.import_rows(services.create_list(title, slug, None, None), entries, None)
        for title, slug in (("Hộ nghèo", "ho-ngheo"), ("Bản nháp", "ban-nhap"))
    )
    services.publish_list(posted, clock.today(), clock.today(), None)
    checked = ListImport.objects.create(
        published_list=draft, file_name="danh-sach.csv", at=clock.now(), state="applied"
    )
    return {"list": posted.pk, "draft": draft.pk, "import": checked.pk}


@pytest.fixture
def administrator(client: Client) -> Client:
    """Somebody before whom every page opens."""
    client.force_login(get_user_model().objects.create_superuser("quantri", password="x"))
    return client


@pytest.mark.django_db
@pytest.mark.timeout(600)
def test_every_page_of_the_mission_opens(administrator: Client, keys: dict[str, int]) -> None:
    found = {
        page: administrator.get(page.format_map(keys), follow=True).status_code for page in PAGES
    }
    assert found == {page: 404 if page == MISSING else 200 for page in PAGES}


def test_every_test_of_the_mission_exists() -> None:
    assert lost_tests(ROWS) == []


def test_every_picture_of_the_mission_is_taken() -> None:
    assert lost_pictures(ROWS) == []


def test_the_mission_has_a_row_for_each_capability_and_each_picture_a_name_of_its_own() -> None:
    assert len({row.capability for row in ROWS}) == len(ROWS) >= 40
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)


@pytest.mark.parametrize(
    "test",
    [
        "tests/test_mission.py::test_that_never_was",
        "tests/test_nowhere.py::test_every_test_of_the_mission_exists",
        "tests/test_mission.py",
    ],
)
def test_a_wrong_test_is_noticed(test: str) -> None:
    assert lost_tests(rows(f"| x | `/` | `{test}` | home |")) == [test]


def test_a_wrong_picture_is_noticed() -> None:
    assert lost_pictures(rows("| x | `/` | `y` | no-such-picture |")) == ["no-such-picture"]

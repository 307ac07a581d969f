"""What the demo holds: the numbers that the project promises, kept whole and told in silence."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from django.core.management import call_command
from django.test import Client

from portal.areas.models import Assignment, User
from portal.demo.places import COMMUNES
from portal.demo.seeding import seed
from portal.demo.seeding.lists import LISTS
from portal.forms.registry import mount_url
from portal.home.models import HomePage
from portal.jobs import clock
from portal.news.models import ArticlePage, NoticePage, OfficialDocumentPage, SectionPage
from portal.registration.access import lists_of
from portal.registration.models import ListEntry, PublishedList
from tests.demo.world import census, seeded

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("seed")]

PLAN = "167/KH-UBND"
ACCOUNTS = {
    *("quantri", "quantri-noidung", "congtacvien", "bientap-muc", "bientap", "kiemduyet"),
    *("canbo-danhsach", "canbo-tinh", "canbo-tantrao", "canbo-yenson", "truongthon"),
    *("bientap-sonnmt", "bientap-tantrao", "bientap-yenson"),
}
TWO_PROVINCIAL = 2
State = PublishedList.State


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of the seeded portal."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[list[str]]:
    """The seeded portal."""
    with django_db_blocker.unblock(), seeded(folder) as parts:
        yield parts


@pytest.fixture(autouse=True)
def portal(told: list[str], folder: Path, settings: Any) -> list[str]:
    """Each test looks at the same portal; what it changes is rolled back."""
    settings.MEDIA_ROOT = str(folder / "media")
    return told


def _pdf(page: OfficialDocumentPage) -> pdfium.PdfDocument:
    with page.files.get().document.file.open("rb") as source:
        return pdfium.PdfDocument(io.BytesIO(source.read()))


def _letters(pdf: pdfium.PdfDocument) -> int:
    return sum(len(page.get_textpage().get_text_bounded().strip()) for page in pdf)


def test_the_promised_numbers_of_pages_stand() -> None:
    assert HomePage.objects.live().count() == 2
    assert SectionPage.objects.live().count() == 11
    assert ArticlePage.objects.live().count() + NoticePage.objects.live().count() >= 20
    assert OfficialDocumentPage.objects.live().count() >= 12


def test_every_document_has_a_real_pdf_and_one_is_a_scan() -> None:
    pdfs = {page.number_text: _pdf(page) for page in OfficialDocumentPage.objects.all()}
    scans = [number for number, pdf in pdfs.items() if not _letters(pdf)]
    assert len(scans) == 1
    assert len(pdfs[PLAN]) > 1
    assert sum(len(pdf) > 1 for pdf in pdfs.values()) >= 3


def test_the_plan_has_its_real_day_its_note_and_its_article() -> None:
    plan = OfficialDocumentPage.objects.get(number_text=PLAN)
    article = ArticlePage.objects.get(documents__document=plan)
    assert plan.issued_on == date(2024, 9, 23)
    assert "dựng lại" in plan.demo_note
    assert article.attachments.exists()


def test_everything_is_marked_as_demo_data() -> None:
    assert not OfficialDocumentPage.objects.filter(demo_note="").exists()
    assert not PublishedList.objects.filter(demo_note="").exists()
    for page in (*ArticlePage.objects.all(), *NoticePage.objects.all()):
        assert "minh họa" in str(page.body)


def test_two_provincial_lists_hold_three_hundred_households() -> None:
    lists = PublishedList.objects.filter(unit=None, state=State.PUBLISHED)
    assert lists.count() == TWO_PROVINCIAL
    assert ListEntry.objects.filter(published_list__in=lists).count() >= 300


def test_an_an_and_an_with_another_accent_are_found_once_each() -> None:
    for name in ("Nguyễn Văn An", "Nguyễn Văn Ân"):
        assert ListEntry.objects.filter(head_name=name).count() == 1


def test_each_list_is_posted_for_sixty_days_from_the_seeding_day() -> None:
    for item in PublishedList.objects.all():
        assert item.visible_from is not None
        assert item.visible_until is not None
        first = item.visible_from.astimezone(clock.ZONE).date()
        last = (item.visible_until - timedelta(seconds=1)).astimezone(clock.ZONE).date()
        assert (first, last) == (clock.today(), clock.today() + timedelta(days=60))


def test_the_accounts_are_there_and_open_with_the_password() -> None:
    assert set(User.objects.values_list("username", flat=True)) == ACCOUNTS
    assert all(user.check_password("Demo-2026") for user in User.objects.all())
    communes = {
        work.user.username: work.unit.code for work in Assignment.objects.select_related("unit")
    }
    assert communes["canbo-tantrao"] == "02545"
    assert communes["canbo-yenson"] == "02473"


@pytest.mark.parametrize("username", ["canbo-tantrao", "canbo-yenson"])
def test_an_officer_who_logs_in_finds_work_of_the_own_commune(username: str) -> None:
    """Both demo lists belonged to the province, so communes saw “no fitting list”."""
    user = User.objects.get(username=username)
    own = lists_of(user)
    assert [item.state for item in own] == [State.PUBLISHED]
    assert {item.unit for item in own} == {user.assignments.get().unit}
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert own[0].title in client.get("/quan-tri/danh-sach/").content.decode()


def test_names_are_shown_in_vietnamese_order() -> None:
    """“Trị Quản” was the administrator."""
    assert User.objects.get(username="quantri").get_full_name() == "Quản Trị"
    assert User.objects.get(username="canbo-tantrao").get_full_name() == "Ma Thuận"


def test_a_second_run_changes_nothing_and_says_nothing() -> None:
    before = census()
    told: list[str] = []
    assert seed(told.append) is False
    assert told == []
    assert census() == before


@pytest.mark.once  # its worker closes the connection that this test's transaction stands on
def test_prepare_demo_is_silent_when_nothing_is_missing(
    capsys: pytest.CaptureFixture[str], drain: Any
) -> None:
    """It named five parts as seeded at every start."""
    drain()
    call_command("prepare_demo")
    said = capsys.readouterr()
    assert said.out == ""
    assert "seeded" not in said.err


def test_lapsed_lists_are_renewed_and_their_old_names_are_gone() -> None:
    old = set(PublishedList.objects.values_list("pk", flat=True))
    later = datetime.combine(clock.today() + timedelta(days=75), datetime.min.time())
    with clock.frozen(later):
        told: list[str] = []
        seed(told.append)
        assert told == ["published lists"]
        assert seed() is False
        running = PublishedList.objects.filter(state=State.PUBLISHED)
        assert running.count() == len(LISTS)
        assert all(item.runs_at(clock.now()) for item in running)
    assert not old & set(running.values_list("pk", flat=True))
    assert not ListEntry.objects.filter(published_list__in=old).exists()
    assert PublishedList.objects.filter(pk__in=old, state=State.WITHDRAWN).count() == len(old)


def test_half_of_the_window_renews_nothing() -> None:
    before = census()
    with clock.frozen(clock.now() + timedelta(days=30)):
        assert seed() is False
    assert census() == before


def test_the_communes_of_the_texts_are_those_of_the_units() -> None:
    """A misspelt name would stay as it is in another province."""
    from portal.areas.models import Unit

    names = dict(Unit.objects.filter(code__in=COMMUNES.values()).values_list("name", "code"))
    assert names == COMMUNES


@pytest.mark.parametrize(
    ("page", "english", "title"),
    [
        (
            "/ra-soat-ho-ngheo/",
            "/en/household-review/",
            "Request for the poor and near-poor review",
        ),
        ("/lao-dong/phieu/", "/en/worker-sheet/", "Worker information sheet"),
    ],
)
def test_both_forms_can_be_filled_in_in_english(
    client: Client, page: str, english: str, title: str
) -> None:
    """The language switch of the form's page led to the English home page."""
    assert f'href="{english}"' in client.get(page).content.decode()
    begun = client.get(f"{english}khai/").content.decode()
    assert '<html lang="en"' in begun
    assert title in begun
    where = client.get(page.rstrip("/") + "/khai/").content.decode()
    assert title not in where
    assert mount_url("household") == "/ra-soat-ho-ngheo/"


def test_english_addresses_show_an_english_home_page(client: Client) -> None:
    """`/en/` was the Vietnamese home page under `lang="en"`."""
    page = client.get("/en/").content.decode()
    assert '<html lang="en"' in page
    assert "Tuyên Quang Province" in page
    assert "Tin nổi bật" not in page
    assert client.get("/en/about/").status_code == 200
    assert client.get("/en/tin-tuc/").status_code == 404
    assert "Tin nổi bật" in client.get("/").content.decode()

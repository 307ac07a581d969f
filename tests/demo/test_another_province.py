"""`PORTAL_PROVINCE=04 prepare_demo` ended in a traceback and left half a Tuyên Quang behind."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from portal.areas.models import Assignment, Unit
from portal.demo import papers, pictures
from portal.demo.places import COMMUNES
from portal.demo.seeding import seed
from portal.news.models import Issuer, OfficialDocumentPage
from portal.registration.models import ListEntry, PublishedList
from tests.demo.units import load_province
from tests.demo.world import seeded
from tests.pdfs import text_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.xdist_group("seed")]

AT_HOME = ("Tuyên Quang", "Thành Tuyên", *COMMUNES)


@pytest.fixture(scope="module")
def _quick() -> Iterator[None]:
    """Neither pictures nor PDFs differ between provinces; they are what takes long."""
    with pytest.MonkeyPatch.context() as patch:
        small = io.BytesIO()
        pictures.Image.new("RGB", (8, 5)).save(small, "JPEG")
        patch.setattr(pictures, "draw", lambda _scene: small.getvalue())
        patch.setattr(papers, "render_pdf", lambda *_what: text_pdf("Văn bản"))
        yield


@pytest.fixture(scope="module")
def _seeded(
    _quick: None,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    with django_db_blocker.unblock(), seeded(tmp_path_factory.mktemp("demo-04"), "04"):
        yield


@pytest.fixture
def cao_bang(_seeded: None, settings: Any) -> None:
    """The demo of Cao Bằng."""
    settings.PROVINCE_CODE = "04"


def _texts() -> str:
    pages = (page.specific for page in Page.objects.all())
    values = (str(getattr(page, f.name)) for page in pages for f in page._meta.concrete_fields)
    lists = PublishedList.objects.values_list("title", "slug")
    issuers = Issuer.objects.values_list("name", "abbreviation", "slug")
    return "\n".join([*values, *map(str, lists), *map(str, issuers)])


def test_nothing_tells_of_tuyen_quang(cao_bang: None) -> None:
    texts = _texts()
    assert "Cổng thông tin điện tử tỉnh Cao Bằng" in texts
    own = set(Unit.objects.values_list("name", flat=True))
    assert [name for name in AT_HOME if name in texts and name not in own] == []
    assert not OfficialDocumentPage.objects.filter(number_text="167/KH-UBND").exists()


def test_all_people_and_households_are_of_the_province(cao_bang: None) -> None:
    communes = {entry.commune for entry in ListEntry.objects.select_related("commune__parent")}
    assert {unit.parent.code for unit in communes if unit.parent} == {"04"}
    assert ListEntry.objects.count() >= 300
    officers = {
        work.user.username: work.unit for work in Assignment.objects.select_related("unit__parent")
    }
    assert officers["canbo-tinh"].code == "04"
    assert {officers[name].parent for name in ("canbo-tantrao", "canbo-yenson", "truongthon")} == {
        officers["canbo-tinh"]
    }


def test_a_second_run_changes_nothing(cao_bang: None) -> None:
    assert seed() is False


def test_the_demo_of_another_province_is_refused_in_a_sentence(
    cao_bang: None, settings: Any, tmp_path: Path
) -> None:
    settings.PROVINCE_CODE = "46"
    load_province(tmp_path / "units", "46")
    with pytest.raises(CommandError, match=r"PORTAL_PROVINCE: .*Cao Bằng.*Huế"):
        call_command("seed_demo")

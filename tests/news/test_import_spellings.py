"""One agency, one number, one type, however a manifest spells them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.areas.models import Unit
from portal.news.models import DocumentType, Issuer, OfficialDocumentPage
from portal.news.numbers import parse_number, written
from portal.news.services import find_issuer, find_type, issuer_key
from tests.home.trees import Portal
from tests.news.test_import import but, folder, manifest
from tests.registration.conftest import make_unit

__all__ = ["folder"]
pytestmark = [pytest.mark.once, pytest.mark.django_db]
COMMITTEE = "Ủy ban nhân dân tỉnh"


@pytest.fixture
def province(portal: Portal) -> Unit:
    """Tuyên Quang of today; its committee is named as the demo content names it."""
    Issuer.objects.filter(pk=portal.issuer.pk).update(name=COMMITTEE, abbreviation="UBND")
    Issuer.objects.create(name="Sở Nội vụ", abbreviation="SNV")
    Issuer.objects.create(name="Ủy ban nhân dân xã Tân Trào")
    return make_unit("08", "Tuyên Quang", None)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Ủy ban nhân dân tỉnh Tuyên Quang", COMMITTEE),
        ("Uỷ ban nhân dân tỉnh", COMMITTEE),
        ("UBND tỉnh", COMMITTEE),
        ("ubnd tỉnh tuyên quang", COMMITTEE),
        ("UBND", COMMITTEE),
        ("Sở Nội vụ tỉnh Tuyên Quang", "Sở Nội vụ"),
        ("Sở Nội vụ tỉnh", "Sở Nội vụ"),
        ("UBND xã Tân Trào", "Ủy ban nhân dân xã Tân Trào"),
        ("UBND tỉnh Hà Giang", None),
        ("UBND xã Tuyên Quang", None),
        ("Ủy ban nhân dân", None),
        ("Hội đồng nhân dân tỉnh", None),
        ("", None),
    ],
)
def test_an_agency_is_known_by_every_spelling(province: Unit, name: str, found: str | None) -> None:
    issuer = find_issuer(name)
    assert (issuer.name if issuer else None) == found


def test_a_name_without_a_province_is_compared_as_it_is() -> None:
    assert issuer_key("HĐND tỉnh Lào Cai", None) == "hội đồng nhân dân tỉnh lào cai"


def test_a_document_is_not_published_twice_under_two_spellings_of_its_agency(
    portal: Portal, province: Unit, folder: Path
) -> None:
    portal.document("167/KH-UBND", "Kế hoạch", issued_on=date(2024, 9, 23))
    names = ("Ủy ban nhân dân tỉnh Tuyên Quang", "Uỷ ban nhân dân tỉnh", "UBND tỉnh")
    rows = [but(issuer=name, number=number) for name in names for number in NUMBERS]
    call_command("import_documents", str(manifest(folder, *rows)))
    assert OfficialDocumentPage.objects.count() == 1
    assert Issuer.objects.count() == 3


NUMBERS = ("167/KH–UBND", "167/kh-ubnd", "167 / KH — UBND", "167∕KH‑UBND")


@pytest.mark.parametrize(
    ("typed", "printed", "code"),
    [
        *((number, "167/KH-UBND", "plan") for number in NUMBERS),
        ("61/kh-ubnd", "61/KH-UBND", "plan"),
        ("19/2025/qđ-ttg", "19/2025/QĐ-TTg", "pm_decision"),
        ("318/2025/nđ-cp", "318/2025/NĐ-CP", "decree"),
        ("12/ttr-sxd", "12/TTr-SXD", "submission"),
        ("12/CTR-TU", "12/CTr-TU", "programme"),
        ("91/2025/qh15", "91/2025/QH15", "law"),
        ("43/ubnd-kt", "43/UBND-KT", "official_letter"),
        ("11/2022/TT-BLĐTBXH", "11/2022/TT-BLĐTBXH", "circular"),
        ("05/SGDĐT-TTr", "05/SGDĐT-TTr", "official_letter"),
    ],
)
def test_dashes_and_small_letters_lose_no_type(typed: str, printed: str, code: str) -> None:
    parsed = parse_number(typed)
    assert (written(parsed), parsed.type_code) == (printed, code)
    assert parse_number(written(parsed)) == parsed


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("KE HOACH", "plan"),
        ("ke hoach", "plan"),
        ("Bản thoả thuận", "agreement"),
        ("DU AN", "project"),
        ("de an", "project_scheme"),
        ("HĐ", "contract"),
        ("HD", "guidance"),
    ],
)
def test_a_type_is_known_without_its_marks(portal: Portal, typed: str, code: str) -> None:
    assert find_type(typed, parse_number("1/X")) == DocumentType.objects.get(code=code)

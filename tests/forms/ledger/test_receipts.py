"""The receipt: made from the committed row, on paper and as an address; it names nobody."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pypdfium2 as pdfium
import pytest
import segno
from django.utils import translation
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from portal.areas.models import Unit
from portal.forms import receipts, registry
from portal.forms.models import Submission
from tests.forms.ledger import trial
from tests.printing.papers import one_line, reader
from tests.registration.conftest import make_unit

pytestmark = pytest.mark.once

BASE = "https://cong.example.vn"
MOUNT = "/ra-soat-ho-ngheo/"
SIZE = 34 / 25.4 * 72
LEFT = (148 - 14 - 34) / 25.4 * 72


@pytest.fixture
def row(communes: list[Unit], monkeypatch: pytest.MonkeyPatch) -> Submission:
    """A form that arrived at Tân Trào; its page stands in the portal."""
    monkeypatch.setattr(registry, "_mounts", [lambda _form: MOUNT])
    return trial.sent(communes[0])


def test_the_facts_are_those_of_the_row(row: Submission) -> None:
    facts = receipts.facts_of(row, BASE)
    digest = row.entry.hash
    assert (facts.reference, facts.code) == (row.reference, "")
    assert (facts.title, facts.version) == (trial.TITLE, trial.VERSION)
    assert facts.sent == "25/11/2026 - 15:30"
    assert facts.place == "xã Tân Trào, tỉnh Tuyên Quang"
    assert (facts.chain, facts.number, facts.hash) == ("02545", 1, digest)
    assert facts.proof == f"{digest[:4]} {digest[4:8]} {digest[8:12]} {digest[12:16]}"
    assert facts.status_url == f"{BASE}{MOUNT}tra-cuu/"


def test_the_committed_row_counts_and_not_the_object_in_hand(row: Submission) -> None:
    row.reference, row.version, row.code = "RS-26-0000-0000", "khac", "00000000"
    facts = receipts.facts_of(row, BASE, with_code=True)
    stored = Submission.objects.get(pk=row.pk)
    assert (facts.reference, facts.version) == (stored.reference, stored.version)
    assert facts.code.replace(" ", "") == stored.code


def test_the_code_is_shown_in_two_groups_if_asked_for(row: Submission) -> None:
    code = str(row.code)
    assert receipts.facts_of(row, BASE, with_code=True).code == f"{code[:4]} {code[4:]}"


def test_a_form_without_a_commune_went_to_the_province(row: Submission) -> None:
    facts = receipts.facts_of(trial.sent(None), BASE)
    assert (facts.place, facts.chain) == ("tỉnh Tuyên Quang", "tinh")


def test_a_province_that_is_not_loaded_is_called_by_its_kind(
    row: Submission, settings: Any
) -> None:
    settings.PROVINCE_CODE = "99"
    assert receipts.facts_of(trial.sent(None), BASE).place == "tỉnh"


def test_a_commune_of_before_the_reform_keeps_its_district(row: Submission) -> None:
    old = {"valid_from": date(1900, 1, 1), "valid_to": date(2025, 6, 30)}
    province = Unit.objects.get(code="08")
    district = make_unit("074", "Sơn Dương", province, kind="huyen", level="district", **old)
    unit = make_unit("02548", "Kim Quan", district, **old)
    Submission.objects.filter(pk=row.pk).update(unit=unit)
    place = receipts.facts_of(row, BASE).place
    assert place == "xã Kim Quan, huyện Sơn Dương, tỉnh Tuyên Quang"


def test_title_and_place_stay_vietnamese_in_english(row: Submission) -> None:
    with translation.override("en"):
        facts = receipts.facts_of(row, BASE)
    assert (facts.title, facts.place) == (trial.TITLE, "xã Tân Trào, tỉnh Tuyên Quang")


def test_a_form_that_no_room_offers_any_more_still_has_its_receipt(row: Submission) -> None:
    Submission.objects.filter(pk=row.pk).update(version="2019-1")
    assert receipts.facts_of(row, BASE).title == trial.TITLE
    registry._types.clear()
    assert receipts.facts_of(row, BASE).title == trial.FORM
    assert row.reference in one_line(receipts.pdf(row, BASE))


def test_facts_hold_nothing_personal(row: Submission) -> None:
    told = str(asdict(receipts.facts_of(row, BASE, with_code=True)))
    assert not [value for value in personal() if value in told]


def test_the_address_holds_reference_and_short_proof(row: Submission) -> None:
    parts = urlsplit(receipts.check_url(row, BASE))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{BASE}/bien-nhan/"
    assert parse_qs(parts.query) == {"so": [row.reference], "dau": [row.entry.hash[:16]]}


@pytest.mark.parametrize("with_code", [False, True])
def test_the_paper_says_what_arrived_where_when_and_how_to_follow_it(
    row: Submission, with_code: bool
) -> None:
    printed = one_line(receipts.pdf(row, BASE, with_code=with_code))
    facts = receipts.facts_of(row, BASE, with_code=True)
    for part in (
        "BIÊN NHẬN HỒ SƠ",
        facts.reference,
        facts.title,
        facts.sent,
        facts.place,
        facts.proof,
        f"{BASE}/bien-nhan/",
        f"{BASE}{MOUNT}tra-cuu/",
        "chỉ là tạm tính",
        "Ủy ban nhân dân cấp xã xác minh và quyết định",
        "xin giữ kín",
    ):
        assert part in printed
    assert (facts.code in printed) is with_code
    assert not [value for value in personal() if value in printed]


def test_the_paper_is_one_page_of_a5_tagged_and_titled(row: Submission) -> None:
    made = reader(receipts.pdf(row, BASE, with_code=True))
    box = made.pages[0].mediabox
    assert len(made.pages) == 1
    assert (float(box.width), float(box.height)) == pytest.approx((419.53, 595.28), abs=0.1)
    root: Any = made.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert made.metadata is not None
    assert made.metadata.title == f"Biên nhận {row.reference}"


def test_the_qr_code_has_a_text_for_readers_by_ear(row: Submission) -> None:
    root: Any = reader(receipts.pdf(row, BASE)).trailer["/Root"]
    assert f"Mã QR mở trang kiểm tra biên nhận số {row.reference}" in alternatives(
        root["/StructTreeRoot"]
    )


def test_the_qr_code_leads_to_the_check(row: Submission) -> None:
    """Its squares on the paper are those of the address; no decoder is among the packages."""
    wanted = segno.make(receipts.check_url(row, BASE), error="m").matrix
    assert drawn(receipts.pdf(row, BASE), len(wanted)) == [list(map(int, line)) for line in wanted]


def test_a_paper_of_the_demonstration_says_so(row: Submission, settings: Any) -> None:
    settings.DEMO = False
    plain = one_line(receipts.pdf(row, BASE))
    settings.DEMO = True
    assert len(one_line(receipts.pdf(row, BASE))) > len(plain)


@pytest.mark.parametrize("length", [1, 200])
def test_the_longest_title_fits_on_the_page(
    row: Submission, monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    title = ("Tờ khai rà soát hộ nghèo " * 20)[:length]
    monkeypatch.setattr(receipts, "title_of", lambda _row: title)
    assert len(reader(receipts.pdf(row, BASE, with_code=True)).pages) == 1


def personal() -> list[str]:
    return [trial.PERSON, trial.CITIZEN, trial.NOTE, *trial.MEMBERS, "1250000", "1.250.000"]


def alternatives(node: Any) -> list[str]:
    """Texts for readers by ear below a node of the structure tree."""
    children = node.get("/K", [])
    inner = [
        child.get_object() for child in (children if isinstance(children, list) else [children])
    ]
    own = [str(node["/Alt"])] if "/Alt" in node else []
    return own + [text for child in inner if hasattr(child, "get") for text in alternatives(child)]


def drawn(made: bytes, count: int) -> list[list[int]]:
    """The squares of the code, read back from the rectangles on the page."""
    unit = SIZE / count
    page = pdfium.PdfDocument(made)[0]
    boxes = [one.get_bounds() for one in page.get_objects([FPDF_PAGEOBJ_PATH], max_depth=5)]
    runs = [box for box in boxes if abs(box[3] - box[1] - unit) < 0.1 and box[0] > LEFT - 0.1]
    top = max(box[3] for box in runs)
    squares = [[0] * count for _row in range(count)]
    for left, _bottom, right, upper in runs:
        y = round((top - upper) / unit)
        for x in range(round((left - LEFT) / unit), round((right - LEFT) / unit)):
            squares[y][x] = 1
    return squares

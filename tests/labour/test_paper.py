"""Mẫu số 03 filled in: what a reader sees on the paper."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pypdfium2 as pdfium
import pytest

from portal.forms import registry
from portal.forms.models import Submission
from portal.jobs import clock
from portal.printing import render_pdf
from tests.labour.people import INACTIVE, UNEMPLOYED, WORKER, address, changed, send
from tests.labour.test_questionnaire import DOMAIN

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("communes")]
TICK = "×"


def printed(arrived: Submission) -> bytes:
    """The PDF as the receipt offers it."""
    sheet = registry.get("worker").sheet("mau-so-03")
    assert sheet is not None
    return render_pdf(sheet.template, sheet.data(arrived, arrived.answers))


def text_of(made: bytes) -> str:
    """The text layer with every run of white space as one blank."""
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(made)]
    return " ".join(" ".join(pages).split())


def paper(pages: dict[str, dict[str, Any]]) -> str:
    """The text of the paper of these answers."""
    return text_of(printed(send(pages)))


def ticked(text: str) -> list[str]:
    """What follows a tick, by its first two words."""
    return [" ".join(part.split()[:2]) for part in text.split(TICK)[1:]]


def test_the_paper_of_an_employed_person_holds_the_answers() -> None:
    text = paper(WORKER)
    assert "Mẫu số 03" in text
    assert "Thông tư số 11/2022/TT-BLĐTBXH ngày 30/6/2022" in text
    assert "Tỉnh/thành phố: tỉnh Tuyên Quang Xã/phường/thị trấn: xã Tân Trào" in text
    assert "Quận" not in text
    assert "1. Họ, chữ đệm và tên khai sinh: Ma Thị Đức" in text
    assert "07031990" in re.sub(r"\s", "", text)
    assert "4. Số CCCD/CMND: 008190001234" in text
    assert "5. Mã số BHXH: 0123456789" in text
    assert "thường trú: Xóm Trên, Thôn Cả, xã Tân Trào, tỉnh Tuyên Quang" in text
    assert "Ghi tên dân tộc: Sán Chay 9." in text
    assert "10.1. Chuyên ngành đào tạo: May thời trang" in text
    assert "đang làm: May công nghiệp (nhóm 75: Thợ chế biến thực phẩm" in text
    assert "bắt đầu thực hiện HĐLĐ: 05/2019" in text
    assert "12.3. Nơi làm việc: Công ty May Sơn Dương (minh họa)" in text
    assert "Địa chỉ nơi làm việc: Tổ 5, xã Sơn Dương, tỉnh Tuyên Quang" in text
    assert text == unicodedata.normalize("NFC", text)


def test_the_boxes_of_an_employed_person_are_ticked() -> None:
    assert ticked(paper(WORKER)) == [
        "Nữ 4.",
        "Thuộc hộ",
        "Dân tộc",
        "Tốt nghiệp",
        "Cao đẳng",
        "Người có",
        "Làm công",
        "Có (",
        "Bắt buộc",
        "Có Không",
        "HĐLĐ không",
        "Doanh nghiệp:",
    ]


def test_the_jumps_lead_to_12_and_13() -> None:
    text = paper(UNEMPLOYED)
    assert "Người có việc làm → 12" in text
    assert f"{TICK} Người thất nghiệp → 13" in text
    assert f"{TICK} Đã từng làm việc" in text
    assert f"{TICK} Từ 3 tháng đến 1 năm" in text
    assert "Thuộc đối tượng" not in text  # "none of these" is no box of the form


def test_a_reason_is_ticked() -> None:
    text = paper(INACTIVE)
    assert f"{TICK} Không tham gia hoạt động kinh tế, lý do:" in text
    assert f"{TICK} Hưu trí" in text


def test_the_place_of_the_signature_says_that_there_is_none() -> None:
    arrived = send(WORKER)
    text = text_of(printed(arrived))
    assert "(bản in từ cổng, chưa có chữ ký) Ma Thị Đức" in text
    assert arrived.reference in text
    assert f"Ngày {clock.today():%d tháng %m năm %Y}" in text


def test_who_filled_in_for_another_is_not_named_as_the_worker() -> None:
    arrived = send(WORKER)
    arrived.filler = "on_behalf"
    assert text_of(printed(arrived)).count("Ma Thị Đức") == 1


def test_the_present_residence_is_written_only_where_it_differs() -> None:
    """Footnote 4."""
    assert "đăng ký thường trú): ...." in paper(WORKER)
    moved = changed(WORKER, residence="moved_in")
    moved["noi-o"] |= address("permanent_residence", "01", "Ba Đình", "Phố Đội Cấn")
    text = paper(moved)
    assert "Nơi đăng ký thường trú: Phố Đội Cấn, phường Ba Đình, tỉnh Hà Nội" in text
    assert "đăng ký thường trú): Xóm Trên, Thôn Cả, xã Tân Trào, tỉnh Tuyên Quang" in text


def test_a_sheet_of_the_province_has_no_commune_and_a_year_alone_prints() -> None:
    pages = {slug: page for slug, page in WORKER.items() if slug != "thon-to"}
    pages["nguoi-lao-dong"] = {
        **WORKER["nguoi-lao-dong"],
        "residence": "away",
        "birth_date_day": "",
        "birth_date_month": "",
    }
    pages["noi-o"] = address("permanent_residence", "01", "Ba Đình") | address(
        "present_residence", "01", "Ba Đình"
    )
    text = paper(pages)
    assert "Tỉnh/thành phố: tỉnh Tuyên Quang Xã/phường/thị trấn: ...." in text
    assert "năm sinh: 1990" in text.replace("1 9 9 0", "1990")


def test_markup_in_an_answer_stays_text() -> None:
    """Attack: typst markup in an answer runs code of the template's language."""
    attack = '#read("/etc/passwd") *x* $y$'
    assert attack in paper(changed(WORKER, job=attack))


def test_it_fits_two_pages_and_three_with_the_longest_answers() -> None:
    longest = changed(
        WORKER,
        full_name="Nguyễn Hoàng " * 7,
        job="Vận hành máy " * 11,
        workplace_name="Hợp tác xã nông nghiệp " * 8,
        present_house="Xóm Đồng Bằng " * 10,
    )
    assert len(pdfium.PdfDocument(printed(send(longest)))) <= 3
    assert len(pdfium.PdfDocument(printed(send(WORKER)))) <= 2


def test_every_code_of_the_questionnaire_has_its_box_on_the_paper() -> None:
    from portal.printing.render import TEMPLATES

    source = (TEMPLATES / "worker_sheet.typ").read_text("utf-8")
    boxes = {
        code for name, (_no, codes) in DOMAIN.items() for code in codes if f'"{name}"' in source
    }
    expected = {code for _no, codes in DOMAIN.values() for code in codes}
    assert boxes == expected
    assert [code for code in sorted(expected) if f'"{code}"' not in source] == []

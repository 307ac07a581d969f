"""Walk 2: a household declares on a phone without scripts; the commune finds it in its inbox."""

from __future__ import annotations

import re
from io import BytesIO

import openpyxl
import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from portal.forms import ledger
from tests.e2e.declaring import FORM, begin, declare, person, place, save
from tests.e2e.steps import log_in
from tests.registration import declaring

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("declaration_page"),
]

INBOX = "/quan-tri/ho-so/"
NAME = "Nguyễn Văn An"
SENTENCE = re.compile(r"Hộ vẫn có thể thuộc diện hộ nghèo\.")


def test_a_household_declares_reads_its_score_and_gets_a_receipt(phone: Page) -> None:
    reference, code = declare(phone)
    main = phone.locator("main")
    expect(main).to_contain_text(reference)
    expect(main).to_contain_text(code)
    expect(main).to_contain_text("Theo những gì đã khai, hộ thuộc diện hộ nghèo")
    expect(main).to_contain_text("Bảng điểm minh họa, chưa phải bảng chính thức")
    assert list(ledger.differences()) == []
    phone.get_by_role("link", name="Kiểm tra biên nhận này").click()
    expect(phone.locator("main")).to_contain_text("có trong sổ")
    expect(phone.locator("main")).not_to_contain_text(NAME)


@pytest.mark.once
def test_the_sentence_stands_before_the_points_after_each_step(phone: Page) -> None:
    begin(phone)
    place(phone)
    expect(phone.locator(".standing")).to_contain_text(SENTENCE)
    person(phone, NAME, "head", "1980")
    standing = phone.locator(".standing").inner_text()
    assert SENTENCE.match(standing)


@pytest.mark.once
def test_going_on_with_reference_and_code_on_another_phone(phone: Page, desk: Page) -> None:
    reference, code = begin(phone)
    place(phone)
    phone.get_by_role("button", name="Xong, xóa khỏi máy này").click()
    expect(phone.locator("main")).to_contain_text("đã được xóa khỏi máy này")
    desk.goto(f"{FORM}khai/tiep-tuc/")
    desk.locator("#id_reference").fill(reference.lower())
    desk.locator("#id_code").fill(code)
    save(desk)
    expect(desk.locator("h1")).to_contain_text("Những người trong hộ")


def test_the_commune_finds_opens_and_receives_it(phone: Page, desk: Page) -> None:
    reference, code = declare(phone)
    log_in(desk, "canbo-tantrao")
    desk.goto(INBOX)
    expect(desk.locator("table.listing")).to_contain_text(reference)
    desk.locator("main input[type=search], main input[name=q]").first.fill("nguyen van an")
    desk.locator("main input[type=search], main input[name=q]").first.press("Enter")
    desk.get_by_role("link", name=reference).first.click()
    expect(desk.locator("main")).to_contain_text("Nhà bị lũ cuốn")
    expect(desk.locator("main")).to_contain_text("Theo những gì đã khai, hộ thuộc diện hộ nghèo")
    desk.get_by_role("button", name="Đánh dấu đã tiếp nhận").click()
    phone.goto(f"{FORM}tra-cuu/")
    phone.locator("#id_reference").fill(reference)
    phone.locator("#id_code").fill(code)
    save(phone)
    expect(phone.locator("h1")).to_contain_text("Xã đã tiếp nhận tờ khai")


def test_another_commune_sees_nothing_of_it(desk: Page, client: Client) -> None:
    """An officer of another commune looks for the form."""
    arrived = declaring.declare(client)
    log_in(desk, "canbo-yenson")
    desk.goto(INBOX)
    expect(desk.locator("main")).to_contain_text("0 hồ sơ")
    expect(desk.locator("main")).not_to_contain_text(arrived.reference)


@pytest.mark.once
def test_the_list_goes_into_a_workbook(desk: Page, client: Client) -> None:
    arrived = declaring.declare(client)
    log_in(desk, "canbo-tantrao")
    desk.goto(f"{INBOX}xuat/")
    desk.locator("main form textarea, main form input[type=text]").first.fill("Họp thôn tháng này")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="Xuất tệp XLSX").click()
    content = BytesIO(download.value.path().read_bytes())
    sheet = openpyxl.load_workbook(content).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert arrived.reference in cells
    assert declaring.HEAD["full_name"] in cells


def test_an_officer_types_in_paper_and_the_household_gets_the_same_receipt(desk: Page) -> None:
    log_in(desk, "canbo-tantrao")
    desk.goto(f"{INBOX}nhap/")
    desk.locator("input[name=mau][value=household]").check()
    desk.locator("input[name=ai][value=self]").check()
    desk.locator("input[name=ky]").check()
    desk.get_by_role("button", name="Bắt đầu", exact=True).click()
    expect(desk.locator("main")).to_contain_text("Cán bộ nhập thay từ tờ khai giấy đã ký")
    desk.get_by_role("link", name="Tiếp tục").click()
    place(desk)
    expect(desk.locator("h1")).to_contain_text("Những người trong hộ")

"""What is printed, shown, kept and erased of a declaration."""

from __future__ import annotations

import copy
import io
import json
import unicodedata
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import Locale

from portal.forms import registry, retention, services
from portal.forms.loading import build
from portal.forms.models import Submission
from portal.home.models import FormPage
from portal.jobs import clock
from portal.registration import declarations, standards
from portal.registration.declarations import FILE
from portal.registration.models import Declaration
from portal.registration.request_sheet import request_sheet
from tests.forms.engine.browsers import Browser
from tests.registration.declaring import (
    HEAD,
    LIST,
    PAPER,
    POOR,
    RECEIPT,
    RICH,
    STATUS,
    URL,
    VAGUE,
    Household,
    declare,
    fill,
    open_round,
    points,
    ready,
    words,
)

pytestmark = pytest.mark.once

RECALLED = "The list of signs and the threshold are recalled, not checked against the circular."
FILLED_IN = (
    "GIẤY ĐỀ NGHỊ",
    "Kính gửi: Chủ tịch Ủy ban nhân dân xã Tân Trào",
    "Ma Văn Đức",
    "Nam",
    "07/03/1985",
    "Tày",
    "008085001234",
    "01/06/2022",
    "Xóm Trên, Thôn Bòng, xã Tân Trào",
    "Rà soát hộ nghèo, hộ cận nghèo",
    "Hoàng Thị Ân",
    "1988",
    "Vợ/chồng",
    "Ma Thị Bé",
    "Đang đi học",
    "Lũ quét tháng 9 làm hỏng nhà.",
    "23/11/2026",
)
EVIL = "<script>alert(1)</script> #let x = 1 $ \\ _a_ *b*"


@pytest.fixture(autouse=True)
def page(db: Any, settings: Any) -> FormPage:
    """The page of the declaration; nothing is kept by the page cache."""
    settings.PAGE_CACHE_SECONDS = 0
    return ready()


@pytest.fixture
def client() -> Browser:
    """The household's telephone."""
    return Browser()


def printed(client: Browser, url: str = URL) -> str:
    """The text of the paper, in single blanks."""
    response = client.get(f"{url}{PAPER}")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"] == "private, no-store"
    pages = pypdf.PdfReader(io.BytesIO(response.content)).pages
    text = " ".join(one.extract_text() for one in pages)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def test_the_request_is_filled_in(client: Browser) -> None:
    sent = declare(client)
    text = printed(client)
    assert [piece for piece in (*FILLED_IN, sent.reference) if piece not in text] == []
    assert "Bảng điểm minh họa" in text
    assert "không thay cho kết quả rà soát" in text


def test_bug_the_heading_of_the_members_was_taken_for_a_list_and_not_printed(
    client: Browser,
) -> None:
    declare(client)
    assert "10. Thông tin các thành viên của hộ:" in printed(client)


def test_bug_a_word_longer_than_a_line_ran_off_the_paper(client: Browser) -> None:
    """Attack: a reason of one word; every letter must be on the sheet, line below line."""
    sent = declare(client, POOR.with_house(reason="x" * 900))
    paper = client.get(f"{URL}{PAPER}").content
    lines = [
        line.count("x")
        for one in pypdf.PdfReader(io.BytesIO(paper)).pages
        for line in one.extract_text().splitlines()
    ]
    assert sum(lines) >= 900, sent.reference
    assert max(lines) < 120


@pytest.mark.parametrize("household", [POOR, RICH, VAGUE], ids=["poor", "rich", "vague"])
def test_paper_pages_and_record_tell_the_same_points(client: Browser, household: Household) -> None:
    sent = declare(client, household)
    kept = Declaration.objects.get()
    stored = standards.result_of(kept.record or {})
    assert stored.b1 == (kept.b1_low, kept.b1_high)
    assert stored.b2 == (kept.b2_low, kept.b2_high)
    told = [points(words(client.get(f"{URL}{path}"))) for path in (RECEIPT, STATUS)]
    told.append(points(printed(client)))
    assert told == [stored.b1] * 3
    facts = declarations.household.facts(
        sent.answers or {}, services.reference_day(registry.get("household"))
    )
    assert standards.score(standards.get(kept.standard), "rural", facts) == stored


def test_bug_mistakes_stood_below_the_score(client: Browser) -> None:
    """On a phone the list of mistakes was beyond the edge of the screen."""
    fill(client)
    pages = [client.post(f"{URL}khai/nha-o/", {}, follow=True)]
    fresh = client.get(f"{URL}{LIST}moi/", follow=True).request["PATH_INFO"]
    client.post(fresh, {**HEAD, "full_name": "Ma Văn Hai"})
    pages.append(client.post(f"{URL}{LIST}", follow=True))
    for page in (one.content.decode() for one in pages):
        assert page.index('id="loi"') < page.index('class="standing"')


def test_bug_an_open_item_was_said_to_be_open_twice(client: Browser) -> None:
    """The answer said so, and without a blank behind it stood the same in other words."""
    declare(client, VAGUE)
    table = client.get(f"{URL}{RECEIPT}").content.decode().partition("<details>")[2]
    assert "<td>chưa đủ câu trả lời</td>" in table


def test_the_average_standard_has_its_own_heading(client: Browser) -> None:
    declare(client, POOR.with_house(request="average"))
    assert "Xác định hộ có mức sống trung bình" in printed(client)


def test_the_permanent_residence_when_it_is_another(client: Browser) -> None:
    elsewhere = {
        "permanent_same": "no",
        "permanent_province": "08",
        "permanent_commune": "Tân Trào",
        "permanent_detail": "Tổ 9",
    }
    declare(client, POOR.with_house(**elsewhere))
    assert "Nơi thường trú: Tổ 9, xã Tân Trào, tỉnh Tuyên Quang" in printed(client)


def test_markup_in_an_answer_stays_text(client: Browser) -> None:
    """Attack: HTML and the typesetter's own markup in the reason."""
    declare(client, POOR.with_house(reason=EVIL, address_detail=EVIL))
    assert EVIL in printed(client)
    for path in (RECEIPT, STATUS):
        assert "<script>alert" not in client.get(f"{URL}{path}").content.decode()


@pytest.mark.parametrize(
    "text", ["Nhà cháy 😢🔥", "李 家", "ꡀ", "ไทย", "ⰰ \U0001f9d1\u200d\U0001f33e"]
)
def test_letters_that_no_font_has_do_not_cost_the_paper(client: Browser, text: str) -> None:
    """Attack: an emoji from the telephone, a name in another script."""
    head = {**HEAD, "full_name": "Lý 李"}
    declare(client, Household(POOR.with_house(reason=text).house, [head]))
    assert "GIẤY ĐỀ NGHỊ" in printed(client)


def test_forty_members_on_paper(client: Browser) -> None:
    sent = declare(client)
    answers = copy.deepcopy(sent.answers or {})
    answers["members"] = answers["members"][:1] + answers["members"][1:2] * 39
    Submission.objects.filter(pk=sent.pk).update(answers=answers)
    text = printed(client)
    assert text.count("Hoàng Thị Ân") == 39
    assert " 40 Hoàng Thị Ân" in text


def test_the_paper_is_vietnamese_whoever_prints_it(client: Browser, page: FormPage) -> None:
    """Attack: the paper of the law, printed from the English pages."""
    locale = Locale.objects.create(language_code="en")
    home = page.get_parent().specific.copy_for_translation(locale)
    home.save_revision().publish()
    english = page.copy_for_translation(locale)
    english.save_revision().publish()
    sent = declare(client, url=english.url)
    text = printed(client, english.url)
    wanted = ("Nam", "Vợ/chồng", "Rà soát hộ nghèo, hộ cận nghèo", "Theo những gì đã khai")
    assert [piece for piece in wanted if piece not in text] == []
    assert "Spouse" not in text
    with translation.override("en"):
        assert request_sheet(sent, sent.answers or {})["sex"] == "Nam"
    assert "By the answers so far" in words(client.get(f"{english.url}{RECEIPT}"))


def test_the_paper_outlives_the_version_of_the_form(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: the version that a form was sent under is not offered any more."""
    declare(client)
    later = build({**json.loads(FILE.read_text("utf-8")), "version": "2"})
    form = replace(registry.get("household"), versions={"2": later})
    monkeypatch.setitem(registry._types, "household", form)
    text = printed(client)
    assert "Ma Văn Đức" in text
    assert "Vợ/chồng" in text
    assert points(words(client.get(f"{URL}{STATUS}"))) == points(text)


def test_a_standard_without_points_prints_no_points(client: Browser) -> None:
    open_round("vn-2027")
    declare(client)
    text = printed(client)
    assert "chuẩn này chưa có bảng điểm" in text
    assert points(text) is None
    assert "minh họa" not in text


def test_the_signs_of_comfort_are_shown_with_their_mark(client: Browser) -> None:
    declare(client, RICH)
    kept = words(client.get(f"{URL}{RECEIPT}"))
    assert "Phiếu A" in kept
    assert gettext(RECALLED) in kept
    signs = client.get(f"{URL}{RECEIPT}").context["sections"][0].context["signs"]
    assert len(signs.found) >= signs.start > 0


def test_a_poor_household_has_no_signs_of_comfort(client: Browser) -> None:
    declare(client)
    signs = client.get(f"{URL}{RECEIPT}").context["sections"][0].context["signs"]
    assert signs.found == ()


def test_erasing_takes_the_record_and_leaves_the_totals(client: Browser) -> None:
    sent = declare(client)
    later = sent.sent_at + timedelta(days=declarations.KEEP_DAYS + 1)
    with clock.frozen(later):
        assert retention.erase_due() == 1
        kept = Declaration.objects.get()
        assert (kept.record, kept.classification, kept.standard) == (None, "poor", "vn-2022")
        assert kept.b1_low is not None
        page = client.get(f"{URL}{STATUS}")
        assert points(words(page)) is None
        assert gettext("The answers were erased at the end of their time.") in words(page)
        assert client.get(f"{URL}{PAPER}").status_code == 404
        assert client.get(f"{URL}{RECEIPT}").status_code == 200


def test_a_form_that_is_refused_leaves_no_score(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: the record of the room cannot be written: nothing arrives by halves."""

    def broken(*_args: Any) -> None:
        raise RuntimeError

    form = replace(registry.get("household"), on_sent=broken)
    monkeypatch.setitem(registry._types, "household", form)
    with pytest.raises(RuntimeError):
        declare(client)
    assert not Submission.objects.exists()
    assert not Declaration.objects.exists()

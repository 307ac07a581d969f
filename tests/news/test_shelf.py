"""The shelf of official documents: further filters, addresses of feed and workbook, chains."""

from __future__ import annotations

from datetime import date
from html import unescape
from io import BytesIO
from itertools import pairwise
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.areas.models import User
from portal.news import proposals
from portal.news.models import DocumentTarget, Issuer, NoticePage, OfficialDocumentPage, Relation
from portal.news.reading_files import KIND, proposal_for, read_soon
from tests import pdfs
from tests.home.trees import Portal
from tests.news.test_articles import machine_data
from tests.news.test_files import stored, with_file
from tests.news.test_listing import items, numbers, options

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(portal: Portal) -> Portal:
    """Three documents of two levels and two signers."""
    commune = Issuer.objects.create(name="UBND xã Tân Trào", level="commune")
    portal.document("167/KH-UBND", "Kế hoạch lao động", signer="Trần Quốc Bảo")
    portal.document("168/QĐ-UBND", "Quyết định khác", abstract="lao động", signer="Lê Văn An")
    portal.document(
        "20/KH-UBND", "Kế hoạch xã", issuer=commune, issued_on=date(2025, 3, 1), signer="Lê Văn An"
    )
    return portal


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"cap": "commune"}, ["20/KH-UBND"]),
        ({"nguoi_ky": "Lê Văn An"}, ["20/KH-UBND", "168/QĐ-UBND"]),
        ({"tu": "2025-01-01"}, ["20/KH-UBND"]),
        ({"den": "23/09/2024"}, ["168/QĐ-UBND", "167/KH-UBND"]),
        ({"tu": "01/09/2024", "den": "2024-12-31", "loai": "plan"}, ["167/KH-UBND"]),
        ({"cap": "kingdom"}, ["20/KH-UBND", "168/QĐ-UBND", "167/KH-UBND"]),
        ({"tu": "31/02/2024"}, ["20/KH-UBND", "168/QĐ-UBND", "167/KH-UBND"]),
        ({"q": "lao dong", "sap_xep": "moi"}, ["168/QĐ-UBND", "167/KH-UBND"]),
        ({"q": "ke hoach lao dong", "sap_xep": "lien-quan"}, ["167/KH-UBND"]),
        ({"q": "lao dong", "sap_xep": "lien-quan"}, ["167/KH-UBND", "168/QĐ-UBND"]),
    ],
)
def test_filters_by_level_signer_and_days(
    shelf: Portal, client: Client, query: dict[str, str], expected: list[str]
) -> None:
    assert numbers(client, **query) == expected


def test_each_count_is_what_its_choice_would_leave(shelf: Portal, client: Client) -> None:
    for name in ("loai", "cap", "co-quan", "nguoi-ky", "nam", "hieu-luc"):
        for others in ({}, {"cap": "province"}, {"nguoi-ky": "Lê Văn An"}, {"tu": "2025-01-01"}):
            kept = {key: value for key, value in others.items() if key != name}
            for value, count in options(client, name, **kept).items():
                assert len(numbers(client, **{name: value, **kept})) == count


def test_signers_stand_by_their_given_name(shelf: Portal, client: Client) -> None:
    assert list(options(client, "nguoi-ky")) == ["Lê Văn An", "Trần Quốc Bảo"]


def test_fifty_a_page(portal: Portal, client: Client) -> None:
    [portal.document(f"{n}/KH-UBND") for n in range(1, 23)]
    assert len(numbers(client, **{"so-dong": "50"})) == 22
    assert len(numbers(client, **{"so-dong": "1000"})) == 20


@pytest.mark.parametrize("path", ["/van-ban/?", "/van-ban/ubnd-tinh/?"])
def test_feed_and_workbook_keep_the_filters(shelf: Portal, client: Client, path: str) -> None:
    context = client.get(f"{path}nguoi-ky=L%C3%AA+V%C4%83n+An&cap=province").context
    assert items(client.get(context["rss_url"])) == ["168/QĐ-UBND: Quyết định khác"]
    book = openpyxl.load_workbook(BytesIO(client.get(context["export_url"]).content))
    rows = list(book.active.iter_rows(min_row=2, values_only=True))  # type: ignore[union-attr]
    assert [row[0] for row in rows] == ["168/QĐ-UBND"]
    assert "Lê Văn An" in rows[0]


def relate(newer: OfficialDocumentPage, older: OfficialDocumentPage) -> None:
    Relation.objects.create(page=newer, target=older, kind="replaces")


def test_the_whole_line_of_replacements_is_told(portal: Portal, client: Client) -> None:
    pages = [
        portal.document(f"{n}/QĐ-UBND", f"Bản {n}", issued_on=date(2020 + n, 1, 1))
        for n in (1, 2, 3, 4)
    ]
    for older, newer in pairwise(pages):
        relate(newer, older)
    answer = client.get(pages[1].url)
    assert [page.title for page in answer.context["line"]] == ["Bản 1", "Bản 2", "Bản 3", "Bản 4"]
    text = unescape(answer.content.decode())
    assert f'Hết hiệu lực, thay bằng <a href="{pages[2].url}">03/QĐ-UBND' in text
    assert client.get(pages[3].url).context["replaced_by"] == []


def test_a_chain_names_no_document_for_few(portal: Portal, client: Client) -> None:
    """Attack: the title of a document behind a view restriction, read off its neighbour's page."""
    shown, hidden = portal.document("1/KH-UBND"), portal.document("2/KH-UBND", "Tên kín")
    Relation.objects.create(page=shown, target=hidden, kind="based_on")
    relate(hidden, shown)
    PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert "Tên kín" not in client.get(shown.url).content.decode()


def test_a_plan_tells_its_time_and_targets(portal: Portal, client: Client) -> None:
    page = portal.document(
        "167/KH-UBND", period_from=date(2024, 10, 1), period_until=date(2024, 10, 31)
    )
    page.targets = [DocumentTarget(name="Thu thập", amount="31.369 người")]
    page.save()
    text = unescape(client.get(page.url).content.decode())
    assert "<dd>01/10/2024 – 31/10/2024</dd>" in text
    assert '<th scope="row">Thu thập</th><td class="figures">31.369 người</td></tr>' in text
    assert "Hoàn thành trước" not in text
    page.targets = [DocumentTarget(name="Báo cáo", due_on=date(2024, 10, 31))]
    page.save()
    dated = client.get(page.url).content.decode()
    assert "Hoàn thành trước" in dated
    assert "<td>31/10/2024</td>" in dated
    with pytest.raises(ValidationError):
        portal.document("168/KH-UBND", period_from=date(2024, 10, 1), period_until=date(2024, 9, 1))


def test_machines_read_the_document(portal: Portal, client: Client) -> None:
    page = portal.document("167/KH-UBND", "Kế hoạch </script>", effective_on=date(2024, 10, 1))
    text = client.get(page.url).content.decode()
    data = machine_data(text)
    assert data["@type"] == "Legislation"
    assert data["legislationIdentifier"] == "167/KH-UBND"
    assert data["legislationDate"] == "2024-09-23"
    assert data["temporalCoverage"] == "2024-10-01/.."
    assert data["legislationLegalForce"] == "https://schema.org/InForce"
    assert data["name"] == "167/KH-UBND: Kế hoạch </script>"
    assert text.count("</script>") == text.count("<script")


def test_notices_by_validity(portal: Portal, client: Client) -> None:
    for title, first, last in (
        ("Qua", date(2020, 1, 1), date(2020, 2, 1)),
        ("Nay", date(2020, 1, 1), None),
        ("Mai", date(2999, 1, 1), None),
    ):
        portal.notices.add_child(
            instance=NoticePage(title=title, valid_from=first, valid_until=last)
        )
    for tab, expected in (("dang", ["Nay"]), ("sap", ["Mai"]), ("het", ["Qua"])):
        context = client.get(f"/thong-bao/?loc={tab}").context
        assert [notice.title for notice in context["notices"]] == expected
        assert [row["count"] for row in context["tabs"]] == [3, 1, 1, 1]
    assert len(client.get("/thong-bao/?loc=khong-co").context["notices"]) == 3
    assert "chưa đến ngày" in client.get("/thong-bao/mai/").content.decode()


FIRST = """ỦY BAN NHÂN DÂN
TỈNH TUYÊN QUANG
MẬT
Số: 167 /KH-UBND Tuyên Quang, ngày 23 tháng 9 năm 2024
KẾ HOẠCH
Thu thập thông tin về người lao động
trên địa bàn tỉnh năm 2024
Căn cứ Luật Việc làm;
1. Mục đích
Cập nhật thông tin của người lao động.
2. Yêu cầu"""


@pytest.mark.once
def test_the_first_page_proposes_number_day_title_and_abstract() -> None:
    found = proposals.proposal_of([FIRST])
    title = "Kế hoạch thu thập thông tin về người lao động trên địa bàn tỉnh năm 2024"
    assert (found.number, found.issued_on) == ("167/KH-UBND", date(2024, 9, 23))
    assert found.title == title
    assert found.abstract == f"{title}. Cập nhật thông tin của người lao động."
    assert found.mark == "MẬT"


@pytest.mark.once
@pytest.mark.parametrize(
    ("page", "mark"),
    [
        ("TUYỆT MẬT\nQUYẾT ĐỊNH", "TUYỆT MẬT"),
        ("Độ mật: Tối mật", "TỐI MẬT"),
        ("LƯU HÀNH NỘI BỘ", "LƯU HÀNH NỘI BỘ"),
        ("Bảo vệ bí mật nhà nước\nnuôi ong lấy MẬT ong", ""),
        ("", ""),
    ],
)
def test_a_mark_stands_on_a_line_of_its_own(page: str, mark: str) -> None:
    assert proposals.mark_in([page]) == mark


def test_the_editor_is_told_what_the_file_says(portal: Portal, client: Client) -> None:
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    page = with_file(
        portal.document("168/KH-UBND", "Gõ tay", live=False), stored(pdfs.text_pdf(FIRST))
    )
    page.save_revision()
    text = unescape(client.get(f"/quan-tri/pages/{page.pk}/edit/").content.decode())
    assert "Trích yếu đề xuất" in text
    assert "số gõ ở trên khác" in text
    assert "có dấu MẬT" in text
    page.refresh_from_db()
    assert (page.title, page.abstract) == ("Gõ tay", "")


def test_files_of_a_draft_are_read_soon_and_once(portal: Portal, drain: Any) -> None:
    from django.core.files.base import ContentFile

    from portal.home.models import PortalDocument
    from portal.jobs.models import Job
    from portal.jobs.services import execute_job

    content = ContentFile(pdfs.text_pdf(FIRST), "1.pdf")
    document = PortalDocument.objects.create(title="Tệp", file=content)
    assert read_soon([document], None)
    assert read_soon([document], None)
    job = Job.objects.get(kind=KIND)
    execute_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    found = proposal_for([document])
    assert found is not None
    assert found.number == "167/KH-UBND"
    assert not read_soon([document], None)


LONG = (
    "Ủy ban nhân dân tỉnh ban hành kế hoạch thu thập thông tin về người lao động trên địa bàn các "
    "xã, phường; rà soát từng hộ gia đình, lập danh sách người thất nghiệp, người đang tìm việc, "
    "nhu cầu học nghề; báo cáo kết quả trước ngày cuối tháng để Sở Nội vụ tổng hợp, kiểm tra"
)


def test_the_editor_is_told_of_pages_that_are_not_found_by_their_words(
    portal: Portal, client: Client
) -> None:
    """Of three pages one is set in a font that names other letters than it draws."""
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    broken = LONG.translate(str.maketrans("aeiouyhgntcmldb", "xqzwkjtbcpfrvsg"))
    page = with_file(
        portal.document("169/KH-UBND", "Gõ tay", live=False),
        stored(pdfs.text_pdf(LONG, broken, LONG)),
    )
    page.save_revision()
    text = unescape(client.get(f"/quan-tri/pages/{page.pk}/edit/").content.decode())
    assert "tìm được theo nội dung – <strong>1 trong 3 trang là ảnh hoặc không có chữ đọc" in text

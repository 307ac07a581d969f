"""Official documents: address, key, secrecy, state, chain, back office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client

from portal.areas.models import User
from portal.home.models import PortalDocument
from portal.jobs import clock
from portal.news.models import (
    DocumentType,
    Issuer,
    IssuerIndexPage,
    OfficialDocumentPage,
    Relation,
    State,
)
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 24, 8, 0, tzinfo=clock.ZONE)


def test_the_types_of_the_decree_are_there() -> None:
    assert DocumentType.objects.filter(normative=False).count() == 29
    assert DocumentType.objects.filter(normative=True).count() == 9
    assert DocumentType.objects.get(code="plan").label == "Kế hoạch"


def test_a_document_has_a_natural_address(portal: Portal, client: Client) -> None:
    page = portal.document("167/KH-UBND", "Kế hoạch thu thập thông tin người lao động")
    assert page.url == "/van-ban/ubnd-tinh/167-kh-ubnd-2024/"
    html = client.get(page.url).content.decode()
    assert "167/KH-UBND" in html
    assert "23/09/2024" in html
    assert page.type == DocumentType.objects.get(code="plan")


def test_without_a_number_the_title_makes_the_address(portal: Portal) -> None:
    assert portal.document("", "Thư chúc mừng năm mới").slug == "thu-chuc-mung-nam-moi"


def test_a_clash_of_addresses_counts_on(portal: Portal) -> None:
    portal.document("167/KH-UBND")
    again = portal.document("167/KH-UBND", issued_on=date(2024, 12, 31))
    assert again.slug == "167-kh-ubnd-2024-2"


def test_two_issuers_may_have_the_same_number(portal: Portal) -> None:
    commune = Issuer.objects.create(name="UBND xã Tân Trào")
    portal.document("167/KH-UBND")
    page = portal.document("167/KH-UBND", issuer=commune)
    assert page.url == "/van-ban/ubnd-xa-tan-trao/167-kh-ubnd-2024/"


def test_a_new_issuer_has_its_page_at_once(portal: Portal, client: Client) -> None:
    Issuer.objects.create(name="Sở Y tế")
    assert client.get("/van-ban/so-y-te/").status_code == 200


@pytest.mark.parametrize("live", [True, False])
def test_the_key_is_unique_and_the_error_names_the_field(portal: Portal, live: bool) -> None:
    portal.document("167/KH-UBND", "Bản đầu")
    with pytest.raises(ValidationError) as caught:
        portal.document("167/KH-UBND", "Bản sau", live=live)
    assert "Bản đầu" in caught.value.message_dict["number_text"][0]


def test_the_database_too_refuses_a_second_key(portal: Portal) -> None:
    first = portal.document("167/KH-UBND")
    second = portal.document("168/KH-UBND")
    with pytest.raises(IntegrityError), transaction.atomic():
        OfficialDocumentPage.objects.filter(pk=second.pk).update(number=first.number)


def test_the_parent_decides_on_the_issuer(portal: Portal) -> None:
    other = Issuer.objects.create(name="Sở Nội vụ")
    page = portal.document("167/KH-UBND")
    page.move(IssuerIndexPage.objects.get(issuer=other), pos="last-child")
    moved = OfficialDocumentPage.objects.get(pk=page.pk)
    moved.save()
    assert moved.issuer == other
    assert moved.url == "/van-ban/so-noi-vu/167-kh-ubnd-2024/"


@pytest.mark.parametrize(
    "mark", ["tuyet_mat", "toi_mat", "mat", "luu_hanh_noi_bo", "xem_xong_tra_lai"]
)
def test_secret_documents_are_never_published(portal: Portal, mark: str) -> None:
    """Attack: a document with a secrecy mark goes live by the service or by its revision."""
    with pytest.raises(ValidationError), transaction.atomic():
        portal.document("1/BC-UBND", secrecy=mark)
    draft = portal.document("2/BC-UBND", secrecy=mark, live=False)
    with pytest.raises(ValidationError), transaction.atomic():
        draft.get_latest_revision().publish()
    assert not OfficialDocumentPage.objects.live().exists()


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser with an editor who may do everything."""
    client.force_login(User.objects.create_superuser("quantri", password="Demo-2026"))
    return client


def form(**values: Any) -> dict[str, Any]:
    """The editor's form as posted."""
    empty = {
        f"{name}-{part}": "0"
        for name in ("files", "relations", "targets", "comments")
        for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")
    }
    plain = {"title": "Kế hoạch thử", "number_text": "167/KH-UBND", "issued_on": "23/09/2024"}
    return empty | plain | {"slug": "", "action-publish": "1"} | values


def add_path(portal: Portal) -> str:
    """Where the editor adds a document of the provincial committee."""
    parent = IssuerIndexPage.objects.get(issuer=portal.issuer)
    return f"/quan-tri/pages/add/news/officialdocumentpage/{parent.pk}/"


def test_an_editor_types_the_number_once(portal: Portal, editor: Client) -> None:
    response = editor.post(add_path(portal), form())
    assert response.status_code == 302
    page = OfficialDocumentPage.objects.get()
    assert (page.number, page.symbol, page.slug) == (167, "KH-UBND", "167-kh-ubnd-2024")
    assert page.type.code == "plan"
    assert page.live


def test_an_editor_is_told_on_the_field_what_is_taken(portal: Portal, editor: Client) -> None:
    portal.document("167/KH-UBND", "Bản đầu")
    response = editor.post(add_path(portal), form())
    errors = response.context["form"].errors
    assert "Bản đầu" in errors["number_text"][0]
    draft = editor.post(add_path(portal), {**form(), "action-publish": ""})
    assert "number_text" in draft.context["form"].errors


def test_an_editor_cannot_publish_a_secret(portal: Portal, editor: Client) -> None:
    """Attack: publishing or scheduling a secret document from the page editor."""
    response = editor.post(add_path(portal), form(secrecy="mat"))
    assert "secrecy" in response.context["form"].errors
    assert not OfficialDocumentPage.objects.exists()


def test_the_end_is_not_before_the_start(portal: Portal) -> None:
    with pytest.raises(ValidationError) as caught:
        portal.document("1/KH-UBND", effective_on=date(2024, 2, 1), expires_on=date(2024, 1, 1))
    assert "expires_on" in caught.value.message_dict


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({}, State.IN_FORCE),
        ({"effective_on": date(2026, 11, 25)}, State.FUTURE),
        ({"effective_on": date(2026, 11, 24)}, State.IN_FORCE),
        ({"expires_on": date(2026, 11, 24)}, State.IN_FORCE),
        ({"expires_on": date(2026, 11, 23)}, State.ENDED),
        ({"state_given": "xong"}, State.DONE),
        ({"state_given": "mot-phan", "expires_on": date(2026, 1, 1)}, State.PARTLY),
        ({"issued_on": date(2026, 12, 1)}, State.FUTURE),
    ],
)
def test_the_state_on_page_and_in_filter_agree(
    portal: Portal, client: Client, values: dict[str, Any], state: State
) -> None:
    with clock.frozen(TODAY):
        page = portal.document("1/KH-UBND", **values)
        listed = client.get("/van-ban/", {"hieu-luc": state.value}).context["documents"]
        assert page.state == state
        assert [document.pk for document in listed] == [page.pk]


def test_the_chain_is_derived_backwards(portal: Portal, client: Client) -> None:
    old = portal.document("100/KH-UBND", "Kế hoạch cũ", issued_on=date(2023, 1, 5))
    new = portal.document("167/KH-UBND", "Kế hoạch mới")
    Relation.objects.create(page=new, target=old, kind="replaces")
    old_page = client.get(old.url)
    assert [row["number"] for row in old_page.context["reverse_relations"]] == ["167/KH-UBND"]
    assert State.ENDED.label in dict(old_page.context["facts"]).values()
    assert [row["number"] for row in client.get(new.url).context["relations"]] == ["100/KH-UBND"]
    ended = client.get("/van-ban/?hieu-luc=het").context["documents"]
    assert [document.pk for document in ended] == [old.pk]


def test_a_draft_that_replaces_changes_nothing(portal: Portal, client: Client) -> None:
    old = portal.document("100/KH-UBND", "Kế hoạch cũ", issued_on=date(2023, 1, 5))
    new = portal.document("167/KH-UBND", "Kế hoạch mới", live=False)
    Relation.objects.create(page=new, target=old, kind="replaces")
    response = client.get(old.url)
    assert response.context["reverse_relations"] == []
    assert "Kế hoạch mới" not in response.content.decode()


def test_files_are_shown_with_kind_and_size(portal: Portal, client: Client) -> None:
    file = PortalDocument.objects.create(title="Toàn văn", file=ContentFile(b"%PDF-", "a.pdf"))
    page = portal.document("167/KH-UBND")
    page.files = [page.files.model(document=file, label="Bản ký")]
    page.save()
    shown = client.get(page.url).context["files"]
    assert [(row["title"], row["kind"], row["size"]) for row in shown] == [("Bản ký", "PDF", 5)]
    assert shown[0]["url"].endswith("a.pdf")


def test_a_copy_does_not_take_the_key(portal: Portal) -> None:
    page = portal.document("167/KH-UBND")
    copy = page.copy(update_attrs={"slug": "ban-sao", "title": "Bản sao"}, keep_live=False)
    assert copy.number is None


def test_an_address_made_of_an_unfinished_draft_follows_the_number_and_the_date(
    portal: Portal,
) -> None:
    """The editor saves by itself while the number is typed and the date is still missing."""
    page = portal.document("16/KH", live=False, issued_on=None)
    assert page.slug == "16-kh"
    page.number_text, page.issued_on = "167/KH-UBND", date(2024, 9, 23)
    page.save()
    assert page.slug == "167-kh-ubnd-2024"
    page.save_revision().publish()
    page.refresh_from_db()
    page.issued_on = date(2025, 9, 23)
    page.save()
    assert page.slug == "167-kh-ubnd-2024"

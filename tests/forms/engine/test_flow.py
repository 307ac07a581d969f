"""A person fills in the sample form: forward, back, twice, later, elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from portal.forms import retention
from portal.forms.models import Draft, LedgerEntry, Submission
from portal.home.models import FormPage
from portal.jobs import clock
from portal.privacy.models import ConsentRecord
from tests.areas.builders import make_commune
from tests.forms import samples
from tests.forms.samples import URL, add_member, begin, fill, send

pytestmark = pytest.mark.usefixtures("mounted")


def test_the_introduction_leads_into_the_form(client: Client) -> None:
    page = client.get(URL).content.decode()
    assert f'href="{URL}khai/"' in page
    assert f'href="{URL}tra-cuu/"' in page


def test_nothing_begins_without_consent_and_the_errors_lead_to_the_questions(
    client: Client,
) -> None:
    page = client.post(f"{URL}khai/", {}).content.decode()
    assert not Draft.objects.exists()
    assert 'href="#id_filler_0"' in page
    assert 'href="#id_consent"' in page


def test_reference_and_code_are_given_at_the_start_and_consent_is_kept(client: Client) -> None:
    draft = begin(client, "member")
    page = client.get(f"{URL}khai/ma/").content.decode()
    assert draft.reference in page
    assert f"{draft.code[:4]} {draft.code[4:]}" in page
    consent = ConsentRecord.objects.get(subject_ref=draft.reference)
    assert (consent.wording_version, consent.means) == ("thu-1", "web_form")
    assert draft.filler == "member"


def test_a_double_click_on_begin_makes_one_draft(client: Client) -> None:
    key = client.get(f"{URL}khai/").context["form"]["key"].value()
    values = {"filler": "self", "consent": "on", "key": key}
    client.post(f"{URL}khai/", values)
    client.post(f"{URL}khai/", values)
    assert Draft.objects.count() == 1
    assert ConsentRecord.objects.count() == 1


def test_each_page_redirects_and_shows_what_was_saved(client: Client) -> None:
    begin(client)
    saved = send(client, "noi-o", **samples.COMMUNE)
    assert saved.headers["Location"] == f"{URL}khai/thon/"
    assert 'value="xã Tân Trào"' in client.get(f"{URL}khai/noi-o/").content.decode()


def test_an_invalid_page_keeps_what_was_typed_also_on_another_device(client: Client) -> None:
    draft = begin(client)
    send(client, "noi-o", **samples.COMMUNE)
    send(client, "thon", village="Thôn Bòng", phone="12")
    page = client.get(f"{URL}khai/thon/").content.decode()
    assert 'href="#id_phone"' in page
    assert "autofocus" in page
    elsewhere = Client()
    code = draft.code
    elsewhere.post(f"{URL}khai/tiep-tuc/", {"reference": draft.reference, "code": code})
    again = elsewhere.get(f"{URL}khai/thon/").content.decode()
    assert 'value="Thôn Bòng"' in again
    assert 'value="12"' in again
    draft.refresh_from_db()
    assert "village" not in draft.answers


def test_back_and_change_an_earlier_answer(client: Client) -> None:
    draft = fill(client)
    send(client, "thon", village="Thôn Vĩnh Tân", lan="1")
    draft.refresh_from_db()
    assert draft.answers["village"]["name"] == "Thôn Vĩnh Tân"
    assert draft.answers["devices"] == []


def test_bug_a_village_stayed_when_its_commune_changed(client: Client) -> None:
    """A household that corrected its commune was sent with a village of the other one."""
    make_commune("02473", "Yên Sơn")
    draft = fill(client)
    send(client, "noi-o", commune="xã Yên Sơn", lan="1")
    assert client.post(f"{URL}khai/xem-lai/").headers["Location"] == f"{URL}khai/thon/?vi=thieu"
    page = client.get(f"{URL}khai/thon/").content.decode()
    assert 'value="Thôn Bòng"' in page
    moved = send(client, "thon", village="Thôn Bòng", lan="1")
    assert moved.headers["Location"] == f"{URL}khai/thanh-vien/"
    late = send(client, "thon", village="Thôn Hai", lan="1")
    draft.refresh_from_db()
    assert (late.status_code, draft.answers["village"]["name"]) == (200, "Thôn Bòng")
    assert client.post(f"{URL}khai/xem-lai/").headers["Location"] == f"{URL}bien-nhan/"


def test_a_page_saved_twice_is_saved_once(client: Client) -> None:
    draft = begin(client)
    first = send(client, "noi-o", lan="0", **samples.COMMUNE)
    second = send(client, "noi-o", lan="0", **samples.COMMUNE)
    assert first.headers["Location"] == second.headers["Location"]
    draft.refresh_from_db()
    assert draft.answers["commune"]["code"] == "02545"


def test_two_windows_the_later_answer_is_not_written_over_the_earlier_unseen(
    client: Client,
) -> None:
    draft = fill(client)
    send(client, "thon", village="Thôn Một", lan="1")
    other = send(client, "thon", village="Thôn Hai", lan="1")
    page = other.content.decode()
    assert other.status_code == 200
    assert 'value="Thôn Hai"' in page
    draft.refresh_from_db()
    assert draft.answers["village"]["name"] == "Thôn Một"
    send(client, "thon", village="Thôn Hai", lan=str(draft.pages["thon"]))
    draft.refresh_from_db()
    assert draft.answers["village"]["name"] == "Thôn Hai"


def test_a_later_page_waits_for_the_earlier_ones(client: Client) -> None:
    begin(client)
    ahead = client.get(f"{URL}khai/nha/")
    assert ahead.headers["Location"] == f"{URL}khai/noi-o/?vi=chua-den"


def test_a_step_that_does_not_apply_is_not_asked_and_not_sent(client: Client) -> None:
    fill(client)
    asked = send(client, "nha", devices=["tv"], lan="1")
    assert asked.headers["Location"] == f"{URL}khai/vo-chong/"
    send(client, "vo-chong", money="2.500.000")
    last = send(client, "nha", devices=["radio"], lan="2")
    assert last.headers["Location"] == f"{URL}khai/xem-lai/"
    client.post(f"{URL}khai/xem-lai/")
    assert "money" not in Submission.objects.get().answers


def test_members_are_added_changed_and_taken_out(client: Client) -> None:
    draft = fill(client)
    key = add_member(client, full_name="Ma Thị Hoa", sex="female", citizen="")
    page = client.get(f"{URL}khai/thanh-vien/").content.decode()
    assert "Ma Thị Hoa" in page
    asked = client.get(f"{URL}khai/thanh-vien/{key}/xoa/").content.decode()
    assert "Ma Thị Hoa" in asked
    client.post(f"{URL}khai/thanh-vien/{key}/xoa/")
    client.post(f"{URL}khai/thanh-vien/{key}/xoa/")
    draft.refresh_from_db()
    assert [one["full_name"] for one in draft.answers["members"]] == ["Nguyễn Văn An"]


def test_a_member_saved_twice_is_one_member(client: Client) -> None:
    draft = begin(client)
    send(client, "noi-o", **samples.COMMUNE)
    send(client, "thon", village="Thôn Bòng")
    fresh = client.get(f"{URL}khai/thanh-vien/moi/").headers["Location"]
    client.post(fresh, samples.MEMBER)
    client.post(fresh, samples.MEMBER)
    draft.refresh_from_db()
    assert len(draft.answers["members"]) == 1


def test_a_child_is_asked_about_school_and_the_list_waits_for_it(client: Client) -> None:
    fill(client)
    key = add_member(client, full_name="Bé An", birth_year="2018", citizen="", sex="male")
    waits = client.post(f"{URL}khai/thanh-vien/", follow=True).content.decode()
    assert f'href="{URL}khai/thanh-vien/{key}/hoc/?so-ho-so=' in waits
    done = client.post(f"{URL}khai/thanh-vien/{key}/hoc/", {"studying": "yes"})
    assert done.headers["Location"] == f"{URL}khai/thanh-vien/"


def test_a_warning_asks_once_and_lets_go_on(client: Client) -> None:
    fill(client)
    fresh = client.get(f"{URL}khai/thanh-vien/moi/").headers["Location"]
    odd = {**samples.MEMBER, "full_name": "Hà Văn Sơn", "sex": "female"}
    asked = client.post(fresh, odd, follow=True)
    assert "không khớp với giới tính" in asked.content.decode()
    passed = client.post(fresh, {**odd, "da-xem": "1", "lan": "1"})
    assert passed.status_code == 302
    review = client.get(f"{URL}khai/xem-lai/").content.decode()
    assert "không khớp với giới tính" in review


def test_an_error_across_answers_stops_the_page(client: Client) -> None:
    fill(client)
    send(client, "nha", devices=["tv", "radio"], lan="1")
    page = client.get(f"{URL}khai/nha/").content.decode()
    assert "Ti vi và đài không chọn cùng nhau." in page


def test_sending_gives_a_receipt_and_a_ledger_entry_once(client: Client) -> None:
    draft = fill(client)
    first = client.post(f"{URL}khai/xem-lai/")
    second = client.post(f"{URL}khai/xem-lai/")
    assert first.headers["Location"] == second.headers["Location"] == f"{URL}bien-nhan/"
    sent = Submission.objects.get()
    assert (sent.reference, sent.unit.code) == (draft.reference, "02545")
    assert sent.name_key == "nguyen van an"
    assert not Draft.objects.exists()
    assert LedgerEntry.objects.count() == 1
    receipt = client.get(f"{URL}bien-nhan/").content.decode()
    assert draft.reference in receipt
    assert f"{draft.code[:4]} {draft.code[4:]}" in receipt


def test_after_sending_the_steps_lead_to_the_receipt(client: Client) -> None:
    fill(client)
    client.post(f"{URL}khai/xem-lai/")
    assert client.get(f"{URL}khai/nha/").headers["Location"] == f"{URL}bien-nhan/"
    assert send(client, "nha", devices=["tv"]).headers["Location"] == f"{URL}bien-nhan/"
    assert Submission.objects.get().answers["devices"] == []


def test_the_status_is_seen_with_reference_and_code_elsewhere(client: Client) -> None:
    draft = fill(client)
    client.post(f"{URL}khai/xem-lai/")
    elsewhere = Client()
    typed = {"reference": draft.reference.lower().replace("-", " "), "code": draft.code}
    opened = elsewhere.post(f"{URL}tra-cuu/", typed)
    assert opened.headers["Location"] == f"{URL}tra-cuu/ho-so/"
    page = elsewhere.get(f"{URL}tra-cuu/ho-so/").content.decode()
    assert draft.reference in page
    assert "Nguyễn Văn An" not in page


def test_removed_from_this_device_and_opened_again(client: Client) -> None:
    draft = fill(client)
    client.post(f"{URL}khai/xong/")
    gone = client.get(f"{URL}khai/nha/")
    assert gone.headers["Location"] == f"{URL}khai/tiep-tuc/?vi=khong-co"
    typed = {"reference": draft.reference, "code": draft.code}
    again = client.post(f"{URL}khai/tiep-tuc/", typed)
    assert again.headers["Location"] == f"{URL}khai/xem-lai/"


def test_drafts_end_after_seven_days_without_a_change(client: Client) -> None:
    draft = fill(client)
    with clock.frozen(draft.touched_at + timedelta(days=6)):
        assert retention.drop_stale() == 0
    with clock.frozen(draft.touched_at + timedelta(days=8)):
        assert retention.drop_stale() == 1
        gone = client.get(f"{URL}khai/nha/")
    assert gone.headers["Location"] == f"{URL}khai/tiep-tuc/?vi=khong-co"


def test_what_is_past_its_date_is_erased_and_the_ledger_stays(client: Client) -> None:
    fill(client)
    client.post(f"{URL}khai/xem-lai/")
    sent = Submission.objects.get()
    with clock.frozen(sent.sent_at + timedelta(days=5 * 366 + 2)):
        assert retention.erase_due() == 1
    sent.refresh_from_db()
    assert (sent.answers, sent.code, sent.salt, sent.name_key) == (None, None, None, "")
    assert sent.entry.digest


PAGES = ["khai/", "khai/ma/", "khai/noi-o/", "khai/thanh-vien/", "khai/xem-lai/", "tra-cuu/"]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_a_form_is_kept_anywhere(client: Client, path: str) -> None:
    fill(client)
    response = client.get(f"{URL}{path}")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_weak_line_gets_compressed_pages(client: Client) -> None:
    fill(client)
    whole = client.get(f"{URL}khai/nha/")
    packed = client.get(f"{URL}khai/nha/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(whole.content) / 2


def test_unpublishing_the_page_ends_its_steps(client: Client, mounted: FormPage) -> None:
    fill(client)
    mounted.unpublish()
    assert client.get(f"{URL}khai/nha/").status_code == 404

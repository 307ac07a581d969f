"""A second sheet of one person replaces nothing by itself: an officer decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.areas.models import Role, Unit, User
from portal.forms import registry, services
from portal.forms.errors import FormError
from portal.forms.inbox.services import NotYoursError
from portal.forms.models import Means, Submission
from portal.labour import doubles, queries
from portal.labour.models import WorkerSheet
from tests.areas.builders import make_officer
from tests.labour.people import WORKER, changed, filled, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("communes")]
ENTRY = ("wagtailadmin.access_admin",)
ELSEWHERE = changed(WORKER, present_commune="Sơn Dương")


@pytest.fixture
def officer(communes: dict[str, Unit]) -> User:
    """Of Tân Trào."""
    return make_officer("xa", Role.COMMUNE_OFFICER, communes["tan_trao"], permissions=ENTRY)


@pytest.fixture
def province(communes: dict[str, Unit]) -> User:
    """Of the province."""
    unit = communes["tan_trao"].parent
    assert unit is not None
    return make_officer("tinh", Role.PROVINCE_OFFICER, unit, permissions=ENTRY)


def current() -> set[int]:
    """The sheets that totals count."""
    return {sheet.pk for sheet in queries.current_sheets()}


def shown(submission: Submission) -> Any:
    """What the sender reads of the sheet."""
    fresh = Submission.objects.get(pk=submission.pk)
    sections = registry.get("worker").sections(fresh, fresh.answers)
    return {name: sections[0].context[name] for name in ("open", "current")}


def typed_by(user: User, pages: dict[str, dict[str, Any]]) -> Submission:
    """A sheet from paper."""
    draft = filled(pages)
    draft.means, draft.entered_by = Means.PAPER, user
    draft.save()
    return services.submit(draft.key, user).submission


def login(user: User) -> Client:
    """The officer's browser."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def press(user: User, sheet: Submission, counts: str) -> Any:
    """One of the buttons of the record's page."""
    return login(user).post(reverse("labour_settle", args=[sheet.pk]), {"counts": counts})


def test_a_neighbour_who_knows_the_number_replaces_nothing() -> None:
    """Attack: somebody sends a sheet under another person's citizen number."""
    first = send(WORKER)
    second = send(changed(WORKER, full_name="Kẻ Mạo Danh", employment_position="own_account"))
    assert current() == {first.pk}
    assert WorkerSheet.objects.get(pk=second.pk).waiting
    assert Submission.objects.get(pk=second.pk).answers["full_name"] == "Kẻ Mạo Danh"


def test_whoever_tries_a_number_learns_nothing() -> None:
    """Attack: the page of an own sheet tells whether the person of a number has sent one."""
    first = send(WORKER)
    unknown = send(changed(WORKER, id_number="008190009999"))
    second = send(WORKER)
    pages = [{"open": shown(one)["open"]} for one in (first, unknown, second)]
    assert pages == [{"open": True}] * 3


def test_the_first_sender_sees_no_difference() -> None:
    first = send(WORKER)
    before = shown(first)
    send(WORKER)
    assert shown(first) == before


@pytest.mark.parametrize(("counts", "winner"), [("this", 1), ("other", 0)])
def test_the_officer_reads_of_both_and_decides(officer: User, counts: str, winner: int) -> None:
    sheets = [send(WORKER), send(changed(WORKER, full_name="Ma Thị Đào"))]
    address = reverse("forms_record", args=[sheets[1].pk])
    html = login(officer).get(address).content.decode()
    assert reverse("labour_settle", args=[sheets[1].pk]) in html
    assert sheets[0].reference in html
    assert _("another name") in html
    assert press(officer, sheets[1], counts).status_code == 302
    assert current() == {sheets[winner].pk}
    settled = WorkerSheet.objects.get(pk=sheets[1].pk)
    assert (settled.waiting, settled.decided_by) == (False, officer)
    after = login(officer).get(address).content.decode()
    assert reverse("labour_settle", args=[sheets[1].pk]) not in after
    assert "xa" in after


def test_what_waits_stands_on_the_officers_day(officer: User) -> None:
    send(WORKER)
    second = send(WORKER)
    today = reverse("forms_today")
    assert second.reference in login(officer).get(today).content.decode()
    press(officer, second, "other")
    assert second.reference not in login(officer).get(today).content.decode()


def test_of_two_officers_at_once_one_decides(officer: User, province: User) -> None:
    send(WORKER)
    second = send(WORKER)
    doubles.settle(officer, second.pk, counts=False)
    with pytest.raises(doubles.DecidedError):
        doubles.settle(province, second.pk, counts=True)
    assert second.pk not in current()


def test_a_sheet_of_another_commune_is_replaced_by_the_province_alone(
    officer: User, province: User
) -> None:
    """Attack: a false address brings the sheet before an officer who cannot see the first one."""
    first = send(ELSEWHERE)
    second = send(WORKER)
    html = login(officer).get(reverse("forms_record", args=[second.pk])).content.decode()
    assert reverse("labour_settle", args=[second.pk]) not in html
    assert first.reference not in html
    with pytest.raises(doubles.OtherCommuneError):
        doubles.settle(officer, second.pk, counts=True)
    doubles.settle(province, second.pk, counts=True)
    assert current() == {second.pk}


def test_nobody_else_decides(officer: User, communes: dict[str, Unit]) -> None:
    """Attack: officers of another commune, village heads and auditors send the button's address."""
    send(WORKER)
    second = send(WORKER)
    village = second.village
    assert village is not None
    foreign = make_officer("la", Role.COMMUNE_OFFICER, communes["son_duong"], permissions=ENTRY)
    head = make_officer(
        "thon", Role.VILLAGE_HEAD, communes["tan_trao"], village=village, permissions=ENTRY
    )
    for user in (foreign, head):
        assert press(user, second, "this").status_code in {302, 403, 404}
        with pytest.raises(NotYoursError):
            doubles.settle(user, second.pk, counts=True)
    assert second.pk not in current()


def test_paper_of_the_same_person_counts_at_once(officer: User) -> None:
    """The officer has the signed sheet in hand."""
    send(WORKER)
    paper = typed_by(officer, changed(WORKER, employment_position="own_account"))
    assert current() == {paper.pk}


@pytest.mark.parametrize(
    "pages", [ELSEWHERE, changed(WORKER, full_name="Người Khác")], ids=["commune", "name"]
)
def test_a_number_mistyped_from_paper_replaces_nobody(
    officer: User, pages: dict[str, dict[str, Any]]
) -> None:
    first = send(pages)
    paper = typed_by(officer, WORKER)
    assert current() == {first.pk}
    assert WorkerSheet.objects.get(pk=paper.pk).waiting


def test_a_button_that_does_not_exist_is_a_sentence(officer: User) -> None:
    send(WORKER)
    second = send(WORKER)
    assert press(officer, second, "ca-hai").status_code == 302
    assert WorkerSheet.objects.get(pk=second.pk).waiting
    first_again = Submission.objects.order_by("pk")[0]
    with pytest.raises(FormError):
        doubles.settle(officer, first_again.pk, counts=True)

"""Attacks on the entries of a group and on dates and numbers of persons."""

from __future__ import annotations

import copy
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils.translation import gettext

from portal.forms.errors import FullGroupError
from portal.forms.models import Draft, Submission
from portal.forms.registry import FormType
from portal.forms.views import groups
from portal.jobs import clock
from tests.forms import samples
from tests.forms.engine.browsers import Browser, location, words
from tests.forms.samples import MEMBER, RAW, URL, add_member, begin, fill, send

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("mounted")]
LIST = f"{URL}khai/thanh-vien/"
MOST = 40


@pytest.fixture
def forty(sample: FormType) -> FormType:
    """The sample form with room for forty members."""
    steps = copy.deepcopy(RAW["steps"])
    steps[2]["most"] = MOST
    return samples.form_type(samples.questionnaire(steps=steps))


def full(client: Browser, draft: Draft) -> Any:
    """The draft with as many members as the form holds, as if typed one by one."""
    first = draft.answers["members"][0]
    keys = [f"nguoi{number}" for number in range(1, MOST)]
    draft.answers["members"] += [{**first, "id": key} for key in keys]
    draft.pages |= {f"thanh-vien/{key}/ai": 1 for key in keys}
    draft.save()
    return client.get(LIST)


@pytest.mark.usefixtures("forty")
def test_forty_members_and_a_forty_first(client: Browser) -> None:
    """Attack: a household of forty, which must work, and one more, which must be said plainly."""
    draft = fill(client)
    page = full(client, draft)
    assert gettext("At most %(most)s can be entered.") % {"most": MOST} in words(page)
    assert f"{LIST}moi/" not in page.content.decode()
    assert location(client.get(f"{LIST}moi/")) == f"{LIST}?vi=day"
    late = client.post(f"{LIST}nguoi41/ai/", {**MEMBER, "full_name": "Người Thứ Bốn Mốt"})
    assert location(late) == f"{LIST}?vi=day"
    assert str(FullGroupError.sentence) in words(client.get(location(late)))
    assert location(client.post(LIST)) == f"{URL}khai/nha/"
    assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"
    assert len((Submission.objects.get().answers or {})["members"]) == MOST


@pytest.mark.usefixtures("forty")
def test_changing_one_of_forty(client: Browser) -> None:
    """Attack: the limit must not lock those who are entered already."""
    draft = fill(client)
    full(client, draft)
    changed = client.post(f"{LIST}nguoi39/ai/", {**MEMBER, "full_name": "Đổi Tên", "lan": "1"})
    assert location(changed) == LIST
    assert "Đổi Tên" in words(client.get(LIST))


def test_two_windows_race_for_the_last_place(client: Browser) -> None:
    """Attack: two windows open a new entry while one place is left, and both save."""
    draft = fill(client)
    add_member(client, full_name="Người Hai", citizen="")
    windows = [location(client.get(f"{LIST}moi/")) for _window in range(2)]
    first = client.post(windows[0], {**MEMBER, "full_name": "Người Ba"})
    second = client.post(windows[1], {**MEMBER, "full_name": "Người Bốn"})
    assert location(first) == LIST
    assert location(second) == f"{LIST}?vi=day"
    draft.refresh_from_db()
    assert len(draft.answers["members"]) == 3


def test_a_race_that_the_page_does_not_see(
    client: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: the same, so close that both were looked at before either was stored."""
    draft = fill(client)
    add_member(client, citizen="")
    add_member(client, citizen="")
    monkeypatch.setattr(groups, "refusal", lambda walk, group, spot: "")
    late = client.post(f"{LIST}nguoi4/ai/", MEMBER)
    assert location(late) == f"{LIST}?vi=day"
    draft.refresh_from_db()
    assert len(draft.answers["members"]) == 3


def test_forty_members_posted_at_one_address(client: Browser) -> None:
    """Attack: the page of one new entry saved over and over: it stays one entry."""
    draft = begin(client)
    send(client, "noi-o", **samples.COMMUNE)
    send(client, "thon", village="Thôn Bòng")
    fresh = location(client.get(f"{LIST}moi/"))
    for number in range(5):
        client.post(fresh, {**MEMBER, "full_name": "An", "lan": str(number)})
    draft.refresh_from_db()
    assert len(draft.answers["members"]) == 1


def born(day: date) -> dict[str, str]:
    """The three boxes of a birth date."""
    return {"birth_day": f"{day:%d}", "birth_month": f"{day:%m}", "birth_year": f"{day:%Y}"}


def refusal(client: Browser, **values: str) -> str:
    """What a new member's page says; nothing was stored."""
    fill(client)
    fresh = location(client.get(f"{LIST}moi/"))
    assert location(client.post(fresh, {**MEMBER, **values})) == fresh
    page = client.get(fresh)
    assert len(Draft.objects.get().answers["members"]) == 1
    assert page.context["form"].problems[0]["anchor"] in page.content.decode()
    return " ".join(row["sentence"] for row in page.context["form"].problems)


def test_a_member_born_tomorrow(client: Browser) -> None:
    """Attack: somebody who is still to be born."""
    tomorrow = clock.today() + timedelta(days=1)
    assert refusal(client, **born(tomorrow)) == gettext("This day is still to come.")


def test_a_member_born_today(client: Browser) -> None:
    """The other side: a child of today belongs to the household."""
    fill(client)
    add_member(client, citizen="", **born(clock.today()))
    assert len(Draft.objects.get().answers["members"]) == 2


DATES = {
    ("31", "02", "1990"): "The calendar has no such day.",
    ("29", "02", "2023"): "The calendar has no such day.",
    ("1", "13", "1990"): "The calendar has no such day.",
    ("", "", "0000"): "The calendar has no such day.",
    ("01", "01", "9999"): "This day is still to come.",
    ("01", "01", "1850"): "Look at the year again.",
    ("", "", "80"): "Write the year with four digits.",
    ("5", "", "1980"): "Write the month too, or leave the day empty.",
    ("a", "1", "1980"): "Write the date in digits, such as 07 03 1980.",
    ("٣", "1", "1980"): "Write the date in digits, such as 07 03 1980.",
    ("-1", "1", "1980"): "Write the date in digits, such as 07 03 1980.",
}


@pytest.mark.parametrize(("boxes", "sentence"), DATES.items(), ids=map("/".join, DATES))
def test_dates_that_are_none(client: Browser, boxes: tuple[str, str, str], sentence: str) -> None:
    """Attack: days that the calendar does not have, years out of the world, other digits."""
    day, month, year = boxes
    assert refusal(client, birth_day=day, birth_month=month, birth_year=year) == gettext(sentence)


def test_a_paper_with_zeros(client: Browser) -> None:
    """Attack: 00/00/1980, as old papers have it: the year is known and nothing else."""
    draft = fill(client)
    add_member(client, birth_day="00", birth_month="00", birth_year="1980")
    draft.refresh_from_db()
    assert draft.answers["members"][1]["birth"] == "1980"


def test_an_old_number_of_nine_digits(client: Browser) -> None:
    """Attack: the old identity card, which nobody may be sent away for."""
    draft = fill(client)
    add_member(client, citizen="070 123 456")
    draft.refresh_from_db()
    assert draft.answers["members"][1]["citizen"] == "070123456"


@pytest.mark.parametrize(
    "values",
    [
        {"citizen": "008180000123"},
        {"citizen": "008081000123"},
        {"citizen": "008380000123"},
        {"sex": "female"},
    ],
)
def test_a_number_that_does_not_fit_warns_and_does_not_stop(
    client: Browser, values: dict[str, str]
) -> None:
    """Attack: a citizen number of the other sex, or of another year of birth."""
    draft = fill(client)
    fresh = location(client.get(f"{LIST}moi/"))
    asked = client.post(fresh, {**MEMBER, **values}, follow=True)
    assert "Số định danh không khớp với giới tính hoặc năm sinh." in words(asked)
    draft.refresh_from_db()
    assert len(draft.answers["members"]) == 2
    going_on = client.post(fresh, {**MEMBER, **values, "da-xem": "1", "lan": "1"})
    assert location(going_on) == LIST
    assert location(client.post(f"{URL}khai/xem-lai/")) == f"{URL}bien-nhan/"


@pytest.mark.parametrize("number", ["12345678", "1234567890", "00808000012x", "٠٠٨٠٨٠٠٠٠١٢٣"])
def test_a_number_of_another_length(client: Browser, number: str) -> None:
    """Attack: numbers that are neither nine nor twelve digits."""
    assert refusal(client, citizen=number) == "Số này phải có 12 hoặc 9 chữ số."

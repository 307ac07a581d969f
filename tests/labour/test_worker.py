"""Filling in the worker's sheet: forks, rules, the commune it goes to, what is kept of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from portal.areas.models import Unit
from portal.forms import ledger, registry, retention, validating
from portal.forms.models import LedgerEntry, Submission
from portal.jobs import clock
from portal.labour import queries
from portal.labour.models import WorkerSheet
from tests.labour.people import (
    INACTIVE,
    UNEMPLOYED,
    WORKER,
    address,
    begin,
    changed,
    errors,
    filled,
    save,
    send,
    walk_of,
    warnings,
)

pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.usefixtures("communes")]


def whole(pages: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The valid answers of a filled form."""
    draft = filled(pages)
    walk = walk_of(draft)
    return validating.whole(walk.questionnaire, draft.answers, draft.pages, walk.on)


def slugs(pages: dict[str, dict[str, Any]]) -> list[str]:
    """The steps that a person with these answers has."""
    return [step.slug for step in walk_of(filled(pages)).steps]


@pytest.mark.parametrize(
    ("pages", "own"),
    [
        (WORKER, ["viec-lam", "noi-lam-viec"]),
        (UNEMPLOYED, ["that-nghiep"]),
        (INACTIVE, ["ly-do"]),
    ],
)
def test_question_11_forks_to_12_13_or_the_reason(
    pages: dict[str, dict[str, Any]], own: list[str]
) -> None:
    """The printed jumps "11" and "12" mean 12 and 13."""
    found = slugs(pages)
    assert found[6:] == own
    assert len(found) <= 8
    assert whole(pages)
    assert walk_of(filled(pages)).first_open is None


def test_answers_of_another_fork_are_left_out() -> None:
    """R1-R3: whoever changes question 11 leaves nothing of the other blocks behind."""
    draft = filled(WORKER)
    draft = save(draft, "tinh-trang", {**WORKER["tinh-trang"], "economic_activity": "inactive"})
    draft = save(draft, "ly-do", {"inactive_reason": "studying"})
    walk = walk_of(draft)
    answers = validating.whole(walk.questionnaire, draft.answers, draft.pages, walk.on)
    assert answers["inactive_reason"] == "studying"
    assert not {"job", "contract", "employment_position", "workplace_name"} & set(answers)


def test_whole_answers_are_typed(communes: dict[str, Unit]) -> None:
    answers = whole(WORKER)
    assert answers["birth_date"] == "1990-03-07"
    assert answers["contract_start"] == "2019-05"
    assert answers["ethnic_group"] == "san_chay"
    assert answers["job_code"] == "75"
    assert answers["present_village"]["name"] == "Thôn Cả"
    assert answers["present_commune"]["code"] == communes["tan_trao"].code
    assert whole(UNEMPLOYED)["priority_groups"] == []


def test_nobody_below_fifteen() -> None:
    young = {**WORKER["nguoi-lao-dong"], "birth_date_year": str(clock.today().year - 14)}
    assert "birth_date_year" in errors(begin(), "nguoi-lao-dong", young)


def test_a_year_of_birth_is_enough_and_an_old_card_too() -> None:
    person = {**WORKER["nguoi-lao-dong"], "birth_date_day": "", "birth_date_month": ""}
    person["id_number"] = "070123456"
    assert whole({**WORKER, "nguoi-lao-dong": person})["birth_date"] == "1990"


def test_poor_and_near_poor_exclude_each_other() -> None:
    both = {"priority_groups": ["poor_household", "near_poor_household"]}
    assert "priority_groups" in errors(begin(), "doi-tuong", both)


def test_the_kinh_are_no_ethnic_minority() -> None:
    draft = filled(dict(list(WORKER.items())[:4]))
    kinh = {**WORKER["dan-toc-hoc-van"], "ethnic_group": "Kinh"}
    assert "ethnic_group" in errors(draft, "dan-toc-hoc-van", kinh)


def test_own_account_workers_name_no_workplace() -> None:
    """Footnote 9."""
    own = changed(WORKER, employment_position="own_account", contract="no")
    draft = filled(dict(list(own.items())[:7]))
    asked = [field.name for field in walk_of(draft).asked(walk_of(draft).spots[7])]
    assert "workplace_name" not in asked
    assert "contract_start" not in asked
    assert {"workplace_type", "workplace_address", "social_insurance_type"} <= set(asked)


def test_the_untrained_are_not_asked_what_they_learnt() -> None:
    draft = filled(dict(list(UNEMPLOYED.items())[:5]))
    asked = [field.name for field in walk_of(draft).asked(walk_of(draft).spots[5])]
    assert asked == ["economic_activity"]


def test_a_contract_of_somebody_who_works_alone_is_looked_at_again() -> None:
    draft = filled(dict(list(WORKER.items())[:6]))
    alone = {**WORKER["viec-lam"], "employment_position": "own_account"}
    assert warnings(draft, "viec-lam", alone) == ["contract"]
    assert warnings(draft, "viec-lam", WORKER["viec-lam"]) == []


def test_a_contract_to_come_is_looked_at_again() -> None:
    draft = filled(dict(list(WORKER.items())[:7]))
    soon = clock.today() + timedelta(days=3)
    later = {
        **WORKER["noi-lam-viec"],
        "contract_start_day": f"{soon:%d}",
        "contract_start_month": f"{soon:%m}",
        "contract_start_year": f"{soon:%Y}",
    }
    assert warnings(draft, "noi-lam-viec", later) == ["contract_start"]
    assert warnings(draft, "noi-lam-viec", WORKER["noi-lam-viec"]) == []
    unknown = {**later, **{f"contract_start_{part}": "" for part in ("day", "month", "year")}}
    assert warnings(draft, "noi-lam-viec", unknown) == []


def test_a_citizen_number_of_another_sex_is_looked_at_again() -> None:
    man = {**WORKER["nguoi-lao-dong"], "sex": "male"}
    assert warnings(begin(), "nguoi-lao-dong", man) == ["id_number"]


def test_the_sheet_arrives_where_the_person_lives(communes: dict[str, Unit]) -> None:
    arrived = send(WORKER)
    assert arrived.unit == communes["tan_trao"]
    assert arrived.village is not None
    assert arrived.village.name == "Thôn Cả"
    assert arrived.reference.startswith("LD-")
    assert arrived.keep_until == clock.today() + timedelta(days=732)


def test_whoever_moved_in_belongs_to_the_present_commune(communes: dict[str, Unit]) -> None:
    pages = changed(WORKER, residence="moved_in")
    pages["noi-o"] |= address("permanent_residence", "01", "Ba Đình", "Phố Đội Cấn")
    assert send(pages).unit == communes["tan_trao"]


def away(permanent: dict[str, str], present: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Somebody who lives in another province."""
    pages = {slug: page for slug, page in WORKER.items() if slug != "thon-to"}
    return {**changed(pages, residence="away"), "noi-o": {**permanent, **present}}


def test_whoever_lives_elsewhere_belongs_to_the_permanent_residence(
    communes: dict[str, Unit],
) -> None:
    arrived = send(
        away(
            address("permanent_residence", "08", "Sơn Dương"),
            address("present_residence", "01", "Ba Đình"),
        )
    )
    assert (arrived.unit, arrived.village) == (communes["son_duong"], None)


def test_whoever_is_of_elsewhere_belongs_to_the_province() -> None:
    arrived = send(
        away(
            address("permanent_residence", "01", "Ba Đình"),
            address("present_residence", "01", "Ba Đình"),
        )
    )
    assert arrived.unit is None
    assert arrived.entry.chain.name == ledger.PROVINCE


def test_an_address_in_the_province_counts_whatever_was_ticked(communes: dict[str, Unit]) -> None:
    arrived = send(
        away(
            address("permanent_residence", "01", "Ba Đình"),
            address("present_residence", "08", "Sơn Dương"),
        )
    )
    assert arrived.unit == communes["son_duong"]


def test_every_sheet_stands_in_the_ledger_of_its_commune(communes: dict[str, Unit]) -> None:
    arrived = send(WORKER)
    entry = LedgerEntry.objects.get()
    assert arrived.entry == entry
    assert (entry.form, entry.version) == ("worker", "1")
    assert entry.chain.name == communes["tan_trao"].code
    assert list(ledger.differences()) == []


def test_columns_hold_what_the_report_counts_and_no_more() -> None:
    send(WORKER)
    sheet = WorkerSheet.objects.values().get()
    assert sheet.pop("submission_id") == Submission.objects.get().pk
    assert sheet == {
        "year": clock.today().year,
        "sex": "female",
        "economic_activity": "employed",
        "technical_qualification": "college",
        "employment_position": "wage_worker",
        "unemployment_duration": "",
        "current": True,
        "waiting": False,
        "decided_by_id": None,
        "decided_at": None,
    }


def test_erased_answers_leave_totals_of_their_year_but_no_current_sheet() -> None:
    arrived = send(WORKER)
    Submission.objects.update(keep_until=clock.today() - timedelta(days=1))
    assert retention.erase_due() == 1
    assert not queries.current_sheets().exists()
    assert WorkerSheet.objects.filter(pk=arrived.pk, year=clock.today().year).exists()
    send(WORKER)
    assert queries.current_sheets().count() == 1


def test_sheets_are_seen_by_area(communes: dict[str, Unit], django_user_model: Any) -> None:
    send(WORKER)
    nobody = django_user_model.objects.create_user("nobody")
    assert not WorkerSheet.objects.visible_to(nobody).exists()


def test_sections_say_nothing_of_the_answers() -> None:
    arrived = send(WORKER)
    form = registry.get("worker")
    words = str([section.context for section in form.sections(arrived, arrived.answers)])
    assert not any(str(value) in words for value in ("Ma Thị Đức", "008190001234", "san_chay"))

"""The worker's sheet as data, held against the source of its wording."""

from __future__ import annotations

from itertools import chain

import pytest
from django.utils import translation

from portal.forms.loading import load
from portal.forms.questionnaire import Field, Questionnaire
from portal.labour.worker import QUESTIONNAIRES, form_type
from search.text import fold

# What the printed form asks: field and codes, as in the domain file labour-form-03.json.
# Not asked: the header (it follows from the residence), the date and the signature (the receipt).
DOMAIN: dict[str, tuple[str, list[str]]] = {
    "full_name": ("1", []),
    "birth_date": ("2", []),
    "sex": ("3", ["male", "female"]),
    "id_number": ("4", []),
    "social_insurance_number": ("5", []),
    "permanent_residence": ("6", []),
    "priority_groups": (
        "8",
        [
            "disabled",
            "poor_household",
            "near_poor_household",
            "land_recovered",
            "merit_relative",
            "ethnic_minority",
        ],
    ),
    "general_education": (
        "9",
        ["below_primary", "primary", "lower_secondary", "upper_secondary"],
    ),
    "technical_qualification": (
        "10",
        [
            "untrained",
            "skilled_no_diploma",
            "certificate_under_3m",
            "elementary",
            "intermediate",
            "college",
            "university",
            "postgraduate",
        ],
    ),
    "training_field": ("10.1", []),
    "economic_activity": ("11", ["employed", "unemployed", "inactive"]),
    "inactive_reason": ("11", ["studying", "retired", "housework", "disability", "other"]),
    "employment_position": (
        "12.1",
        [
            "business_owner",
            "own_account",
            "family_worker",
            "wage_worker",
            "cooperative_member",
        ],
    ),
    "job": ("12.2", []),
    "social_insurance": ("12.2a", ["yes", "no"]),
    "social_insurance_type": ("12.2a", ["compulsory", "voluntary"]),
    "contract": ("12.2b", ["yes", "no"]),
    "contract_type": ("12.2b", ["fixed_term", "indefinite"]),
    "contract_start": ("12.2b", []),
    "workplace_name": ("12.3", []),
    "workplace_type": (
        "12.3a",
        [
            "farm_household",
            "freelance",
            "individual_business",
            "cooperative",
            "enterprise_state",
            "enterprise_non_state",
            "enterprise_fdi",
            "state_sector",
            "non_state_service_unit",
            "foreign_sector",
            "association",
        ],
    ),
    "workplace_address": ("12.3b", []),
    "unemployed_history": ("13", ["never_worked", "worked_before"]),
    "unemployment_duration": ("13.1", ["lt_3m", "3m_1y", "gt_1y"]),
}
PRESENT = {"present_commune", "present_village", "present_house", "present_residence"}  # 7
OWN = {"residence", "ethnic_group", "job_code"}  # the fork, and the two long lists
SENSITIVE = {
    "social_insurance_number",
    "priority_groups",
    "ethnic_group",
    "inactive_reason",
    "social_insurance",
    "social_insurance_type",
}


@pytest.fixture(scope="module")
def sheet() -> Questionnaire:
    """The current version."""
    return load(QUESTIONNAIRES / "worker-1.json")


@pytest.fixture(scope="module")
def fields(sheet: Questionnaire) -> dict[str, Field]:
    """Its questions by name."""
    return {field.name: field for field in sheet.fields()}


def codes(field: Field) -> list[str]:
    """The codes without the one that says: none of these."""
    return [choice.code for choice in field.choices if not choice.alone]


def test_everything_the_printed_form_asks_is_asked_and_nothing_else(
    fields: dict[str, Field],
) -> None:
    assert set(fields) == set(DOMAIN) | PRESENT | OWN
    assert "phone" not in fields  # neither stands on Mẫu số 03
    assert "unemployment_reason" not in fields


def test_numbers_and_codes_are_those_of_the_form(fields: dict[str, Field]) -> None:
    asked = {name: (fields[name].number, codes(fields[name])) for name in DOMAIN}
    assert asked == DOMAIN
    assert {fields[name].number for name in PRESENT} == {"7"}


def test_sensitive_answers_are_marked(fields: dict[str, Field]) -> None:
    assert {name for name, field in fields.items() if field.sensitive} == SENSITIVE


def test_every_question_speaks_both_languages_and_names_its_source(
    fields: dict[str, Field],
) -> None:
    labels = chain.from_iterable(
        (field.label, *(choice.label for choice in field.choices)) for field in fields.values()
    )
    assert all(label.vi and label.en for label in labels)
    assert all(field.source for field in fields.values())
    assert "cấp 3 chưa tìm được" in fields["job_code"].source


def test_ethnic_groups_are_all_there_under_keys_of_our_own(fields: dict[str, Field]) -> None:
    """Two state code lists differ from number 04 on, so neither is used."""
    found = codes(fields["ethnic_group"])
    assert len(found) == len(set(found)) == 54
    assert {"kinh", "tay", "san_chay", "hmong"} < set(found)
    names = [choice.label.vi.split(" (")[0] for choice in fields["ethnic_group"].choices]
    assert found == [fold(name).replace("-", "_").replace(" ", "_") for name in names]


def test_occupations_are_the_second_level(fields: dict[str, Field]) -> None:
    found = codes(fields["job_code"])
    assert len(found) == len(set(found)) == 48
    assert all(len(code) == 2 for code in found)
    assert not fields["job_code"].required


def test_the_consent_says_that_data_are_sensitive_and_when_they_end(sheet: Questionnaire) -> None:
    wording = sheet.consent.wording
    assert "nhạy cảm" in wording.vi
    assert "giữ hai năm" in wording.vi
    assert form_type().keep_days == 732
    assert len(sheet.consent.purpose) <= 60
    assert len(sheet.consent.legal_basis.vi) <= 200


def test_bug_the_english_sheet_gave_its_legal_basis_in_vietnamese_words(
    sheet: Questionnaire,
) -> None:
    with translation.override("en"):
        shown = str(sheet.consent.legal_basis)
    assert "đồng ý" not in shown
    assert "consent" in shown


def test_the_note_leads_to_the_national_service(sheet: Questionnaire) -> None:
    assert "vieclam.gov.vn" in sheet.note.vi
    assert "VNeID" in sheet.note.vi

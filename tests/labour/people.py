"""Persons who fill in the worker's sheet, as a browser would send their pages."""

from __future__ import annotations

from typing import Any

from portal.forms import registry, services, validating
from portal.forms.models import Draft, Submission
from portal.forms.step_form import as_query
from portal.forms.walk import Spot, Walk

PERSON = {
    "full_name": "Ma Thị Đức",
    "birth_date_day": "07",
    "birth_date_month": "03",
    "birth_date_year": "1990",
    "sex": "female",
    "id_number": "008190001234",
    "social_insurance_number": "0123456789",
    "residence": "registered",
}
HOME = {"present_commune": "Tân Trào"}
VILLAGE = {"present_village": "thôn cả", "present_house": "Xóm Trên"}
GROUPS = {"priority_groups": ["ethnic_minority", "near_poor_household"]}
EDUCATION = {
    "ethnic_group": "cao lan",
    "general_education": "upper_secondary",
    "technical_qualification": "college",
}
EMPLOYED = {"training_field": "May thời trang", "economic_activity": "employed"}
JOB = {
    "employment_position": "wage_worker",
    "job": "May công nghiệp",
    "job_code": "75",
    "social_insurance": "yes",
    "contract": "yes",
}
WORKPLACE = {
    "social_insurance_type": "compulsory",
    "contract_type": "indefinite",
    "contract_start_month": "05",
    "contract_start_year": "2019",
    "workplace_name": "Công ty May Sơn Dương (minh họa)",
    "workplace_type": "enterprise_non_state",
    "workplace_address_province": "08",
    "workplace_address_commune": "Sơn Dương",
    "workplace_address_detail": "Tổ 5",
}
WORKER: dict[str, dict[str, Any]] = {
    "nguoi-lao-dong": PERSON,
    "noi-o": HOME,
    "thon-to": VILLAGE,
    "doi-tuong": GROUPS,
    "dan-toc-hoc-van": EDUCATION,
    "tinh-trang": EMPLOYED,
    "viec-lam": JOB,
    "noi-lam-viec": WORKPLACE,
}
UNTRAINED = {"general_education": "lower_secondary", "technical_qualification": "untrained"}
UNEMPLOYED = {
    **{slug: WORKER[slug] for slug in ("nguoi-lao-dong", "noi-o", "thon-to")},
    "doi-tuong": {"priority_groups": ["none"]},
    "dan-toc-hoc-van": UNTRAINED,
    "tinh-trang": {"economic_activity": "unemployed"},
    "that-nghiep": {"unemployed_history": "worked_before", "unemployment_duration": "3m_1y"},
}
INACTIVE = {
    **{slug: UNEMPLOYED[slug] for slug in list(UNEMPLOYED)[:5]},
    "tinh-trang": {"economic_activity": "inactive"},
    "ly-do": {"inactive_reason": "retired"},
}


def address(name: str, province: str, commune: str, detail: str = "") -> dict[str, str]:
    """The inputs of an address."""
    return {
        f"{name}_province": province,
        f"{name}_commune": commune,
        f"{name}_detail": detail,
    }


def changed(pages: dict[str, dict[str, Any]], **answers: Any) -> dict[str, dict[str, Any]]:
    """The pages with some inputs changed where they stand."""
    return {
        slug: {**page, **{name: answers[name] for name in page if name in answers}}
        for slug, page in pages.items()
    }


def walk_of(draft: Draft) -> Walk:
    """The way through a draft."""
    form = registry.get(draft.form)
    return Walk(
        services.questionnaire_of(draft), draft.answers, draft.pages, services.reference_day(form)
    )


def begin() -> Draft:
    """A draft by the person concerned."""
    return services.start_draft(registry.get("worker"), filler="self")


def save(draft: Draft, slug: str, inputs: dict[str, Any]) -> Draft:
    """Save a page; the page's own errors fail the test."""
    walk = walk_of(draft)
    form = validating.form_of(walk, Spot(slug), as_query(inputs))
    assert form.is_valid(), (slug, form.errors)
    return services.save_page(draft.key, Spot(slug), form.values, seen=draft.pages.get(slug, 0))


def errors(draft: Draft, slug: str, inputs: dict[str, Any]) -> dict[str, list[str]]:
    """What a page refuses."""
    form = validating.form_of(walk_of(draft), Spot(slug), as_query(inputs))
    form.is_valid()
    return dict(form.errors)


def warnings(draft: Draft, slug: str, inputs: dict[str, Any]) -> list[str]:
    """The questions that a valid page warns about."""
    form = validating.form_of(walk_of(draft), Spot(slug), as_query(inputs))
    assert form.is_valid(), form.errors
    return [check.field for check in form.warnings]


def filled(pages: dict[str, dict[str, Any]]) -> Draft:
    """A draft with these pages, saved in the order of the walk; all of them are asked for."""
    draft = begin()
    for slug, inputs in pages.items():
        assert slug in [step.slug for step in walk_of(draft).steps], slug
        draft = save(draft, slug, inputs)
    return draft


def send(pages: dict[str, dict[str, Any]]) -> Submission:
    """The arrived form of these pages."""
    return services.submit(filled(pages).key).submission

"""Mẫu số 03 filled in, as `worker_sheet.typ` prints it: always in Vietnamese, in printed terms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from portal.areas.models import Unit
from portal.areas.queries import unit_on
from portal.forms import kinds
from portal.forms.dates import in_words, parts
from portal.forms.models import Filler, Submission
from portal.forms.questionnaire import Field
from portal.forms.services import questionnaire_of
from portal.jobs import clock

Answers = Mapping[str, Any]

SOURCE = (
    "Ban hành kèm theo Thông tư số 11/2022/TT-BLĐTBXH ngày 30/6/2022"
    " của Bộ Lao động - Thương binh và Xã hội"
)
NOTE = (
    "Phiếu điền trên cổng thông tin điện tử của tỉnh, số hồ sơ {reference}, gửi lúc {sent}."
    " Tên gọi và số thứ tự theo mẫu; dòng quận, huyện không còn từ 01/7/2025;"
    " chỗ chuyển câu ở mục 11 in nhầm trên mẫu đã sửa thành 12 và 13."
)
# As it was written, in a line of dots.
PLAIN = (
    "full_name",
    "id_number",
    "social_insurance_number",
    "training_field",
    "workplace_name",
)
# Ticked in a box.
TICKED = (
    "sex",
    "priority_groups",
    "general_education",
    "technical_qualification",
    "economic_activity",
    "inactive_reason",
    "employment_position",
    "social_insurance",
    "social_insurance_type",
    "contract",
    "contract_type",
    "workplace_type",
    "unemployed_history",
    "unemployment_duration",
)
OTHER_NAMES = re.compile(r" \(.*\)$")


def data(submission: Submission, answers: Answers) -> dict[str, Any]:
    """What the template needs."""
    sent = submission.sent_at.astimezone(clock.ZONE)
    fields = {field.name: field for field in questionnaire_of(submission).fields()}
    reference = submission.reference
    return {
        "reference": reference,
        "source": SOURCE,
        "note": NOTE.format(reference=reference, sent=f"{sent:%H:%M ngày %d/%m/%Y}"),
        "sent_on": f"Ngày {sent:%d} tháng {sent:%m} năm {sent:%Y}",
        "province": str(_province(submission.unit) or ""),
        "commune": str(submission.unit or ""),
        "birth": _birth(answers.get("birth_date")),
        "codes": {name: _codes(answers.get(name)) for name in TICKED},
        "texts": _texts(fields, answers) | {"informant": _informant(submission, answers)},
    }


def _province(unit: Unit | None) -> Unit | None:
    if unit is not None and unit.parent is not None:
        return unit.parent
    return unit_on(settings.PROVINCE_CODE, clock.today())


def _birth(value: Any) -> dict[str, str]:
    """Digits for the boxes; what is not known stays empty."""
    year, month, day = parts(value) or (None, None, None)
    return {
        "day": f"{day:02}" if day else "",
        "month": f"{month:02}" if month else "",
        "year": str(year) if year else "",
    }


def _codes(value: Any) -> list[str]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [str(value)]


def _texts(fields: Mapping[str, Field], answers: Answers) -> dict[str, str]:
    found = {name: str(answers.get(name, "")) for name in PLAIN}
    permanent, current = _residences(fields, answers)
    return found | {
        "permanent_residence": permanent,
        "current_residence": current,
        "ethnic_group": OTHER_NAMES.sub("", _label(fields["ethnic_group"], answers)),
        "job": _job(fields["job_code"], answers),
        "contract_start": in_words(answers.get("contract_start")),
        "workplace_address": _address(fields["workplace_address"], answers),
    }


def _residences(fields: Mapping[str, Field], answers: Answers) -> tuple[str, str]:
    """Items 6 and 7; the present residence is written only where it differs (footnote 4)."""
    present = _present(answers) or _address(fields["present_residence"], answers)
    if answers.get("residence") == "registered":
        return present, ""
    return _address(fields["permanent_residence"], answers), present


def _present(answers: Answers) -> str:
    """House, village, commune, province, in the order of footnote 3."""
    commune = answers.get("present_commune")
    if not commune:
        return ""
    village = (answers.get("present_village") or {}).get("name", "")
    province = unit_on(settings.PROVINCE_CODE, clock.today())
    lines = (answers.get("present_house", ""), village, commune["name"], str(province or ""))
    return ", ".join(line for line in lines if line)


def _address(field: Field, answers: Answers) -> str:
    value = answers.get(field.name)
    return kinds.get(field.kind).words(field, value) if value else ""


def _label(field: Field, answers: Answers) -> str:
    choice = field.choice(answers.get(field.name))
    return choice.label.vi if choice else ""


def _job(field: Field, answers: Answers) -> str:
    """The words of the worker, with group and code of the classification where they are known."""
    job, group = str(answers.get("job", "")), _label(field, answers)
    return f"{job} (nhóm {answers[field.name]}: {group})" if group else job


def _informant(submission: Submission, answers: Answers) -> str:
    """The worker's name where the worker filled in; who else did is not asked by name."""
    return str(answers.get("full_name", "")) if submission.filler == Filler.SELF else ""

"""Mẫu số 01 of QĐ 24/2021/QĐ-TTg filled in: the request for review (Giấy đề nghị rà soát)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import translation

from portal.forms import kinds, registry
from portal.forms.dates import in_words
from portal.forms.models import Submission
from portal.forms.questionnaire import Field
from portal.jobs import clock
from portal.registration import household, standards
from portal.registration.standards import Result

Answers = Mapping[str, Any]
# The printed form knows three states; a small child has none of them.
STATUS = {"employed": "Có việc làm", "studying": "Đang đi học", "child": "Còn nhỏ"}
NO_JOB = "Không có việc làm"


def request_sheet(submission: Submission, answers: Answers) -> dict[str, Any]:
    """The data of the template, in Vietnamese whoever prints it; no answer is a dotted line."""
    with translation.override("vi"):
        return _sheet(submission, answers)


def _sheet(submission: Submission, answers: Answers) -> dict[str, Any]:
    fields = {field.name: field for field in _fields(submission)}
    one = household.head(answers)
    return {
        "addressee": str(submission.unit or ""),
        "reference": submission.reference,
        "name": one.get("full_name", ""),
        "sex": _words(fields, one, "sex"),
        "birth": in_words(one.get("birth")),
        "ethnicity": _words(fields, one, "ethnicity"),
        "citizen": one.get("citizen", ""),
        "issued": in_words(one.get("citizen_issued")),
        "permanent": _permanent(fields, answers),
        "present": _present(answers),
        "request": _words(fields, answers, "request"),
        "members": [_member(fields, member) for member in answers.get("members", ())],
        "reason": str(answers.get("reason", "")),
        "date": f"{submission.sent_at.astimezone(clock.ZONE):%d/%m/%Y}",
        "self_assessment": _assessment(submission),
    }


def _fields(submission: Submission) -> list[Field]:
    form = registry.get(submission.form)
    return list(form.versions.get(submission.version, form.current).fields())


def _words(fields: Mapping[str, Field], answers: Answers, name: str) -> str:
    value = answers.get(name)
    if value is None:
        return ""
    return kinds.get(fields[name].kind).words(fields[name], value) if name in fields else str(value)


def _present(answers: Answers) -> str:
    parts = (
        answers.get("address_detail", ""),
        (answers.get("village") or {}).get("name", ""),
        (answers.get("commune") or {}).get("name", ""),
    )
    return ", ".join(part for part in parts if part)


def _permanent(fields: Mapping[str, Field], answers: Answers) -> str:
    if answers.get("permanent"):
        return _words(fields, answers, "permanent")
    return _present(answers)


def _member(fields: Mapping[str, Field], member: Answers) -> list[str]:
    return [
        str(member.get("full_name", "")),
        _words(fields, member, "sex"),
        in_words(member.get("birth")),
        _words(fields, member, "relation"),
        STATUS.get(str(member.get("activity")), NO_JOB),
    ]


def _assessment(submission: Submission) -> dict[str, Any]:
    """The result that the portal showed, marked for what it is."""
    declaration = getattr(submission, "declaration", None)
    kept = declaration.record if declaration else None
    if not kept:
        return {}
    result: Result = standards.result_of(kept)
    table = standards.get(result.standard).table
    return {
        "sentence": standards.summary(result, 0).text,
        "note": table.label.vi if table and result.illustrative else "",
    }

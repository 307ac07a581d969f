"""A small questionnaire with every kind of question, and a page that mounts it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

from portal.forms import registry
from portal.forms.loading import build
from portal.forms.models import Draft
from portal.forms.questionnaire import Questionnaire
from portal.forms.registry import FormType, Place
from portal.home.models import FormPage
from tests.home.trees import Portal

FORM = "thu"
URL = "/ke-khai-thu/"
YES_NO = [["yes", "Có", "Yes"], ["no", "Không", "No"]]
RAW: dict[str, Any] = {
    "id": FORM,
    "version": "1",
    "title": ["Phiếu thử", "Trial form"],
    "legal_basis": "Thông tư thử",
    "consent": {
        "version": "thu-1",
        "wording": "Tôi đồng ý cho xã xử lý dữ liệu của phiếu thử.",
        "legal_basis": "Luật 91/2025/QH15",
        "purpose": "thu",
    },
    "lists": {"yes_no": YES_NO},
    "steps": [
        {
            "slug": "noi-o",
            "title": "Nơi ở",
            "fields": [
                {"name": "commune", "kind": "commune", "label": "Xã nào?", "required": True},
            ],
        },
        {
            "slug": "thon",
            "title": "Thôn",
            "fields": [
                {
                    "name": "village",
                    "kind": "village",
                    "label": "Thôn nào?",
                    "required": True,
                    "options": {"of": "commune"},
                },
                {"name": "phone", "kind": "phone", "label": "Điện thoại"},
            ],
        },
        {
            "slug": "thanh-vien",
            "title": "Thành viên",
            "group": "members",
            "item": "Người",
            "add": "Thêm một người",
            "item_title": ["full_name"],
            "least": 1,
            "most": 3,
            "pages": [
                {
                    "slug": "ai",
                    "title": "Người này là ai?",
                    "fields": [
                        {
                            "name": "full_name",
                            "kind": "name",
                            "label": "Họ và tên",
                            "required": True,
                        },
                        {
                            "name": "birth",
                            "kind": "date",
                            "label": "Ngày sinh",
                            "required": True,
                            "options": {"partial": True},
                        },
                        {
                            "name": "sex",
                            "kind": "choice",
                            "label": "Giới tính",
                            "choices": [["male", "Nam", "Male"], ["female", "Nữ", "Female"]],
                        },
                        {"name": "citizen", "kind": "citizen", "label": "Số định danh"},
                    ],
                    "checks": [
                        {
                            "field": "citizen",
                            "citizen": ["citizen", "sex", "birth"],
                            "message": "Số định danh không khớp với giới tính hoặc năm sinh.",
                        }
                    ],
                },
                {
                    "slug": "hoc",
                    "title": "Việc học",
                    "when": {"field": "birth", "age": {"from": 3, "below": 30}},
                    "fields": [
                        {
                            "name": "studying",
                            "kind": "choice",
                            "label": "Đang đi học?",
                            "list": "yes_no",
                            "required": True,
                        }
                    ],
                },
            ],
        },
        {
            "slug": "nha",
            "title": "Ngôi nhà",
            "fields": [
                {
                    "name": "devices",
                    "kind": "multi",
                    "label": "Có thiết bị nào?",
                    "required": True,
                    "choices": [
                        ["tv", "Ti vi", "TV"],
                        ["radio", "Đài", "Radio"],
                        {"code": "none", "label": "Không có", "alone": True},
                    ],
                    "options": {"none": "none"},
                },
                {
                    "name": "area",
                    "kind": "number",
                    "label": "Diện tích",
                    "options": {"places": 1, "unit": "m²", "most": 1000},
                },
                {"name": "reason", "kind": "long_text", "label": "Lý do"},
                {
                    "name": "job",
                    "kind": "code",
                    "label": "Nghề",
                    "choices": [["61", "Trồng trọt", "Crops"], ["92", "Lao động", "Labour"]],
                },
            ],
            "checks": [
                {
                    "field": "devices",
                    "error": True,
                    "when": [{"field": "devices", "is": "tv"}, {"field": "devices", "is": "radio"}],
                    "message": "Ti vi và đài không chọn cùng nhau.",
                }
            ],
        },
        {
            "slug": "vo-chong",
            "title": "Chỉ khi có ti vi",
            "when": {"field": "devices", "is": "tv"},
            "fields": [{"name": "money", "kind": "money", "label": "Giá ti vi", "required": True}],
        },
    ],
}
COMMUNE = {"commune": "xã Tân Trào"}
MEMBER = {
    "full_name": "Nguyễn Văn An",
    "birth_day": "",
    "birth_month": "",
    "birth_year": "1980",
    "sex": "male",
    "citizen": "008080000123",
}


def questionnaire(version: str = "1", **changes: Any) -> Questionnaire:
    """The sample in a version."""
    return build({**RAW, "version": version, **changes})


def form_type(*found: Questionnaire, **hooks: Any) -> FormType:
    """The sample as a registered form; the last version is the current one."""
    versions = {one.version: one for one in found or (questionnaire(),)}
    form = FormType(
        id=FORM,
        prefix="RS",
        label="Phiếu thử",
        versions=versions,
        place=_place,
        person=lambda answers: str(answers["members"][0]["full_name"]),
        citizen=lambda answers: str(answers["members"][0].get("citizen", "")),
        **hooks,
    )
    registry.register(form)
    return form


def _place(answers: Mapping[str, Any]) -> Place:
    return Place(answers.get("commune"), (answers.get("village") or {}).get("id"))


def form_page(portal: Portal, **values: Any) -> FormPage:
    """A live page that mounts the sample."""
    page = FormPage(title="Kê khai thử", slug="ke-khai-thu", form=FORM, **values)
    portal.home.add_child(instance=page)
    return page


def begin(client: Client, filler: str = "self") -> Draft:
    """Start the form as a visitor does; the draft."""
    page = client.get(f"{URL}khai/")
    key = page.context["form"]["key"].value()
    client.post(f"{URL}khai/", {"filler": filler, "consent": "on", "key": key})
    return Draft.objects.get(key=key)


def send(client: Client, step: str, **values: Any) -> HttpResponse:
    """Save a page."""
    response = client.post(f"{URL}khai/{step}/", values)
    assert isinstance(response, HttpResponse)
    return response


def add_member(client: Client, **values: Any) -> str:
    """Enter a member of more than thirty years; the key."""
    fresh = client.get(f"{URL}khai/thanh-vien/moi/").headers["Location"]
    client.post(fresh, {**MEMBER, **values})
    return fresh.rstrip("/").split("/")[-2]


def fill(client: Client) -> Draft:
    """A whole form, ready to be sent."""
    draft = begin(client)
    send(client, "noi-o", **COMMUNE)
    send(client, "thon", village="Thôn Bòng")
    add_member(client)
    send(client, "thanh-vien")
    send(client, "nha", devices=["none"], area="45,5")
    draft.refresh_from_db()
    return draft

"""A small form for the tests of the ledger: one person, other members, a commune or none."""

from __future__ import annotations

import unicodedata
import uuid
from typing import Any

from portal.areas.models import Unit
from portal.forms import loading, registry, services
from portal.forms.kinds.places import commune_value
from portal.forms.models import Draft, Filler, Submission
from portal.forms.registry import FormType, Place
from portal.forms.walk import Spot
from tests.registration.conftest import make_unit

FORM, VERSION, PREFIX = "phieu-thu", "2026-1", "RS"
TITLE = "Phiếu thử của sổ tiếp nhận"
PERSON, CITIZEN, NOTE = "Lò Thị Ứng", "008190001234", "Nhà ở bên suối, mái lợp fibrô."
MEMBERS = ("Lò Văn Ân", "Quàng Thị Ươm")
COMMUNES = (("02545", "Tân Trào"), ("02473", "Yên Sơn"), ("02554", "Hùng Lợi"))
HOME = Spot("ho")
RAW: dict[str, Any] = {
    "id": FORM,
    "version": VERSION,
    "title": [TITLE, "Trial form of the ledger"],
    "legal_basis": "Thông tư thử",
    "consent": {
        "version": "1",
        "wording": ["Tôi đồng ý.", "I agree."],
        "legal_basis": "Luật 91/2025/QH15",
        "purpose": "thử",
    },
    "steps": [
        {
            "slug": "ho",
            "title": "Hộ",
            "fields": [
                {"name": "name", "kind": "name", "label": "Họ và tên", "required": True},
                {"name": "citizen", "kind": "citizen", "label": "Số định danh"},
                {"name": "commune", "kind": "commune", "label": "Xã"},
                {"name": "income", "kind": "money", "label": "Thu nhập"},
                {"name": "note", "kind": "long_text", "label": "Ghi chú"},
            ],
        },
        {
            "slug": "thanh-vien",
            "title": "Thành viên",
            "group": "members",
            "item": "thành viên",
            "add": "Thêm",
            "item_title": ["member"],
            "pages": [
                {
                    "slug": "ban-than",
                    "title": "Bản thân",
                    "fields": [
                        {"name": "member", "kind": "name", "label": "Họ tên", "required": True}
                    ],
                }
            ],
        },
    ],
}


def register() -> FormType:
    """Offer the form, as a room does when it is ready."""
    form = FormType(
        id=FORM,
        prefix=PREFIX,
        label=TITLE,
        versions={VERSION: loading.build(RAW)},
        place=lambda answers: Place(commune=answers.get("commune")),
        person=lambda answers: str(answers["name"]),
        citizen=lambda answers: str(answers.get("citizen", "")),
        keep_days=365,
    )
    registry.register(form)
    return form


def make_communes() -> list[Unit]:
    """Three communes of the portal's province."""
    province = make_unit("08", "Tuyên Quang", None)
    return [make_unit(code, name, province) for code, name in COMMUNES]


def draft(unit: Unit | None, *, name: str = PERSON) -> Draft:
    """A form that is filled in and not sent."""
    key = uuid.uuid4()
    services.start_draft(registry.get(FORM), filler=Filler.MEMBER, key=key)
    values = {
        "name": name,
        "citizen": CITIZEN,
        "commune": commune_value(unit) if unit else None,
        "income": 1_250_000,
        "note": unicodedata.normalize("NFC", NOTE),
    }
    services.save_page(key, HOME, values, seen=0)
    for number, member in enumerate(MEMBERS):
        spot = Spot("thanh-vien", f"tv{number:02}", "ban-than")
        services.save_page(key, spot, {"member": member}, seen=0, group="members")
    return services.confirm_group(key, Spot("thanh-vien"))


def sent(unit: Unit | None, *, name: str = PERSON) -> Submission:
    """A form that has arrived."""
    return services.submit(draft(unit, name=name).key).submission

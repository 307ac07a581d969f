"""A small form, two communes, their officers, and records as the engine would have left them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from django.contrib.auth.models import Permission
from django.template import Template
from django.utils.html import strip_tags

from portal.areas.models import Assignment, Role, Unit, User, Village
from portal.forms import ledger, services
from portal.forms.loading import build
from portal.forms.models import Filler, Means, Submission
from portal.forms.references import new_reference
from portal.forms.registry import FormType, Place, Section, Sheet
from portal.forms.services import CITIZEN
from portal.jobs import clock
from portal.privacy.blinding import blind
from portal.privacy.services import record_consent
from search.text import name_key, name_sort_key
from tests.areas.builders import make_commune, make_province
from tests.printing.papers import paper

FORM = "thu"
VERSION = "2026-1"
WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=clock.ZONE)
REFORM = date(2025, 7, 1)
NUMBER = "008090001234"
NAME = "Nguyễn Thị Ân"
SECRET_ILLNESS = "Bệnh kín của hộ"
CODE = "12345678"
SCORE = Template("<p>{{ data.points }} điểm tạm tính</p>")

QUESTIONNAIRE = {
    "id": FORM,
    "version": VERSION,
    "title": ["Tờ khai thử", "Test form"],
    "legal_basis": "Luật thử",
    "consent": {
        "version": "dong-y-3",
        "wording": ["Tôi đồng ý cho xã xử lý dữ liệu.", "I agree."],
        "legal_basis": "Luật 91/2025/QH15, Điều 9",
        "purpose": "thu",
    },
    "steps": [
        {
            "slug": "chu-ho",
            "title": ["Chủ hộ", "Head"],
            "fields": [
                {"name": "ten", "kind": "name", "label": ["Họ và tên", "Name"], "required": True},
                {"name": "so", "kind": "citizen", "label": ["Số định danh", "Number"]},
                {"name": "benh", "kind": "text", "label": ["Bệnh", "Illness"], "sensitive": True},
                {
                    "name": "nha",
                    "kind": "choice",
                    "label": ["Nhà ở", "House"],
                    "number": "7",
                    "choices": [["kien-co", "Kiên cố", "Solid"], ["tam", "Nhà tạm", "Makeshift"]],
                },
                {"name": "ghi_chu", "kind": "text", "label": ["Ghi chú", "Note"]},
            ],
        },
        {
            "slug": "nguoi",
            "title": ["Thành viên", "Members"],
            "group": "nguoi",
            "item": ["Thành viên", "Member"],
            "item_title": ["ten_nguoi"],
            "add": ["Thêm", "Add"],
            "pages": [
                {
                    "slug": "ai",
                    "title": ["Ai", "Who"],
                    "fields": [
                        {"name": "ten_nguoi", "kind": "name", "label": ["Tên", "Name"]},
                        {"name": "sinh", "kind": "date", "label": ["Ngày sinh", "Born"]},
                    ],
                },
                {
                    "slug": "hoc",
                    "title": ["Học", "School"],
                    "when": {"field": "sinh", "age": {"below": 16}},
                    "fields": [{"name": "lop", "kind": "text", "label": ["Lớp", "Class"]}],
                },
            ],
        },
    ],
}


def form_type(**changes: Any) -> FormType:
    """The form of the tests, with a section and a paper."""
    questionnaire = build(QUESTIONNAIRE)
    made = FormType(
        id=FORM,
        prefix="RS",
        label="Tờ khai thử",
        versions={VERSION: questionnaire},
        place=lambda answers: Place(),
        person=lambda answers: str(answers["ten"]),
        citizen=lambda answers: str(answers.get("so", "")),
        sections=lambda record, answers: [
            Section(SCORE, {"points": 62}, f"Điểm của {answers['ten']}")  # type: ignore[arg-type]
        ],
        sheets=(
            Sheet("mau-01", "Mẫu số 01", "official_document", lambda record, answers: paper()),
            Sheet("hong", "Giấy hỏng", "no_such_template", lambda record, answers: {}),
        ),
    )
    return replace(made, **changes)


@dataclass
class World:
    """Two communes, a village in each, and everybody who works there."""

    province: Unit = field(default_factory=make_province)
    here: Unit = field(init=False)
    there: Unit = field(init=False)
    village: Village = field(init=False)
    other_village: Village = field(init=False)
    users: dict[str, User] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.here = make_commune("02545", "Tân Trào", province=self.province)
        self.there = make_commune("02473", "Yên Sơn", province=self.province)
        self.village = Village.objects.create(unit=self.here, name="Thôn Bòng", kind="thon")
        self.other_village = Village.objects.create(unit=self.here, name="Thôn Vè", kind="thon")
        far = Village.objects.create(unit=self.there, name="Thôn Xa", kind="thon")
        for name, role, unit, village in (
            ("tinh", Role.PROVINCE_OFFICER, self.province, None),
            ("kiemtra", Role.AUDITOR, self.province, None),
            ("xa", Role.COMMUNE_OFFICER, self.here, None),
            ("xakhac", Role.COMMUNE_OFFICER, self.there, None),
            ("thon", Role.VILLAGE_HEAD, self.here, self.village),
            ("thonkhac", Role.VILLAGE_HEAD, self.there, far),
            ("bientap", None, None, None),
        ):
            self.users[name] = make_user(name, role, unit, village)


def make_user(
    name: str, role: str | None = None, unit: Unit | None = None, village: Village | None = None
) -> User:
    """Somebody who may open the back office, with or without work."""
    user = User.objects.create_user(f"cb-{name}", password="Mat-khau-2026")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    if role and unit:
        Assignment.objects.create(
            user=user, role=role, unit=unit, village=village, valid_from=REFORM
        )
    return user


def answers_of(name: str = NAME, **more: Any) -> dict[str, Any]:
    """Valid answers of one household."""
    member = {"id": "k1", "ten_nguoi": "Lý Văn Bé", "sinh": "2018-05-02", "lop": "3A"}
    given = {"ten": name, "so": NUMBER, "benh": SECRET_ILLNESS, "nha": "tam", "nguoi": [member]}
    return given | more


def send(
    unit: Unit | None, village: Village | None = None, *, days: int = 0, **values: Any
) -> Submission:
    """A record `days` old, written as `services.submit` writes it."""
    answers = values.pop("answers", None) or answers_of(values.pop("name", NAME))
    sent_at = clock.now() - timedelta(days=days)
    form, version = values.pop("form", FORM), values.pop("version", VERSION)
    salt = ledger.new_salt()
    entry = ledger.append(
        unit,
        at=sent_at,
        form=form,
        version=version,
        digest=ledger.digest_of(salt, answers),
    )
    reference = new_reference("RS", clock.today())
    record_consent(
        (services.SUBJECT, reference),
        purpose="thu",
        wording="Tôi đồng ý cho xã xử lý dữ liệu.",
        wording_version="dong-y-3",
        legal_basis="Luật 91/2025/QH15, Điều 9",
    )
    person, number = str(answers["ten"]), str(answers.get("so", ""))
    defaults: dict[str, Any] = {
        "code": CODE,
        "filler": Filler.SELF,
        "means": Means.WEB,
        "keep_until": date(2031, 11, 25),
        "citizen_blind": blind(CITIZEN, number) if number else "",
    }
    return Submission.objects.create(
        form=form,
        version=version,
        reference=reference,
        key=uuid.uuid4(),
        answers=answers,
        salt=salt,
        unit=unit,
        village=village,
        name_key=name_key(person),
        sort_key=name_sort_key(person),
        sent_at=sent_at,
        entry=entry,
        **(defaults | values),
    )


def erase(record: Submission) -> Submission:
    """As `retention.erase_due` leaves it."""
    Submission.objects.filter(pk=record.pk).update(
        answers=None,
        code=None,
        salt=None,
        name_key="",
        sort_key="",
        citizen_blind="",
        erased_at=clock.now(),
    )
    record.refresh_from_db()
    return record


def desk(response: Any) -> str:
    """The room's own part of an admin page."""
    page: str = response.content.decode()
    return page[page.index('<div class="desk') : page.index('<p class="keys"')]


def cells_of(html: str) -> str:
    """The words of a piece of HTML with single blanks."""
    return " ".join(unescape(strip_tags(html)).split())


def kept_by_nobody(response: Any) -> bool:
    """Neither a browser nor a proxy may keep the answer."""
    parts = {part.strip() for part in response.get("Cache-Control", "").split(",")}
    return {"private", "no-store"} <= parts

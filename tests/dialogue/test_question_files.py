"""Files that come with a question: what is taken, who sees them, and when they are gone."""

from __future__ import annotations

import io
import struct
import uuid
import zlib
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext as _
from PIL import Image
from PIL.ExifTags import IFD, Base

from portal.areas.models import User
from portal.dialogue.pages import QuestionIndexPage
from portal.dialogue.questions import attaching, services
from portal.dialogue.questions.attaching import PROBLEMS
from portal.dialogue.questions.models import Question, QuestionFile
from portal.jobs import clock
from tests.areas.builders import make_commune
from tests.dialogue.conftest import WEDNESDAY, Visitor, desk
from tests.dialogue.test_questions import DESK, FORM, INDEX, RECEIPT, TYPED, WORDING
from tests.home.trees import Portal
from tests.pdfs import locked_pdf, long_pdf, text_pdf, truncated_pdf

pytestmark = [pytest.mark.once, pytest.mark.django_db]
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
NORTH, TURNED = 1, 6


@cache
def paper() -> bytes:
    """A PDF as an office writes it."""
    return text_pdf("Đơn xin tách thửa.")


def active() -> bytes:
    """The same with a script that runs when it is opened."""
    script = b"<</OpenAction<</S/JavaScript/JS(1)>>/Type/Catalog"
    return paper().replace(b"<</Type/Catalog", script)


@pytest.fixture(autouse=True)
def index(portal: Portal) -> QuestionIndexPage:
    """The page of questions and answers."""
    page = QuestionIndexPage(title="Hỏi đáp", slug="hoi-dap")
    portal.home.add_child(instance=page)
    return page


def photo(kind: str = "JPEG", **more: Any) -> bytes:
    """A picture as a phone writes it: lying on its side, and with its place."""
    exif = Image.Exif()
    exif[Base.Orientation] = TURNED
    exif[IFD.GPSInfo] = {NORTH: "N"}
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, kind, exif=exif, **more)
    return out.getvalue()


def huge_png() -> bytes:
    """30,000 × 30,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checked = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", checked)

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999))
    return b"\x89PNG\r\n\x1a\n" + parts + chunk(b"IEND", b"")


def send(visitor: Visitor, *files: tuple[str, bytes], **changes: str) -> Any:
    """Ask with files."""
    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return visitor.send(FORM, **(TYPED | changes), attachments=uploads)


def kept(**changes: Any) -> QuestionFile:
    """A question with one file."""
    asked = services.Asked("Ma Thị Đức", "0912 345 678", "Tách thửa", "Muốn tách thửa.", False)
    key = uuid.uuid4()
    upload: Any = SimpleUploadedFile("don-ma-thi-duc.pdf", paper())
    return services.ask(asked, key, key.hex, [upload]).files.get()


def answered(user: User, row: QuestionFile, *numbers: int) -> Question:
    """Answered, with these files to be public."""
    question = Question.objects.get(pk=row.question_id)
    revision = question.revision
    return services.answer(user, question.pk, revision, attachments=numbers, **WORDING)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_files_come_with_a_question_and_lie_encrypted(visitor: Visitor) -> None:
    files = (("đơn.pdf", paper()), ("ảnh.jpg", photo()), ("bản vẽ.png", photo("PNG")))
    assert send(visitor, *files)["Location"] == RECEIPT
    rows = QuestionFile.objects.all()
    assert [(row.kind, row.name) for row in rows] == [
        ("pdf", "đơn.pdf"),
        ("jpeg", "ảnh.jpg"),
        ("png", "bản vẽ.png"),
    ]
    assert rows[0].content == paper()
    with connection.cursor() as cursor:
        cursor.execute("SELECT content, name FROM dialogue_questionfile")
        stored = b"".join(bytes(each) for row in cursor.fetchall() for each in row)
    assert not any(word in stored for word in (b"%PDF", b"PNG", "đơn".encode()))
    assert "3" in visitor.client.get(RECEIPT).content.decode().partition('role="status"')[2][:300]


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_photo_keeps_its_pixels_upright_and_nothing_else(visitor: Visitor, kind: str) -> None:
    """Attack: the place where somebody lives, or a page behind the end of the picture."""
    send(visitor, ("anh.jpg", photo(kind) + b"<script>alert(1)</script>"))
    content = QuestionFile.objects.get().content
    picture = Image.open(io.BytesIO(content))
    assert (picture.size, picture.format, dict(picture.getexif())) == ((48, 64), kind, {})
    assert b"<script" not in content


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "svg": ("hinh.svg", lambda: SVG, "kind"),
    "svg as jpg": ("anh.jpg", lambda: SVG, "kind"),
    "page as pdf": ("trang.pdf", lambda: b"<html><script>alert(1)</script>", "kind"),
    "program": ("chay.exe", lambda: b"MZ" + b"\0" * 99, "kind"),
    "30,000 x 30,000": ("to.png", huge_png, "pixels"),
    "broken pdf": ("dut.pdf", lambda: truncated_pdf("Ân")[:200], "damaged"),
    "broken picture": ("dut.jpg", lambda: photo()[:120], "damaged"),
    "locked": ("khoa.pdf", lambda: locked_pdf("Ân"), "locked"),
    "long": ("dai.pdf", lambda: long_pdf(101), "long"),
    "script in a pdf": ("chay.pdf", active, "active"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_at_its_field_and_what_was_typed_stays(
    visitor: Visitor, case: str
) -> None:
    """Attack: a page under the portal's host, a file that fills the memory or runs at officers'."""
    name, content, problem = HOSTILE[case]
    answer = send(visitor, (name, content()))
    sentence = str(PROBLEMS[problem]) % {"name": name, "pages": 100}
    assert answer.context["form"].errors == {"attachments": [sentence]}
    assert TYPED["text"] in answer.content.decode()
    assert not Question.objects.exists()


def test_a_script_in_the_name_of_a_file_is_a_name(visitor: Visitor, province_officer: User) -> None:
    """Attack: the name runs in the browser of whoever asked, or of the officer."""
    name = "<img src=x onerror=alert(1)>\u202egpj.pdf"
    shown = escape("<img src=x onerror=alert(1)>gpj.pdf")
    again = send(visitor, (name, SVG)).content.decode()
    assert shown in again
    send(visitor, (name, paper()))
    page = desk(province_officer).get(f"{DESK}{Question.objects.get().pk}/").content.decode()
    assert shown in page
    assert "<img src=x" not in page + again


def test_the_number_and_the_size_are_limited(visitor: Visitor) -> None:
    four = send(visitor, *[(f"{n}.pdf", paper()) for n in range(4)])
    large = send(visitor, ("to.pdf", paper() + b"0" * attaching.MOST_MB * 1024 * 1024))
    errors = [answer.context["form"].errors["attachments"] for answer in (four, large)]
    assert errors == [[_("At most three files.")], [_("A file is larger than 5 MB.")]]
    assert not Question.objects.exists()


def test_after_another_mistake_the_files_must_be_chosen_again(visitor: Visitor) -> None:
    answer = send(visitor, ("don.pdf", paper()), title="")
    sentence = _("Please choose the files again: a browser does not keep them.")
    assert answer.context["form"].errors["attachments"] == [sentence]
    assert 'enctype="multipart/form-data"' in answer.content.decode()
    assert "attachments" not in send(visitor, title="").context["form"].errors


def test_one_address_has_only_so_many_files_looked_into(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Attack: each file costs a process; somebody sends bad ones for ever."""
    monkeypatch.setattr(attaching, "MOST_LOOKS", 1)
    assert send(visitor, ("a.svg", SVG)).status_code == 200
    assert send(visitor, ("a.svg", SVG)).status_code == 429


def test_a_replayed_form_brings_its_files_once(visitor: Visitor) -> None:
    seal = visitor.seal(FORM)
    for _time in range(2):
        assert send(visitor, ("don.pdf", paper()), seal=seal).status_code == 302
    assert QuestionFile.objects.count() == 1


def test_officers_of_the_area_open_a_file_and_nobody_else(
    province_officer: User, officer: User, foreign_officer: User, client: Client
) -> None:
    """Attack: the address is guessed by another commune, and by somebody without an account."""
    row = kept()
    place = f"{DESK}{row.question_id}/tep/1/"
    assert desk(officer).get(place).status_code == 404
    services.forward(province_officer, row.question_id, 1, unit=make_commune(), agency="UBND xã")
    answer = desk(officer).get(place)
    assert (body(answer), answer["Content-Type"]) == (paper(), "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert desk(foreign_officer).get(place).status_code == 404
    assert client.get(place).status_code == 302


def test_only_chosen_files_stand_beside_the_answer_and_only_while_it_is_public(
    province_officer: User, visitor: Visitor
) -> None:
    row = kept()
    row.pk, row.number, row.name = None, 2, "anh-chung-minh.pdf"
    row.save(force_insert=True)
    data = {f"tra-loi-{name}": value for name, value in WORDING.items()}
    data |= {"tra-loi-revision": 1, "tra-loi-answered_on": "25/11/2026", "tra-loi-attachments": [2]}
    office = desk(province_officer)
    assert office.post(f"{DESK}{row.question_id}/tra-loi/", data).status_code == 302
    base = f"{INDEX}thu-tuc-tach-thua-dat-o/"
    assert visitor.client.get(f"{base}tep/2/").status_code == 404
    services.publish(province_officer, row.question_id, 2)
    page = visitor.client.get(base).content.decode()
    assert f"{base}tep/2/" in page
    assert f"{base}tep/1/" not in page
    assert "anh-chung-minh" not in page
    answer = visitor.client.get(f"{base}tep/2/")
    assert (body(answer), "anh-chung-minh" in answer["Content-Disposition"]) == (paper(), False)
    assert visitor.client.get(f"{base}tep/1/").status_code == 404
    services.take_down(province_officer, row.question_id, 3)
    assert visitor.client.get(f"{base}tep/2/").status_code == 404


def test_a_file_of_another_question_is_not_chosen(province_officer: User) -> None:
    """Attack, or a slip: a number that the form did not offer."""
    row = kept()
    data = {f"tra-loi-{name}": value for name, value in WORDING.items()}
    data |= {"tra-loi-revision": 1, "tra-loi-answered_on": "25/11/2026", "tra-loi-attachments": [9]}
    answer = desk(province_officer).post(f"{DESK}{row.question_id}/tra-loi/", data)
    assert answer.status_code == 200
    assert not QuestionFile.objects.filter(published=True).exists()


def test_files_end_with_the_contact_but_for_what_is_public(province_officer: User) -> None:
    shown, hidden, open_still = kept(), kept(), kept()
    question = answered(province_officer, shown, 1)
    question = services.publish(province_officer, question.pk, question.revision)
    answered(province_officer, hidden)
    with clock.frozen(WEDNESDAY + timedelta(days=91)):
        assert services.erase_due() == 2
        assert set(QuestionFile.objects.values_list("pk", flat=True)) == {shown.pk, open_still.pk}
        shown.refresh_from_db()
        assert shown.name is None, "the sender's own name for it"
        services.take_down(province_officer, question.pk, question.revision)
        services.erase_due()
    assert QuestionFile.objects.get() == open_still

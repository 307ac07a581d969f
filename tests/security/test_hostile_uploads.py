"""Files and words that editors are sent and pass on: pictures, papers, titles, dates."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape
from PIL import Image
from PIL.ExifTags import IFD, Base
from wagtail.models import Collection, Page

from portal.areas.models import User
from portal.home.image_forms import BROKEN
from portal.home.models import PortalDocument, PortalImage
from portal.jobs import clock
from portal.news.models import NoticePage
from tests.home.trees import Portal, plant
from tests.pdfs import text_pdf

pytestmark = [pytest.mark.django_db, pytest.mark.once]
IMAGES, FILES = "/quan-tri/images/add/", "/quan-tri/documents/add/"
DEGREES = (22.0, 8.0, 30.0)
NORTH, LATITUDE, TURNED = 1, 2, 6
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
EXIF_XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><e exif:GPSLatitude="22,8.5N"/></x:xmpmeta>'


@pytest.fixture
def portal(db: None) -> Portal:
    """A small tree of pages."""
    return plant()


@pytest.fixture
def desk(client: Client, portal: Portal) -> Client:
    """The one who may do everything: no refusal below is one of rights."""
    chief = User.objects.create_superuser("quantri", last_name="Quản", first_name="Trị")
    client.force_login(chief, backend="django.contrib.auth.backends.ModelBackend")
    return client


def chunk(kind: bytes, data: bytes) -> bytes:
    """One part of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png(side: int) -> bytes:
    """A picture of `side` × `side` pixels in a few bytes: its size is a claim of the header."""
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def photo(kind: str, **more: Any) -> bytes:
    """A picture as a phone writes it: turned, and with the place where it was taken."""
    exif = Image.Exif()
    exif[Base.Orientation] = TURNED
    exif[IFD.GPSInfo] = {NORTH: "N", LATITUDE: DEGREES}
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, kind, exif=exif, **more)
    return out.getvalue()


def answered(desk: Client, address: str, name: str, content: bytes) -> Any:
    """The answer to the upload."""
    file = SimpleUploadedFile(name, content)
    data = {
        "title": "Ảnh",
        "description": "Một bản vùng cao",
        "file": file,
        "tags": "",
        "credit": "",
        "collection": Collection.get_first_root_node().pk,
    }
    answer = desk.post(address, data, follow=True)
    assert answer.status_code == 200
    return answer


def sent(desk: Client, address: str, name: str, content: bytes) -> str:
    """What the editor sees after the upload."""
    html: str = answered(desk, address, name, content).content.decode()
    return html


def refused(desk: Client, address: str, name: str, content: bytes) -> str:
    """The sentence at the file, where nothing else is wrong."""
    answer = answered(desk, address, name, content)
    assert set(answer.context["form"].errors) == {"file"}
    (sentence,) = answer.context["form"].errors["file"]
    assert escape(sentence) in answer.content.decode().partition('class="error-message"')[2]
    return str(sentence)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("to.png", huge_png(30_000), "điểm ảnh"),
        ("hinh.svg", SVG, "JPG"),
        ("anh.jpg", SVG, "đuôi tệp không khớp"),
        ("anh.png", b"<script>alert(1)</script>", "đuôi tệp không khớp"),
    ],
    ids=["30,000 x 30,000", "svg", "svg as jpg", "script as png"],
)
def test_a_hostile_picture_is_refused_at_its_field(
    desk: Client, name: str, content: bytes, said: str
) -> None:
    """Attack: a picture that fills the memory, or a script that visitors' browsers would run."""
    assert said in refused(desk, IMAGES, name, content)
    assert not PortalImage.objects.exists()


@pytest.mark.parametrize(
    ("name", "kind", "more"),
    [
        ("anh.jpg", "JPEG", {"xmp": EXIF_XMP}),
        ("anh.png", "PNG", {}),
        ("anh.webp", "WEBP", {"xmp": EXIF_XMP}),
    ],
)
def test_a_picture_does_not_tell_where_it_was_taken(
    desk: Client, name: str, kind: str, more: dict[str, Any]
) -> None:
    """Attack: the original of a public picture is fetched to learn where somebody lives."""
    sent(desk, IMAGES, name, photo(kind, **more))
    kept = PortalImage.objects.get()
    with kept.open_file() as file:
        content = file.read()
    picture = Image.open(io.BytesIO(content))
    assert b"GPSLatitude" not in content
    assert not picture.getexif().get_ifd(IFD.GPSInfo)
    assert picture.getexif()[Base.Orientation] == TURNED
    assert (picture.size, kept.file_size) == ((64, 48), len(content))


@pytest.mark.parametrize("kept", [100, 10_000], ids=["inside the header", "inside the pixels"])
def test_a_picture_that_breaks_off_is_refused_at_its_field(desk: Client, kept: int) -> None:
    """Bad input: a photo of which a weak line brought the first part."""
    out = io.BytesIO()
    exif = Image.Exif()
    exif[IFD.GPSInfo] = {NORTH: "N", LATITUDE: DEGREES}
    Image.effect_noise((400, 300), 90).save(out, "JPEG", exif=exif)
    assert refused(desk, IMAGES, "anh.jpg", out.getvalue()[:kept]) == str(BROKEN)
    assert not PortalImage.objects.exists()


def test_a_picture_without_a_position_is_kept_byte_by_byte(desk: Client) -> None:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(out, "JPEG")
    sent(desk, IMAGES, "anh.jpg", out.getvalue())
    with PortalImage.objects.get().open_file() as file:
        assert file.read() == out.getvalue()


def test_a_script_in_the_name_of_a_file_is_a_name(desk: Client) -> None:
    """Attack: the name of a file runs in the browser of the editor who looks at the list."""
    name = "<img src=x onerror=alert(1)>.pdf"
    html = sent(desk, FILES, name, text_pdf("Một trang."))
    kept = PortalDocument.objects.get()
    assert "<img src=x" not in html
    assert not set("<>\"'/=") & set(kept.filename)
    answer = desk.get(kept.url)
    assert "<" not in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("name", ["trang.html", "hinh.svg", "chay.exe"])
def test_a_file_that_a_browser_runs_is_refused(desk: Client, name: str) -> None:
    """Attack: a page of the attacker's own under the portal's host."""
    assert name.rpartition(".")[2] in refused(desk, FILES, name, b"<script>alert(1)</script>")
    assert not PortalDocument.objects.exists()


def _notice(desk: Client, portal: Portal, **values: str) -> str:
    today = clock.today()
    data = {
        "title": "Họp thôn",
        "slug": "hop-thon",
        "valid_from": f"{today:%d/%m/%Y}",
        "valid_until": "",
        "body-count": "0",
        "attachments-TOTAL_FORMS": "0",
        "attachments-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    address = f"/quan-tri/pages/add/news/noticepage/{portal.notices.pk}/"
    return desk.post(address, data | values, follow=True).content.decode()


def test_a_title_of_ten_thousand_letters_is_refused_at_its_field(
    desk: Client, portal: Portal
) -> None:
    """Attack: a title that fills menus, feeds and lists."""
    html = _notice(desk, portal, title="ễ" * 10_000)
    assert "255" in html.partition('class="error-message"')[2][:400]
    assert not NoticePage.objects.exists()
    assert Page.objects.child_of(portal.notices).count() == 0


def test_an_end_before_the_start_is_refused_at_its_field(desk: Client, portal: Portal) -> None:
    """Bad input: a notice that would never be shown."""
    day = clock.today() - timedelta(days=1)
    html = _notice(desk, portal, valid_until=f"{day:%d/%m/%Y}")
    assert "Ngày cuối" in html.partition('class="error-message"')[2][:400]
    assert not NoticePage.objects.exists()

"""`import_articles`: bodies cut into blocks, pictures stored once, a killed run resumed."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from PIL import Image
from wagtail.contrib.redirects.models import Redirect

from portal.home.models import PortalImage
from portal.jobs import clock
from portal.news import importing_articles
from portal.news.models import ArticlePage, SectionPage
from portal.news.old_html import OldPicture, blocks_of
from tests.home.trees import Portal

pytestmark = pytest.mark.django_db
BODY = (
    "<div style='color:red' onclick='x()'><h2>Mở đầu</h2><p>Đoạn <b>đậm</b></p>"
    "<figure><img src='/uploads/2024/cau.jpg?w=1' alt='Cây cầu'><figcaption>Cầu mới</figcaption>"
    "</figure><p>Hết</p></div><script>alert(1)</script>"
)


def row(**values: str) -> dict[str, str]:
    plain = {
        "title": "Khánh thành cầu",
        "section": "Đời sống xã hội",
        "date": "2024-09-23 20:06",
        "body": BODY,
        "views": "1.234",
        "images": "anh",
        "old_address": "/vi/post/khanh-thanh-cau?id=12&type=NEWS",
        "author": "Tin, ảnh: Thu Hương",
        "tags": "cầu; đường",
    }
    return plain | values


def manifest(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "bai.csv"
    with path.open("w", newline="", encoding="utf-8") as target:
        writer = csv.DictWriter(target, list(row()))
        writer.writeheader()
        writer.writerows(rows)
    return path


def photo(folder: Path, name: str = "cau.jpg") -> None:
    (folder / "anh").mkdir(exist_ok=True)
    Image.new("RGB", (640, 400), "green").save(folder / "anh" / name, "JPEG")


def run(path: Path, *options: str) -> tuple[int, str]:
    out = io.StringIO()
    try:
        call_command("import_articles", str(path), *options, stdout=out, stderr=io.StringIO())
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_an_article_comes_along_whole(portal: Portal, tmp_path: Path, client: Client) -> None:
    photo(tmp_path)
    assert run(manifest(tmp_path, row()))[0] == 0
    page = ArticlePage.objects.get()
    assert page.live
    assert page.published_at == datetime(2024, 9, 23, 20, 6, tzinfo=clock.ZONE)
    assert (page.views, page.authors) == (1234, ["Thu Hương"])
    assert set(page.tags.names()) == {"cầu", "đường"}
    assert [block.block_type for block in page.body] == [
        "heading",
        "paragraph",
        "image",
        "paragraph",
    ]
    picture = PortalImage.objects.get()
    assert (picture.description, picture.title) == ("Cây cầu", "Cầu mới")
    text = client.get(page.url).content.decode()
    assert "alert(1)" not in text
    assert "onclick" not in text
    answer = client.get("/vi/post/khanh-thanh-cau?id=12&type=NEWS")
    assert (answer.status_code, answer["Location"]) == (301, page.url)


def test_a_second_run_changes_nothing(portal: Portal, tmp_path: Path) -> None:
    photo(tmp_path)
    path = manifest(tmp_path, row(), row(title="Không có địa chỉ cũ", old_address=""))
    run(path)
    before = list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "slug"))
    assert run(path)[0] == 0
    assert list(ArticlePage.objects.order_by("pk").values_list("pk", "title", "slug")) == before
    assert (PortalImage.objects.count(), Redirect.objects.count()) == (1, 1)


def test_a_killed_run_is_resumed_to_the_same_result(
    portal: Portal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process dies after the picture's file was stored and before the row was kept."""
    photo(tmp_path)
    path = manifest(tmp_path, row(), row(title="Bài hai", old_address="/cu/2"))
    real, calls = importing_articles._publish, []

    def dies(*args: Any) -> None:
        calls.append(args)
        if len(calls) == 1:
            raise KeyboardInterrupt
        real(*args)

    monkeypatch.setattr(importing_articles, "_publish", dies)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert not ArticlePage.objects.exists()
    assert run(path)[0] == 0
    assert sorted(ArticlePage.objects.values_list("slug", flat=True)) == [
        "bai-hai",
        "khanh-thanh-cau",
    ]
    picture = PortalImage.objects.get()
    stored = list(Path(picture.file.path).parent.iterdir())
    assert [file.name for file in stored] == [Path(picture.file.name).name]


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"date": "hôm qua"}, "date:"),
        ({"section": ""}, "section:"),
        ({"views": "nhiều"}, "views:"),
        ({"body": "<script>x</script>"}, "body:"),
        ({"body": "../bi-mat.html"}, "body:"),
        ({"title": ""}, "title:"),
    ],
)
def test_a_bad_row_is_told_and_touches_no_other(
    portal: Portal, tmp_path: Path, values: dict[str, str], problem: str
) -> None:
    """Attack: a body that names a file outside of the manifest's folder, beside plain mistakes."""
    (tmp_path.parent / "bi-mat.html").write_text("<p>kín</p>", "utf-8")
    bad = row(old_address="/cu/1") | values
    code, said = run(manifest(tmp_path, bad, row(title="Bài sau", old_address="/cu/2")))
    assert code == 1
    assert problem in said
    assert ArticlePage.objects.get().title == "Bài sau"


def test_what_is_no_picture_is_told_and_left_out(portal: Portal, tmp_path: Path) -> None:
    """Attack: a script and a missing file under the names of pictures."""
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "cau.jpg").write_bytes(b"<svg onload=alert(1)>")
    body = "<p>Chữ</p><img src='cau.jpg'><img src='khong-co.jpg'>"
    code, said = run(manifest(tmp_path, row(body=body)))
    assert code == 0
    assert "cau.jpg" in said
    assert "khong-co.jpg" in said
    assert [block.block_type for block in ArticlePage.objects.get().body] == ["paragraph"]
    assert not PortalImage.objects.exists()


def test_an_unknown_section_is_made_and_drafts_stay_drafts(portal: Portal, tmp_path: Path) -> None:
    code, said = run(manifest(tmp_path, row(section="Văn hóa", body="<p>Chữ</p>")), "--draft")
    assert code == 0
    assert "“Văn hóa”" in said
    assert SectionPage.objects.filter(title="Văn hóa").exists()
    assert not ArticlePage.objects.get().live


@pytest.mark.once
@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("chữ rời", [("paragraph", "<p>chữ rời</p>")]),
        ("<p>a<div>b</div>c", [("paragraph", "<p>a</p><p>b</p><p>c</p>")]),
        (
            "<ul><li>một<ul><li>hai</li></ul></li></ul>",
            [("paragraph", "<ul><li>một<ul><li>hai</li></ul></li></ul>")],
        ),
        (
            "<p><b>x<img src='a.jpg'>y</b></p>",
            [
                ("paragraph", "<p><b>x</b></p>"),
                ("image", OldPicture("a.jpg")),
                ("paragraph", "<p><b>y</b></p>"),
            ],
        ),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2 <b>3</b></td></tr></table>",
            [("table", [["A", "B"], ["1", "2 3"]])],
        ),
        ("<a href='javascript:alert(1)'>x</a>", [("paragraph", "<p>x</p>")]),
        ("<p>&lt;b&gt; &amp;</p>", [("paragraph", "<p>&lt;b&gt; &amp;</p>")]),
        ("<p>&nbsp;</p><p> </p><iframe src='x'></iframe>", []),
    ],
)
def test_html_is_cut_into_blocks(html: str, blocks: list[tuple[str, Any]]) -> None:
    assert blocks_of(html) == blocks

"""The typesetter: form of the file, safety of the data, plain errors, QR codes."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from portal.printing import PrintingError, qr_svg, render_pdf
from portal.printing.render import FONTS
from tests.printing.papers import one_line, page_texts, paper, reader

ATTACKS = (
    '#eval("1 + 1")',
    '#read("/etc/passwd")',
    '#include "official_document.typ"',
    "#import sys: inputs",
    "$x^2$ *đậm* _nghiêng_ = Đầu đề",
    "</w:t> <script>alert(1)</script>",
    '"] #panic("x") [',
)


def _poisoned(attack: str) -> dict[str, Any]:
    """The attack in every place that takes text."""
    return paper(
        title=attack,
        signer=attack,
        note=attack,
        recipients=[attack],
        blocks=[
            {"kind": "paragraph", "text": attack},
            {"kind": "heading", "text": attack},
            {"kind": "list", "items": [attack]},
            {"kind": "list", "ordered": True, "items": [attack]},
            {"kind": "table", "columns": [attack], "rows": [[attack]]},
        ],
        annexes=[{"label": attack, "title": attack, "blocks": []}],
    )


@pytest.mark.parametrize("attack", ATTACKS)
def test_data_is_never_read_as_markup(attack: str) -> None:
    """Attack: text that an editor or visitor typed runs code of the typesetter or reads a file."""
    printed = one_line(render_pdf("official_document", _poisoned(attack)))
    assert printed.count(attack) == 12
    assert "root:" not in printed


@pytest.mark.parametrize(
    "template", ["../render", "../templates/official_document", "/etc/passwd", "missing", ""]
)
def test_only_own_templates_are_set(template: str) -> None:
    """Attack: a name that leads out of the folder of templates."""
    with pytest.raises(PrintingError, match="no such template") as caught:
        render_pdf(template, {})
    assert caught.value.template == template


def test_missing_data_is_a_plain_error() -> None:
    with pytest.raises(PrintingError) as caught:
        render_pdf("official_document", {"above": "UBND tỉnh"})
    assert caught.value.template == "official_document"
    assert "dictionary does not contain key" in caught.value.sentence


def test_data_that_json_cannot_hold_is_a_plain_error() -> None:
    with pytest.raises(PrintingError, match="not JSON serializable"):
        render_pdf("official_document", paper(signer=object()))


def test_the_text_layer_is_nfc_whatever_came_in() -> None:
    """Text from a Mac comes decomposed; readers and search compare composed letters."""
    decomposed = unicodedata.normalize("NFD", "Thống kê người lao động ở xã Thượng Lâm")
    texts = page_texts(render_pdf("official_document", paper(title=decomposed)))
    assert "Thống kê người lao động ở xã Thượng Lâm" in " ".join(texts[0].split())
    assert unicodedata.is_normalized("NFC", texts[0])


def test_every_vietnamese_letter_is_printed() -> None:
    letters = "ắằẳẵặấầẩẫậếềểễệốồổỗộớờởỡợứừửữựỳýỷỹỵđĐ"
    blocks = [{"kind": "paragraph", "text": letters}]
    made = render_pdf("official_document", paper(blocks=blocks, note=letters))
    assert one_line(made).count(letters) == 2


def test_the_file_says_that_it_is_accessible() -> None:
    """PDF/UA-1: tagged, titled, with its language (TT 26/2020/TT-BTTTT)."""
    file = reader(render_pdf("official_document", paper()))
    root: Any = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "vi"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert file.metadata is not None
    assert file.metadata.title == "Kế hoạch Thu thập thông tin về người lao động"


def test_the_same_data_give_the_same_file() -> None:
    """Files are known by their checksum."""
    assert render_pdf("official_document", paper()) == render_pdf("official_document", paper())


def test_all_fonts_are_inside_the_file_and_our_own() -> None:
    names = {
        str(font["/BaseFont"]).partition("+")[2]
        for page in reader(render_pdf("official_document", paper())).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert {name.partition("-")[0] for name in names} == {"Tinos", "NotoSans"}


@pytest.mark.parametrize("family", ["Tinos", "NotoSans"])
def test_fonts_come_with_their_licence(family: str) -> None:
    assert "SIL OPEN FONT LICENSE" in (FONTS / f"{family}-LICENSE.txt").read_text().upper()
    assert {f"{family}-{style}.ttf" for style in ("Regular", "Bold", "Italic")} <= {
        path.name for path in FONTS.iterdir()
    }


def test_a_qr_code_is_a_picture_without_scripts() -> None:
    picture = qr_svg("https://example.vn/bien-nhan/?ma=<b>&x=1")
    assert picture.startswith("<svg")
    assert "<b>" not in picture
    assert "script" not in picture


def test_too_much_for_a_qr_code_is_a_plain_error() -> None:
    with pytest.raises(PrintingError, match="qr"):
        qr_svg("x" * 5000)

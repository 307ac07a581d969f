"""Office files of every kind for the tests, made here."""

from __future__ import annotations

import io
import zipfile

import xlsxwriter
from docx import Document

ODS_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
MANIFEST = 'xmlns="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
BOX = """<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r><mc:AlternateContent>
<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>%(words)s</w:t></w:r></w:p>
</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>%(words)s</w:t></w:r></w:p>
</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"""


def docx(*paragraphs: str, cells: tuple[str, ...] = (), box: str = "") -> bytes:
    """Paragraphs, below them a table of one row, above them the words of a text box."""
    from docx.oxml import parse_xml

    document = Document()
    if box:
        document.element.body.insert(0, parse_xml(BOX % {"words": box}))
    for text in paragraphs:
        document.add_paragraph(text)
    if cells:
        table = document.add_table(1, len(cells))
        for cell, text in zip(table.rows[0].cells, cells, strict=True):
            cell.text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx(*sheets: tuple[str, list[list[object]]], hidden: str = "") -> bytes:
    """Sheets with their name and rows; one of them may be hidden."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if name == hidden:
            sheet.hide()
    book.close()
    return out.getvalue()


def ods(name: str, *cells: str) -> bytes:
    """One sheet of one row, as LibreOffice packs it."""
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {ODS_NAMES}><office:body>'
        f'<office:spreadsheet><table:table table:name="{name}"><table:table-row>{row}'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f"<manifest {MANIFEST}/>")
        archive.writestr("content.xml", content)
    return out.getvalue()


def with_member(content: bytes, name: str, member: bytes) -> bytes:
    """The same archive with one member replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for kept in old.namelist():
            if kept != name:
                new.writestr(kept, old.read(kept))
        new.writestr(name, member)
    return out.getvalue()


def with_declaration(content: bytes) -> bytes:
    """A DOCX that any reader opens, with an entity declared before its text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml")
    head, _end, body = text.partition(b"?>")
    declared = head + b'?><!DOCTYPE w [<!ENTITY b "c">]>' + body
    return with_member(content, "word/document.xml", declared)


def locked() -> bytes:
    """An encrypted Office file: the wrapping of the old Office around it."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4096

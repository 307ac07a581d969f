"""Nothing typed into search is an error, and nothing found in a text runs."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.utils.translation import gettext

from portal.home.models import PortalDocument
from portal.news.attachments import DocumentFile
from tests.home.trees import Portal
from tests.pdfs import text_pdf

SCRIPT = "<script>alert('lúa')</script>"
TOO_LONG = "Câu tìm quá dài; chỉ phần đầu được tìm."
TOO_SHORT = "hãy gõ ít nhất hai chữ trong tên"
EXPLAINED = ("Không có kết quả phù hợp", "Tìm hộ bằng ít nhất hai chữ trong tên")
FOUND, EMPTY = ("complete", None, 1), ("complete", None, 0)
TYPED = {
    "ten thousand letters": ("a" * 10_000, ("limited", "too_long", 0)),
    "ten thousand words": ("tu+" * 10_000, ("limited", "too_long", 0)),
    "ten thousand marks": ("%CC%81" * 10_000, ("limited", "too_long", 0)),
    "quotes": ("%22%27%22%22", EMPTY),
    "brackets": ("%28%29%5B%5D%7B%7D%3C%3E", EMPTY),
    "wildcards": ("%25_*%3A", EMPTY),
    "a wildcard is no word": ("k%25+h_%25", EMPTY),
    "a NUL byte": ("%00", EMPTY),
    "a NUL byte between words": ("k%E1%BA%BF%00ho%E1%BA%A1ch", FOUND),
    "lone surrogates": ("%ED%A0%80%ED%B0%80", EMPTY),
    "bytes that are no UTF-8": ("%FF%FE+k%E1%BA%BF+ho%E1%BA%A1ch", FOUND),
    "decomposed letters": (quote(unicodedata.normalize("NFD", "kế hoạch thử")), FOUND),
    "operators of an index": ("%22ke+hoach%22+OR+NEAR%28", EMPTY),
    "a field of an index": ("title%3A*", ("limited", "list_too_short", 0)),
    "a statement of a database": ("ke+hoach%27%29%3B+--", FOUND),
    "a table to be dropped": ("--+%3B+DROP+TABLE+ke+hoach", EMPTY),
    "page 0": ("ke+hoach&trang=0", FOUND),
    "page -1": ("ke+hoach&trang=-1", FOUND),
    "page abc": ("ke+hoach&trang=abc", FOUND),
    "page of other digits": ("ke+hoach&trang=%C2%B2", FOUND),
    "an unknown kind": ("ke+hoach&loai=khong-co", FOUND),
    "an unknown order": ("ke+hoach&xep=%00", FOUND),
    "parameters as arrays": ("ke+hoach&loai[]=a&trang[]=2&loai=official_document&loai=x", FOUND),
    "a filter that no value fits": ("ke+hoach&nam=%00&xa=%27&co-quan=%FF", EMPTY),
    "a filter without end": (f"ke+hoach&nam={'9' * 10_000}", EMPTY),
    "thousands of filters": ("ke+hoach" + "&nam=1" * 5_000, EMPTY),
    "the query as an array": ("&q[]=ke+hoach", EMPTY),
}


@pytest.fixture
def plan(portal: Portal, drain: Callable[[], int]) -> None:
    """One document that can be found."""
    portal.document("12/KH-UBND", "Kế hoạch thử")
    drain()


def html(response: HttpResponse) -> str:
    return response.content.decode()


@pytest.mark.parametrize("case", TYPED)
@pytest.mark.usefixtures("plan")
def test_anything_typed_is_answered(client: Client, case: str) -> None:
    """Attack: a query that breaks the parser of an engine, a database or a page, or that leaves
    a visitor of the page without a word."""
    typed, expected = TYPED[case]
    _state, reason, total = expected
    response = client.get(f"/tim-kiem.json?q={typed}")
    answer = response.json()
    assert response.status_code == 200
    assert (answer["state"], answer["reason"], answer["total"]) == expected
    assert (answer["page"], len(answer["hits"])) == (1, total)
    response = client.get(f"/tim-kiem/?q={typed}")
    said = {"too_long": TOO_LONG, "list_too_short": TOO_SHORT, None: ""}[reason]
    assert response.status_code == 200
    assert said in html(response)
    assert total or any(sentence in html(response) for sentence in EXPLAINED)
    assert html(response).count('<article class="hit">') == total


@pytest.mark.usefixtures("plan")
def test_what_was_typed_is_shown_as_text(client: Client) -> None:
    """Attack: a link to the search page that brings a script along."""
    page = html(client.get("/tim-kiem/", {"q": f'"{SCRIPT} onfocus="alert(1)'}))
    assert "<script>alert" not in page
    assert 'value="&quot;&lt;script&gt;' in page


@pytest.mark.parametrize("number", ["51", "99999", "999999", "999999999999"])
@pytest.mark.usefixtures("plan")
def test_no_page_is_deeper_than_the_deepest(client: Client, number: str) -> None:
    """Attack: an engine is made to sort everything by asking for a far page."""
    answer = client.get(f"/tim-kiem.json?q=ke+hoach&trang={number}").json()
    assert (answer["page"], answer["hits"], answer["total"]) == (50, [], 1)
    page = html(client.get(f"/tim-kiem/?q=ke+hoach&trang={number}"))
    assert gettext("There are only %(pages)s pages; this is the last one.") % {"pages": 1} in page
    assert page.count('<article class="hit">') == 1


@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize("place", ["/tim-kiem/", "/tim-kiem.json"])
def test_search_is_only_read(client: Client, db: Any, method: str, place: str) -> None:
    """Attack: another method slips past what reading checks."""
    assert getattr(client, method)(place).status_code == 405


@pytest.fixture
def poisoned(portal: Portal, drain: Callable[[], int]) -> None:
    """A title, an abstract, a file name and the text of a PDF with a script in each."""
    page = portal.document("13/KH-UBND", f"Giá lúa {SCRIPT}", abstract=f"Tóm tắt {SCRIPT}")
    file = PortalDocument(title=f"Giá {SCRIPT}")
    content = text_pdf(f"Trang đầu về giá lúa {SCRIPT} <img src=x onerror=alert(1)> hết")
    file.file.save("gia.pdf", ContentFile(content))
    page.files.add(DocumentFile(document=file, label=f"Tệp {SCRIPT}"))
    page.save_revision().publish()
    drain()


@pytest.mark.usefixtures("poisoned")
def test_only_marks_are_markup_in_an_answer(client: Client) -> None:
    """Attack: a script in a title and in the text of a PDF reaches the page through a snippet."""
    hit = client.get("/tim-kiem.json", {"q": "giá lúa"}).json()["hits"][0]
    pieces = [hit["snippet"], *(page["snippet"] for page in hit["pages"])]
    tags = {tag for piece in pieces for tag in re.findall(r"<[^>]*>", piece)}
    assert tags == {"<mark>", "</mark>"}
    assert any("<img src=x onerror" in unescape(piece) for piece in pieces)


@pytest.mark.usefixtures("poisoned")
def test_no_script_of_a_text_stands_on_the_page(client: Client) -> None:
    """Attack: the same script on the page of results."""
    page = html(client.get("/tim-kiem/", {"q": "giá lúa"}))
    assert "<mark>" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "Giá lúa &lt;script&gt;" in page


SHELL = {
    "bytes that are no UTF-8": ("\udcff kế hoạch", "?"),
    "a NUL byte": ("\x00 kế hoạch", "\x00"),
    "operators": ('kế hoạch "(*', "("),
}


@pytest.mark.parametrize("case", SHELL)
@pytest.mark.parametrize("words", [(), ("--json",)])
@pytest.mark.usefixtures("plan")
def test_the_command_answers_anything_typed(case: str, words: tuple[str, ...]) -> None:
    """Attack: a script of the operator hands on what a visitor typed, byte by byte."""
    typed, shown = SHELL[case]
    out = io.BytesIO()
    terminal = io.TextIOWrapper(out, "utf-8", write_through=True)
    call_command("search_query", typed, *words, stdout=terminal)
    said = out.getvalue().decode()
    assert "12/KH-UBND" in said
    assert not words or shown in json.loads(said)["q"]

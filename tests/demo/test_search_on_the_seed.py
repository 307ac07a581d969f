"""The demo as seeded: the plan by its number, a household by its name, on the engine of the pass.

Seeding the province takes its time, so that one test asks everything of one seed.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from search.contract import LIST_ENTRY
from search.engines import get_engine
from tests.demo.units import load_province

pytestmark = pytest.mark.django_db


def said(command: str, *words: str) -> Any:
    out = io.StringIO()
    call_command(command, *words, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def seeded(drain: Callable[[], int], tmp_path: Path) -> None:
    """Units, pages, documents with their PDFs, lists; all of it indexed."""
    load_province(tmp_path / "units", "08")
    call_command("seed_demo", stdout=io.StringIO(), stderr=io.StringIO())
    drain()


@pytest.mark.usefixtures("seeded")
def test_the_seed_is_found_by_number_by_words_of_two_pages_and_by_name(client: Client) -> None:
    the_plan_comes_first_with_its_page()
    words_of_two_pages_find_the_plan()
    a_household_is_found_masked()
    nobody_is_found_by_a_place(client)
    a_letter_is_found_as_people_name_it()
    everything_is_in_the_index()


def the_plan_comes_first_with_its_page() -> None:
    answer = said("search_query", "ke hoach 167")
    first = answer["hits"][0]
    assert (answer["state"], first["kind"]) == ("complete", "official_document")
    assert (first["number"], first["url"]) == (
        "167/KH-UBND",
        "/van-ban/ubnd-tinh/167-kh-ubnd-2024/",
    )
    page = first["pages"][0]
    assert page["url"].endswith(f".pdf#page={page['page']}")
    assert "<mark>167</mark>" in page["snippet"]
    assert not first["snippet"].startswith("167 KH-UBND.pdf")


def words_of_two_pages_find_the_plan() -> None:
    """ "Phiếu thông tin" stands on page 3 of the PDF, the towns of the annex on page 4."""
    answer = said("search_query", "cau 11 phieu thanh pho tuyen quang 3.591 ke hoach 167")
    assert answer["hits"][0]["number"] == "167/KH-UBND"


def a_household_is_found_masked() -> None:
    answer = said("search_query", "nguyen van an", "--kind", LIST_ENTRY)
    titles = [hit["title"] for hit in answer["hits"]]
    assert answer["state"] == "complete"
    assert {"Nguyễn Văn An", "Nguyễn Văn Ân"} <= set(titles)
    hit = answer["hits"][titles.index("Nguyễn Văn An")]
    assert set(hit) == {"kind", "title", "number", "url", "snippet", "pages"}
    assert (hit["number"], hit["pages"]) == (None, [])
    assert hit["url"].startswith("/danh-sach/")
    assert "nguyen" not in hit["url"]
    exact = said("search_query", "Nguyễn Văn Ân", "--kind", LIST_ENTRY)
    assert exact["hits"][0]["title"] == "Nguyễn Văn Ân"


def nobody_is_found_by_a_place(client: Client) -> None:
    for text in ("nguyen nguyen", "thi thi", "thon tan lap", "tan trao", "nguyen thon"):
        answer = client.get("/tim-kiem.json", {"q": text, "loai": LIST_ENTRY}).json()
        assert (answer["total"], answer["hits"]) == (0, []), text
        assert answer["reason"] == "list_too_short", text


def a_letter_is_found_as_people_name_it() -> None:
    assert said("search_query", "cv 640")["hits"][0]["number"] == "640/UBND-KGVX"


def everything_is_in_the_index() -> None:
    status = said("search_status")
    assert (status["engine"], status["state"]) == (get_engine().name, "complete")
    assert all(count["database"] == count["index"] for count in status["kinds"].values())
    least = {"official_document": 12, "article": 12, "published_list": 2, LIST_ENTRY: 300}
    assert {k: status["kinds"][k]["index"] >= n for k, n in least.items()} == dict.fromkeys(
        least, True
    )
    assert status["outbox"] == {"waiting": 0, "oldest_seconds": 0, "failed": 0}

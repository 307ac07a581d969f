"""What visitors search for: counted for editors, and never a person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.areas.models import User
from portal.jobs import clock
from search import outbox, querylog
from search.contract import LIST_ENTRY, Put, SearchEntry
from search.engines import get_engine
from search.models import KnownWord, QueryCount
from tests.search.samples import KIND, Samples

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def _empty() -> Iterator[None]:
    querylog.counter.forget()
    yield
    querylog.counter.forget()


@pytest.fixture
def samples(samples: Samples, drain: Callable[[], int]) -> Samples:
    """One article is found."""
    samples.titles = {"1": "Lễ hội Thành Tuyên"}
    with transaction.atomic():
        outbox.add(KIND, "1")
    drain()
    return samples


def _asked(client: Client, *texts: str, **more: str) -> dict[str, tuple[int, int]]:
    for text in texts:
        client.get("/tim-kiem/", {"q": text} | more)
    querylog.counter.flush()
    rows = QueryCount.objects.values_list("text", "asked", "unanswered")
    return {text: (asked, unanswered) for text, asked, unanswered in rows}


def test_words_are_counted_by_day_and_without_digits(samples: Samples, client: Client) -> None:
    kept = _asked(client, "Lễ hội  THÀNH Tuyên", "lễ hội thành tuyên", "le hoi 2024", "0912345678")
    assert kept == {"lễ hội thành tuyên": (2, 0), "le hoi": (1, 1)}
    assert _asked(client, "lễ hội thành tuyên")["lễ hội thành tuyên"] == (3, 0)
    assert {field.name for field in QueryCount._meta.fields} == {
        "id", "day", "text", "asked", "unanswered"
    }  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Văn An",
        "nguyen van an",
        "hộ ông Nguyễn Văn An",
        "ho so nguyen van an",
        "Giàng A Páo",
        "đặng phúc đào",
        "Ma Đức",
        "ba trieu lan",
    ],
)
def test_a_name_is_not_kept_though_nobody_of_it_is_found(
    samples: Samples, client: Client, name: str
) -> None:
    """Attack: who was looked for is read by an editor, or from a stolen copy of the database."""
    KnownWord.objects.create(folded="nguyen van", written="nguyễn văn")
    assert _asked(client, name) == {}
    assert querylog.counter._waiting == {}


def test_words_that_begin_like_a_family_are_kept_where_titles_have_them(
    samples: Samples, client: Client
) -> None:
    KnownWord.objects.create(folded="ho so", written="hồ sơ")
    kept = _asked(client, "hồ sơ đất đai", "ho so dat dai", "thủ tục đất đai", "xã tân trào")
    assert set(kept) == {"hồ sơ đất đai", "ho so dat dai", "thủ tục đất đai", "xã tân trào"}


def test_a_search_that_touches_lists_is_not_kept(samples: Samples, client: Client) -> None:
    entry = SearchEntry(LIST_ENTRY, "1", 1, "Quý Lễ Hội", "/danh-sach/", summary="Thôn Bòng")
    get_engine().apply([Put(entry)])
    get_engine().refresh()
    assert _asked(client, "lễ hội") == {}, "a household fits"
    assert _asked(client, "bòng") == {"bòng": (1, 1)}
    assert _asked(client, "thon bong") == {"bòng": (1, 1)}, "a household may be meant"
    assert "tuyên" not in _asked(client, "tuyên", xa="02545")


def test_an_outage_and_further_pages_are_no_queries(
    samples: Samples, client: Client, settings: Any
) -> None:
    assert _asked(client, "thành tuyên", trang="2") == {}
    real = settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = "elasticsearch", "http://127.0.0.1:9"
    assert _asked(client, "thành tuyên") == {}
    settings.SEARCH_ENGINE, settings.ELASTICSEARCH_URL = real


def test_a_search_writes_nothing_until_a_batch_is_full(samples: Samples, client: Client) -> None:
    client.get("/tim-kiem/", {"q": "tuyên"})
    with CaptureQueriesContext(
        connection,
    ) as told:
        for _number in range(querylog.BATCH - 2):
            client.get("/tim-kiem/", {"q": "tuyên"})
    assert not [query for query in told if "querycount" in query["sql"]]
    client.get("/tim-kiem/", {"q": "tuyên"})
    assert QueryCount.objects.get().asked == querylog.BATCH


def test_old_days_are_erased(settings: Any) -> None:
    settings.SEARCH_LOG_DAYS = 30
    today = clock.today()
    for age in (0, 30, 31):
        QueryCount.objects.create(day=today - timedelta(days=age), text="lúa", asked=1)
    assert querylog.forget_old() == 1
    assert QueryCount.objects.count() == 2


@pytest.fixture
def editor() -> Client:
    """Somebody with the right to read what was searched for."""
    user = User.objects.create_user("bien-tap", password=None)
    for codename in ("access_admin", "view_querycount"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client = Client()
    client.force_login(user, BACKEND)
    return client


def test_editors_read_what_was_asked_most_and_what_found_nothing(editor: Client) -> None:
    today = clock.today()
    for age, text, asked, unanswered in (
        (0, "đất đai", 5, 0),
        (3, "đất đai", 4, 1),
        (1, "hộ chiếu", 6, 6),
        (20, "lúa", 50, 0),
    ):
        day = today - timedelta(days=age)
        QueryCount.objects.create(day=day, text=text, asked=asked, unanswered=unanswered)
    QueryCount.objects.bulk_create(
        QueryCount(day=today, text=f"từ {chr(97 + n // 26)}{chr(97 + n % 26)}", asked=1)
        for n in range(60)
    )
    address = reverse("search_queries")
    page = editor.get(address, {"ngay": "7"})
    rows = list(page.context["rows"])
    assert [(row["text"], row["times"], row["in_vain"]) for row in rows[:2]] == [
        ("đất đai", 9, 1),
        ("hộ chiếu", 6, 6),
    ]
    assert (len(rows), page.context["rows"].paginator.num_pages) == (50, 2)
    assert len(editor.get(address, {"ngay": "7", "trang": "2"}).context["rows"]) == 12
    assert editor.get(address).context["rows"][0]["text"] == "lúa"
    vain = editor.get(address, {"ngay": "7", "chi": "khong-co"})
    assert [row["text"] for row in vain.context["rows"]] == ["hộ chiếu", "đất đai"]
    file = editor.get(address, {"ngay": "7", "tep": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(file.content)).worksheets[0]
    assert sheet.max_row == 63
    assert [cell.value for cell in sheet[2]] == ["đất đai", 9, 1]


def test_others_do_not_read_it(client: Client) -> None:
    """Attack: an officer without the right opens the page or its workbook."""
    user = User.objects.create_user("can-bo", password=None)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(user, BACKEND)
    for asked in ({}, {"tep": "xlsx"}):
        answer = client.get(reverse("search_queries"), asked)
        assert answer.status_code == 302
        assert "sheet" not in answer["Content-Type"]

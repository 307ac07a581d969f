"""The workbook: what stands in it, who may have it, and that every record is logged."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from portal.areas.models import Assignment
from portal.areas.officers import forget_scopes
from portal.forms.inbox import exporting, searching
from portal.forms.inbox.narrowing import Narrowing
from portal.forms.inbox.services import NotYoursError
from portal.forms.models import Means, Submission
from portal.jobs import clock
from portal.jobs.models import Job
from portal.jobs.services import execute_job
from portal.privacy.models import ReadEvent
from tests.forms.inbox.conftest import Login
from tests.forms.inbox.world import World, answers_of, desk, erase, kept_by_nobody, send

pytestmark = pytest.mark.once

EXPORT = "/quan-tri/ho-so/xuat/"
WHY = {"reason": "Họp giao ban tuần"}


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def workbook(content: bytes) -> list[tuple[Any, ...]]:
    """All rows of the first sheet."""
    return list(openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].values)


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "private").rglob("*") if path.is_file()]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two records are a long list already."""
    monkeypatch.setattr(exporting, "MOST_AT_ONCE", 1)


def test_a_small_list_comes_at_once_with_the_columns_of_the_list(
    world: World, login: Login
) -> None:
    record = send(
        world.here, world.village, days=4, means=Means.PAPER, entered_by=world.users["xa"]
    )
    send(world.there)
    response = login("xa").post(EXPORT, WHY)
    rows = workbook(body(response))
    assert len(rows[0]) == 12
    assert rows[1:] == [
        (
            record.reference,
            "Nguyễn Thị Ân",
            "Tờ khai thử",
            "xã Tân Trào",
            "02545",
            "Thôn Bòng",
            datetime(2026, 11, 21, 9, 0),  # noqa: DTZ001 - a workbook knows no zone
            4,
            record.get_state_display(),
            record.get_filler_display(),
            record.get_means_display(),
            "cb-xa",
        )
    ]
    assert response["Content-Disposition"] == 'attachment; filename="ho-so.xlsx"'
    assert kept_by_nobody(response)


def test_the_filter_of_the_address_counts(world: World, login: Login) -> None:
    send(world.here, days=1)
    old = send(world.here, name="Lý A", days=9)
    client = login("xa")
    token = searching.sealed("ly", world.users["xa"])
    rows = workbook(body(client.post(f"{EXPORT}?cho=7", WHY)))
    same = workbook(body(client.post(f"{EXPORT}?tim={token}", WHY)))
    assert [row[0] for row in rows[1:]] == [old.reference]
    assert rows == same


def test_a_formula_in_a_name_stays_text(world: World, login: Login) -> None:
    send(world.here, answers=answers_of("=HYPERLINK(1)"))
    content = body(login("xa").post(EXPORT, WHY))
    cell = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_an_erased_record_has_no_name_in_it(world: World, login: Login) -> None:
    record = erase(send(world.here))
    rows = workbook(body(login("xa").post(EXPORT, WHY)))
    assert rows[1][0] == record.reference
    assert "Nguyễn" not in str(rows)


def test_who_why_and_which_records_are_kept(world: World, login: Login) -> None:
    shown = {send(world.here).pk, send(world.here).pk}
    send(world.there)
    login("xa").post(f"{EXPORT}?cach=web", WHY)
    job = Job.objects.get()
    assert (job.kind, job.owner, job.state, job.done) == (
        "forms_export",
        world.users["xa"],
        "done",
        2,
    )
    assert job.params == {"query": "cach=web", "reason": WHY["reason"]}
    events = ReadEvent.objects.all()
    assert {(event.action, event.user) for event in events} == {("export", world.users["xa"])}
    assert {int(event.record_id) for event in events} == shown


@pytest.mark.parametrize("reason", ["", "   ", "họp", "x" * 301])
def test_without_a_reason_nothing_leaves(world: World, login: Login, reason: str) -> None:
    send(world.here)
    response = login("xa").post(EXPORT, {"reason": reason})
    assert response["Content-Type"].startswith("text/html")
    assert response.context["form"].errors
    assert not Job.objects.exists()
    assert not ReadEvent.objects.exists()


def test_an_empty_list_is_not_exported(world: World, login: Login) -> None:
    send(world.there)
    client = login("xa")
    assert "<form" not in desk(client.get(EXPORT))
    assert "<form" not in desk(client.post(EXPORT, WHY))
    assert not Job.objects.exists()


@pytest.mark.parametrize("query", ["xa=abc", "tu=hom-qua", "mau=khac", "tim=Zm9v"])
def test_a_filter_that_is_not_understood_does_not_export_everything(
    world: World, login: Login, query: str
) -> None:
    send(world.here)
    client = login("xa")
    assert client.get(f"{EXPORT}?{query}")["Location"] == f"/quan-tri/ho-so/?{query}"
    assert client.post(f"{EXPORT}?{query}", WHY)["Location"] == f"/quan-tri/ho-so/?{query}"
    assert not Job.objects.exists()


def test_a_long_list_is_a_job_whose_file_the_owner_fetches(
    world: World, login: Login, small: None, tmp_path: Path
) -> None:
    shown = {send(world.here).reference, send(world.here).reference}
    send(world.there)
    client = login("xa")
    response = client.post(EXPORT, WHY, follow=True)
    job = Job.objects.get()
    assert response.redirect_chain[-1][0].startswith(EXPORT)
    assert reverse("forms_export_file", args=[job.pk]) not in desk(response)
    assert client.get(reverse("forms_export_file", args=[job.pk])).status_code == 404
    assert not ReadEvent.objects.exists()
    execute_job.func(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == ("done", 2, 2)
    assert len(files(tmp_path)) == 1
    assert reverse("forms_export_file", args=[job.pk]) in desk(client.get(EXPORT))
    answer = client.get(reverse("forms_export_file", args=[job.pk]))
    assert {row[0] for row in workbook(body(answer))[1:]} == shown
    assert kept_by_nobody(answer)
    assert ReadEvent.objects.filter(action="export").count() == 2


def test_the_same_long_list_is_prepared_once(world: World, login: Login, small: None) -> None:
    send(world.here)
    send(world.here)
    client = login("xa")
    client.post(EXPORT, WHY)
    client.post(EXPORT, WHY)
    client.post(f"{EXPORT}?cach=web", WHY)
    assert Job.objects.count() == 2


def prepared(world: World, client: Client) -> Job:
    """A finished export of the officer of the commune."""
    send(world.here)
    send(world.here)
    client.post(EXPORT, WHY)
    job = Job.objects.get()
    execute_job.func(job.pk)
    job.refresh_from_db()
    return job


@pytest.mark.parametrize("name", ["tinh", "xakhac", "thon", "kiemtra", "bientap"])
def test_nobody_else_fetches_the_file(world: World, login: Login, small: None, name: str) -> None:
    job = prepared(world, login("xa"))
    response = login(name).get(reverse("forms_export_file", args=[job.pk]))
    assert response.status_code in {302, 404}
    assert "Content-Disposition" not in response


def test_an_officer_who_moved_away_does_not_fetch_it_any_more(
    world: World, login: Login, small: None
) -> None:
    client = login("xa")
    job = prepared(world, client)
    Assignment.objects.filter(user=world.users["xa"]).update(unit=world.there)
    forget_scopes()
    assert client.get(reverse("forms_export_file", args=[job.pk])).status_code == 404


def test_a_job_of_somebody_without_work_ends_with_a_sentence(
    world: World, login: Login, small: None, tmp_path: Path
) -> None:
    send(world.here)
    send(world.here)
    login("xa").post(EXPORT, WHY)
    Assignment.objects.filter(user=world.users["xa"]).delete()
    job = Job.objects.get()
    execute_job.func(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    assert job.error
    assert not files(tmp_path)
    assert not ReadEvent.objects.exists()


def test_a_job_that_was_killed_begins_anew_and_logs_once(
    world: World, login: Login, small: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    send(world.here)
    send(world.here)
    login("xa").post(EXPORT, WHY)
    job = Job.objects.get()

    def killed(*_args: Any, **_more: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("portal.jobs.run.JobRun.finish", killed)
        with pytest.raises(KeyboardInterrupt):
            execute_job.func(job.pk)
    assert not ReadEvent.objects.exists()
    assert not files(tmp_path)
    Job.objects.update(state="queued")
    execute_job.func(job.pk)
    assert ReadEvent.objects.filter(action="export").count() == 2
    assert len(files(tmp_path)) == 1


def test_files_are_deleted_after_a_day_and_the_reason_stays(
    world: World, login: Login, small: None, tmp_path: Path
) -> None:
    client = login("xa")
    job = prepared(world, client)
    with clock.frozen(clock.now() + timedelta(hours=23)):
        assert exporting.drop_old() == 0
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert exporting.drop_old() == 1
        assert exporting.drop_old() == 0
    job.refresh_from_db()
    assert not files(tmp_path)
    assert job.params["reason"] == WHY["reason"]
    assert client.get(reverse("forms_export_file", args=[job.pk])).status_code == 404


def test_the_verbs_ask_for_the_right_themselves(world: World) -> None:
    narrowing = Narrowing(world.users["kiemtra"], {})
    with pytest.raises(NotYoursError):
        exporting.at_once(narrowing, "vì sao", io.BytesIO())
    with pytest.raises(NotYoursError):
        exporting.later(narrowing, "vì sao")


def test_the_cost_does_not_grow_with_the_rows(
    world: World, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    for number in range(20):
        send(world.here, world.village, name=f"Lý {number}", entered_by=world.users["xa"])
    narrowing = Narrowing(world.users["xa"], {})
    with django_assert_max_num_queries(8):
        exporting.at_once(narrowing, "đo số truy vấn", io.BytesIO())
    assert Submission.objects.count() == 20

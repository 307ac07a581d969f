"""The back office page: what operators see and may start."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from portal.areas.models import User
from portal.jobs.models import Job
from portal.jobs.services import execute_job
from search import outbox, queries
from search.engines import get_engine
from search.indexing import SHELVE_AFTER
from search.models import OutboxRow
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def samples(samples: Samples) -> Samples:
    """Three objects of one kind; two of them cannot be read and were given up."""
    samples.titles = {"1": "Lễ hội Lồng Tông", "2": "Lễ hội Thành Tuyên", "3": "Lễ hội Động Tiên"}
    samples.broken = {"2", "3"}
    with transaction.atomic():
        outbox.add_many([(KIND, key) for key in samples.titles])
    OutboxRow.objects.update(attempts=SHELVE_AFTER - 1)
    return samples


@pytest.fixture
def keeper() -> Client:
    """Somebody with the administrators' right on search, no superuser."""
    user = User.objects.create_user("quan-tri", password=None)
    for codename in ("access_admin", "change_abbreviation"):
        user.user_permissions.add(Permission.objects.get(codename=codename))
    client = Client()
    client.force_login(user, BACKEND)
    return client


def _post(client: Client, **data: str) -> None:
    assert client.post(reverse("search_status"), data).status_code == 302


def test_the_page_shows_differences_and_failures_with_their_reason(
    samples: Samples, keeper: Client, drain: Callable[[], int]
) -> None:
    drain()
    page = keeper.get(reverse("search_status"))
    assert page.status_code == 200
    assert page.context["kinds"] == [{"label": "Mẫu", "differs": True, "database": 3, "index": 1}]
    assert page.context["now"]["outbox"]["failed"] == 2
    text = page.content.decode()
    assert "sample 2" in text
    assert "ValueError" in text


def test_the_shelf_is_emptied_row_by_row_or_at_once(
    samples: Samples, keeper: Client, drain: Callable[[], int]
) -> None:
    drain()
    samples.broken = set()
    _post(keeper, action="retry", row=str(OutboxRow.objects.get(key="3").pk))
    drain()
    assert queries.ask("le hoi").total == 2
    _post(keeper, action="retry")
    drain()
    assert queries.ask("le hoi").total == 3
    assert keeper.get(reverse("search_status")).context["failures"] == []


def test_sweep_and_rebuild_run_as_jobs_and_say_what_they_found(
    samples: Samples, keeper: Client, drain: Callable[[], int]
) -> None:
    samples.broken = set()
    OutboxRow.objects.all().delete()
    _post(keeper, action="sweep")
    _post(keeper, action="sweep")
    job = Job.objects.get()  # the second click started nothing
    execute_job.func(job.pk)
    drain()
    assert queries.ask("le hoi").total == 3
    _post(keeper, action="rebuild")
    built = Job.objects.get(kind="search_rebuild")
    execute_job.func(built.pk)
    job.refresh_from_db()
    built.refresh_from_db()
    assert (job.state, job.result["missing"]) == ("done", 3)
    assert (built.state, built.done, built.result) == ("done", 3, {KIND: 3})
    page = keeper.get(reverse("search_status"))
    assert page.context["sweep"]["missing"] == 3
    assert page.context["rebuild"]["counts"] == {KIND: 3}


@pytest.mark.once
def test_others_are_refused_and_start_nothing(samples: Samples) -> None:
    """Attack: an editor posts to the page that is not in the menu."""
    user = User.objects.create_user("bien-tap", password=None)
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user, BACKEND)
    for answer in (
        client.get(reverse("search_status")),
        client.post(reverse("search_status"), {"action": "rebuild"}),
    ):
        assert answer.status_code in {302, 403}
        assert answer.get("Location", "") != reverse("search_status")
    assert not Job.objects.exists()


@pytest.mark.once
def test_an_unknown_action_is_said_and_does_nothing(samples: Samples, keeper: Client) -> None:
    _post(keeper, action="retry", row="1 OR 1=1")
    _post(keeper, action="drop")
    assert not Job.objects.exists()
    assert OutboxRow.objects.filter(attempts=SHELVE_AFTER - 1).count() == 3


def test_an_embedded_index_beyond_its_size_says_so(
    samples: Samples,
    keeper: Client,
    drain: Callable[[], int],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    samples.broken = set()
    drain()
    assert b"ELASTICSEARCH_URL" not in keeper.get(reverse("search_status")).content
    monkeypatch.setattr("search.status.EMBEDDED_MOST", 2)
    embedded = get_engine().name == "embedded"
    assert (b"ELASTICSEARCH_URL" in keeper.get(reverse("search_status")).content) == embedded
    call_command("search_status")
    assert ("ELASTICSEARCH_URL" in capsys.readouterr().out) == embedded

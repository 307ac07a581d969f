"""The verbs: state, scope, version, totals, outbox, events."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, connection, transaction

from portal.areas.models import Assignment, Role, User
from portal.home import cache
from portal.jobs import clock
from portal.privacy.errors import AppendOnlyError
from portal.registration import rows, services
from portal.registration.errors import (
    EmptyListError,
    ForeignCommuneError,
    ListFieldError,
    NotAllowedError,
    SlugTakenError,
    StaleVersionError,
    WindowError,
    WrongStateError,
)
from portal.registration.models import (
    ListEntry,
    ListEvent,
    ListImport,
    PublishedList,
)
from portal.registration.rows import EntryRow
from search.models import OutboxRow
from tests.registration.conftest import MONDAY, REFORM, Units, row

THURSDAY = date(2026, 11, 26)
AFTER = MONDAY + timedelta(days=4)


def waiting(kind: str) -> set[str]:
    return set(OutboxRow.objects.filter(kind=kind, waiting=True).values_list("key", flat=True))


def test_totals_are_kept_by_commune_and_class(draft: PublishedList) -> None:
    assert draft.totals == [{"code": "02545", "name": "xã Tân Trào", "poor": 2, "near_poor": 1}]
    assert (draft.total_poor, draft.total_near_poor) == (2, 1)


def test_a_draft_tells_search_nothing(draft: PublishedList) -> None:
    assert waiting("published_list") == set()
    assert waiting("list_entry") == set()


def test_publishing_queues_the_list_and_every_household(published: PublishedList) -> None:
    entries = {str(pk) for pk in published.entries.values_list("pk", flat=True)}
    assert waiting("published_list") == {str(published.pk)}
    assert waiting("list_entry") == entries
    assert len(entries) == 3


def test_a_second_import_replaces_the_rows_and_removes_the_old_ones_from_search(
    published: PublishedList, units: Units
) -> None:
    old = {str(pk) for pk in published.entries.values_list("pk", flat=True)}
    services.import_rows(published, [row("Lý Thị Mỷ", "Thôn Bòng", units.tan_trao)], None)
    new = {str(pk) for pk in published.entries.values_list("pk", flat=True)}
    assert len(new) == 1
    assert waiting("list_entry") >= old | new
    assert PublishedList.objects.get().total_poor == 1


def test_an_import_that_breaks_half_way_leaves_the_old_rows(
    published: PublishedList, units: Units, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise OSError("killed")

    before = list(published.entries.values_list("pk", flat=True))
    queued = list(OutboxRow.objects.order_by("pk").values_list("pk", "version"))
    monkeypatch.setattr(rows, "bulk_load", broken)
    with pytest.raises(OSError, match="killed"):
        services.import_rows(published, [row("Lý Thị Mỷ", "Bòng", units.tan_trao)], None)
    assert list(published.entries.values_list("pk", flat=True)) == before
    assert list(OutboxRow.objects.order_by("pk").values_list("pk", "version")) == queued


def test_withdrawing_takes_names_file_and_search_away_and_keeps_totals(
    published: PublishedList, django_capture_on_commit_callbacks: object
) -> None:
    entries = {str(pk) for pk in published.entries.values_list("pk", flat=True)}
    item = ListImport(published_list=published, file_name="a.xlsx", at=clock.now())
    item.upload.save("a.xlsx", ContentFile(b"names"))
    name = item.upload.name
    OutboxRow.objects.update(waiting=False)
    pages = cache.version()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        services.withdraw_list(published, None, "hết hạn")
    published.refresh_from_db()
    assert published.state == "withdrawn"
    assert not ListEntry.objects.exists()
    assert not storages["private"].exists(str(name))
    assert ListImport.objects.get().upload.name == ""
    assert (published.total_poor, published.total_near_poor) == (2, 1)
    assert waiting("list_entry") == entries
    assert waiting("published_list") == {str(published.pk)}
    assert cache.version() > pages


def test_a_file_that_a_killed_process_left_goes_with_the_next_schedule(
    published: PublishedList, tmp_path: Path
) -> None:
    services.withdraw_list(published, None, "hết hạn")
    item = ListImport(published_list=published, file_name="a.xlsx", at=clock.now())
    item.upload.save("a.xlsx", ContentFile(b"names"))
    services.withdraw_expired()
    assert not [path for path in (tmp_path / "private").rglob("*") if path.is_file()]


def test_the_schedule_withdraws_what_has_ended_and_nothing_else(published: PublishedList) -> None:
    with clock.frozen(MONDAY + timedelta(days=3)):
        assert services.withdraw_expired() == 0
    with clock.frozen(AFTER):
        assert services.withdraw_expired() == 1
        assert services.withdraw_expired() == 0
    assert PublishedList.objects.get().state == "withdrawn"


def test_a_forgotten_draft_loses_its_names(draft: PublishedList) -> None:
    with clock.frozen(MONDAY + timedelta(days=59)):
        assert services.drop_stale_drafts() == 0
    with clock.frozen(MONDAY + timedelta(days=61)):
        assert services.drop_stale_drafts() == 1
    assert not ListEntry.objects.exists()
    assert PublishedList.objects.get().state == "withdrawn"


def test_a_list_taken_back_before_its_first_day_was_never_shown(draft: PublishedList) -> None:
    services.publish_list(draft, date(2026, 11, 25), date(2026, 11, 27), None)
    held = services.withdraw_list(draft, None, "nhầm")
    assert (held.visible_from, held.visible_until) == (None, None)


def test_withdrawing_early_keeps_the_window_as_it_really_was(published: PublishedList) -> None:
    held = services.withdraw_list(published, None, "nhầm")
    assert held.visible_until == MONDAY


def test_every_verb_writes_an_event_that_names_nobody(
    published: PublishedList, officer: User
) -> None:
    services.extend_window(published, date(2026, 11, 30), officer)
    services.withdraw_list(published, officer, "khiếu nại")
    events = list(ListEvent.objects.order_by("pk"))
    assert [event.action for event in events] == [
        "created",
        "imported",
        "published",
        "extended",
        "withdrawn",
    ]
    assert events[-1].by == officer
    assert events[-1].totals == {"poor": 2, "near_poor": 1}
    assert not any("Nguyễn" in f"{event.sentence}{event}{event.totals}" for event in events)


def test_events_are_never_changed_or_deleted(published: PublishedList) -> None:
    event = ListEvent.objects.latest("pk")
    event.sentence = "khác"
    with pytest.raises(AppendOnlyError):
        event.save()
    with pytest.raises(AppendOnlyError):
        event.delete()


def test_no_name_of_a_person_in_what_the_log_keeps(published: PublishedList) -> None:
    """Attack: the admin's log and error mails keep `str()` of a row."""
    assert not any("An" in str(entry) for entry in ListEntry.objects.all())


@pytest.mark.parametrize("verb", ["publish", "extend", "withdraw", "import"])
def test_an_old_version_changes_nothing(
    verb: str, draft: PublishedList, households: list[EntryRow]
) -> None:
    """Attack: a form sent twice, or from a page opened before somebody else's change."""
    calls = {
        "publish": lambda old: services.publish_list(draft, MONDAY.date(), THURSDAY, None, old),
        "extend": lambda old: services.extend_window(draft, THURSDAY, None, old),
        "withdraw": lambda old: services.withdraw_list(draft, None, "x", old),
        "import": lambda old: services.import_rows(draft, households, None, old),
    }
    with pytest.raises(StaleVersionError):
        calls[verb](draft.version - 1)
    assert PublishedList.objects.get().version == draft.version


def test_publishing_twice_is_refused(published: PublishedList) -> None:
    with pytest.raises(WrongStateError) as refused:
        services.publish_list(published, MONDAY.date(), THURSDAY, None)
    assert str(published.get_state_display()) in str(refused.value)


def test_an_empty_list_is_not_published(units: Units) -> None:
    empty = services.create_list("Trống", "trong", None, None)
    with pytest.raises(EmptyListError):
        services.publish_list(empty, MONDAY.date(), THURSDAY, None)


def test_a_public_list_is_not_emptied_by_an_import(published: PublishedList) -> None:
    with pytest.raises(EmptyListError):
        services.import_rows(published, [], None)


def test_a_window_that_has_ended_is_not_prolonged(published: PublishedList) -> None:
    with clock.frozen(AFTER), pytest.raises(WindowError):
        services.extend_window(published, date(2026, 12, 30), None)


def test_two_lists_never_share_an_address(draft: PublishedList) -> None:
    with pytest.raises(SlugTakenError):
        services.create_list("Khác", draft.slug, None, None)


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Rất dài " * 30, "x"), (" \u200b ", "x"), ("X", "a" * 121), ("X", "không phải")],
)
def test_a_list_is_not_made_with_a_title_or_address_that_does_not_fit(
    units: Units, title: str, slug: str
) -> None:
    with pytest.raises(ListFieldError) as refused:
        services.create_list(title, slug, None, None)
    assert ": " in str(refused.value)
    assert not PublishedList.objects.exists()


def test_the_database_refuses_a_published_list_without_a_window(draft: PublishedList) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PublishedList.objects.filter(pk=draft.pk).update(state="published")
    assert not connection.needs_rollback


@pytest.mark.parametrize("verb", ["publish", "extend", "withdraw", "import"])
def test_a_foreign_commune_can_do_nothing(
    verb: str, draft: PublishedList, foreign_officer: User, households: list[EntryRow]
) -> None:
    """Attack: an officer of another commune calls a verb on a list that is not theirs."""
    calls = {
        "publish": lambda by: services.publish_list(draft, MONDAY.date(), THURSDAY, by),
        "extend": lambda by: services.extend_window(draft, THURSDAY, by),
        "withdraw": lambda by: services.withdraw_list(draft, by, "x"),
        "import": lambda by: services.import_rows(draft, households, by),
    }
    with pytest.raises(NotAllowedError):
        calls[verb](foreign_officer)
    assert PublishedList.objects.get().version == draft.version


def test_households_of_another_commune_do_not_get_onto_a_list(
    draft: PublishedList, officer: User, units: Units
) -> None:
    """Attack: an officer brings households of a commune that is not theirs into their list."""
    with pytest.raises(ForeignCommuneError):
        services.import_rows(draft, [row("Lý A", "Bòng", units.yen_son)], officer)


@pytest.mark.parametrize("unit", ["province", "yen_son", None])
def test_an_officer_issues_lists_of_their_commune_only(
    unit: str | None, officer: User, units: Units
) -> None:
    """Attack: a commune officer issues a list in the name of the province or a neighbour."""
    with pytest.raises(NotAllowedError):
        services.create_list("X", "x", getattr(units, unit) if unit else None, officer)


def test_an_auditor_sees_and_changes_nothing_even_with_work_in_a_commune(
    draft: PublishedList, officer: User, units: Units
) -> None:
    """Attack: the auditor's view of everything is joined to a commune officer's right to write."""
    Assignment.objects.create(
        user=officer, role=Role.AUDITOR, unit=units.province, valid_from=REFORM
    )
    with pytest.raises(NotAllowedError):
        services.withdraw_list(draft, User.objects.get(pk=officer.pk), "x")

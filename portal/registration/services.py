"""The verbs that change published lists; each is one transaction (design decision 21).

`by` is the acting user; `None` is the machine itself: the schedule and the operator's commands.
`version` is the version that the user saw; `None` skips the comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from portal.areas.models import Unit, User
from portal.home import cache
from portal.jobs import clock
from portal.registration import access, window
from portal.registration.errors import (
    EmptyListError,
    FirstDayFixedError,
    ListFieldError,
    NotAllowedError,
    SlugTakenError,
    StaleVersionError,
    WindowError,
    WrongStateError,
)
from portal.registration.files import delete_uploads
from portal.registration.models import (
    Classification,
    ListEvent,
    ListImport,
    PublishedList,
)
from portal.registration.names import tidy
from portal.registration.rows import EntryRow, store_rows, totals_of
from search import outbox
from search.text import fold

LIST_KIND = "published_list"
ENTRY_KIND = "list_entry"
DRAFT_LIFE = timedelta(days=60)
State = PublishedList.State
Action = ListEvent.Action


@transaction.atomic
def create_list(
    title: str,
    slug: str,
    unit: Unit | None,
    by: User | None,
    *,
    official_document: int | None = None,
    search_only: bool = False,
    demo_note: str = "",
) -> PublishedList:
    """An empty draft, seen by nobody outside the back office."""
    access.check_unit(by, unit)
    title = tidy(title)
    made = PublishedList(
        title=title,
        title_key=fold(title),
        slug=slug,
        unit=unit,
        official_document_id=official_document,
        search_only=search_only,
        demo_note=demo_note,
        created_by=by,
        created_at=clock.now(),
    )
    _check_fields(made)
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise SlugTakenError(slug=slug) from error
    _record(made, Action.CREATED, by)
    return made


@transaction.atomic
def import_rows(
    target: PublishedList, rows: Iterable[EntryRow], by: User | None, version: int | None = None
) -> PublishedList:
    """Replace all rows of a draft, or of a list that is being shown, at once."""
    held = _take(target, by, version, (State.DRAFT, State.PUBLISHED))
    rows = list(rows)
    access.check_communes(by, held, {row.commune.pk for row in rows})
    public = held.state == State.PUBLISHED
    if public and not rows:
        raise EmptyListError
    if public:
        _touch(held)
    held.entries.all().delete()
    store_rows(held, rows)
    held = _change(held, totals=totals_of(rows))
    if public:
        _touch(held)
    _record(held, Action.IMPORTED, by, _("%(count)s households") % {"count": len(rows)})
    return held


def take_for_import(target: PublishedList, by: User, version: int) -> PublishedList:
    """The list under lock, when a file may be brought into it; inside a transaction."""
    return _take(target, by, version, (State.DRAFT, State.PUBLISHED))


@transaction.atomic
def publish_list(
    target: PublishedList,
    first: date,
    last: date,
    by: User | None,
    version: int | None = None,
) -> PublishedList:
    """Show a draft from the first to the last day, both included."""
    held = _take(target, by, version, (State.DRAFT,))
    visible_from, visible_until = window.checked(first, last)
    if not held.entries.exists():
        raise EmptyListError
    held = _change(
        held, state=State.PUBLISHED, visible_from=visible_from, visible_until=visible_until
    )
    _touch(held)
    _record(held, Action.PUBLISHED, by, _window_words(first, last))
    return held


def keep_window(
    target: PublishedList, first: date | None, last: date | None, by: User | None
) -> PublishedList:
    """The window of a published list as somebody asks for it again: another last day extends it.

    The days that stand already change nothing, so that a command can be run twice.
    """
    if target.visible_from is None or target.visible_until is None or target.is_past(clock.now()):
        raise WindowError
    begun = target.visible_from.astimezone(clock.ZONE).date()
    if first is not None and first != begun:
        raise FirstDayFixedError(day=f"{begun:%d/%m/%Y}")
    if last is None or last == window.last_day(target.visible_until):
        return target
    return extend_window(target, last, by)


@transaction.atomic
def extend_window(
    target: PublishedList, last: date, by: User | None, version: int | None = None
) -> PublishedList:
    """Another last day for a list whose window has not ended."""
    held = _take(target, by, version, (State.PUBLISHED,))
    if held.visible_from is None or held.is_past(clock.now()):
        raise WindowError
    first = held.visible_from.astimezone(clock.ZONE).date()
    _visible_from, visible_until = window.checked(first, last)
    held = _change(held, visible_until=visible_until)
    _touch(held)
    _record(held, Action.EXTENDED, by, _window_words(first, last))
    return held


@transaction.atomic
def withdraw_list(
    target: PublishedList, by: User | None, reason: str, version: int | None = None
) -> PublishedList:
    """Take the names away everywhere; totals and events stay. A draft is thrown away so."""
    held = _take(target, by, version, (State.DRAFT, State.PUBLISHED))
    _touch(held)
    held.entries.all().delete()
    ListImport.objects.filter(published_list=held).update(preview={}, warnings=[], errors=[])
    held = _change(held, state=State.WITHDRAWN, **_shown_so_far(held))
    _record(held, Action.WITHDRAWN, by, reason.strip()[:300])
    transaction.on_commit(partial(delete_uploads, held.pk))
    return held


def withdraw_expired(now: datetime | None = None) -> int:
    """Withdraw every list whose window has ended; returns how many (the schedule's verb).

    Each list is a transaction of its own, so that one that fails does not hold up the others.
    Files that a killed process left behind go too.
    """
    moment = now or clock.now()
    due = PublishedList.objects.filter(state=State.PUBLISHED, visible_until__lte=moment)
    count = 0
    for item in due.order_by("visible_until", "pk"):
        try:
            withdraw_list(item, None, _("The window has ended."), item.version)
        except (StaleVersionError, WrongStateError):
            continue  # somebody else was quicker, and the next minute looks again
        count += 1
    left = ListImport.objects.filter(published_list__state=State.WITHDRAWN).exclude(upload="")
    for key in left.values_list("published_list_id", flat=True).distinct():
        delete_uploads(key)
    return count


def drop_stale_drafts() -> int:
    """Throw away drafts that nobody has touched for long: names are kept for a purpose only."""
    recent = ListEvent.objects.filter(at__gte=clock.now() - DRAFT_LIFE)
    stale = PublishedList.objects.filter(state=State.DRAFT).exclude(events__in=recent)
    count = 0
    for item in stale.order_by("pk"):
        try:
            withdraw_list(item, None, _("The draft was not used."), item.version)
        except (StaleVersionError, WrongStateError):
            continue
        count += 1
    return count


def _check_fields(made: PublishedList) -> None:
    """The fields' own rules in a sentence, before the database refuses them in its words."""
    try:
        made.clean_fields(exclude=["title_key", "created_by"])
    except ValidationError as error:
        name, problems = next(iter(error.message_dict.items()))
        label = getattr(PublishedList._meta.get_field(name), "verbose_name", name)
        raise ListFieldError(field=label, problem=" ".join(problems)) from error


def _take(
    target: PublishedList, by: User | None, version: int | None, states: Sequence[str]
) -> PublishedList:
    """The row under lock, in the user's scope, in a fitting state and version."""
    known = PublishedList.objects.all() if by is None else access.lists_of(by)
    held = known.select_for_update().filter(pk=target.pk).first()
    if held is None:
        raise NotAllowedError
    if version is not None and held.version != version:
        raise StaleVersionError
    if held.state not in states:
        raise WrongStateError(state=held.get_state_display())
    return held


def _change(held: PublishedList, **values: object) -> PublishedList:
    rows = PublishedList.objects.filter(pk=held.pk, version=held.version)
    if not rows.update(version=F("version") + 1, **values):
        raise StaleVersionError
    held.refresh_from_db()
    return held


def _touch(held: PublishedList) -> None:
    """Have search look at the list and its present entries again; forget cached pages."""
    keys = held.entries.order_by().values_list("pk", flat=True)
    outbox.add_many([(LIST_KIND, str(held.pk)), *((ENTRY_KIND, str(key)) for key in keys)])
    cache.bump()


def _record(held: PublishedList, action: str, by: User | None, sentence: str = "") -> None:
    totals = {str(kind): held.total(kind) for kind in Classification.values}
    ListEvent.objects.create(
        published_list=held, action=action, by=by, at=clock.now(), totals=totals, sentence=sentence
    )


def _shown_so_far(held: PublishedList) -> dict[str, datetime | None]:
    """The window as it really was; a list taken back before its first day was never shown."""
    now = clock.now()
    if held.visible_from is None or held.visible_until is None or held.visible_from >= now:
        return {"visible_from": None, "visible_until": None}
    return {"visible_from": held.visible_from, "visible_until": min(held.visible_until, now)}


def _window_words(first: date, last: date) -> str:
    days = {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}
    return _("From %(first)s until %(last)s") % days

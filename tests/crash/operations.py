"""What editors, the schedule and officers do, each as a function that a kill may end.

An operation prepares its state first; then `run` arms the killer as late as it can, so that only
the operation itself is killed. Every public title holds `MARK`, every household is a `Nguyễn Văn`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from portal.areas.models import Unit, User
from portal.home.models import StandardPage
from portal.jobs import clock
from portal.news.models import ArticlePage
from portal.registration import services
from portal.registration.models import PublishedList, PublishedListIndexPage
from portal.registration.rows import EntryRow
from portal.registration.window import default_days
from search.text import fold, sort_key
from tests.home.trees import Portal, plant

MARK = "thử sập"
NAME = "Nguyễn Văn"
Arm = Callable[[], None]


@dataclass(frozen=True)
class Operation:
    """`again` tells that the schedule does it once more a minute later."""

    prepare: Callable[[], object]
    run: Callable[[Arm], object]
    again: bool = False


def _log_in() -> None:
    """The editor came before anything was killed."""
    Client().force_login(User.objects.create_superuser("bien-tap"))


def _article(**values: Any) -> ArticlePage:
    _log_in()
    return plant().article(f"Bài {MARK}", **values)


def _page() -> ArticlePage:
    return ArticlePage.objects.get()


def _branch() -> StandardPage:
    """A live page with a live child and grandchild, and another parent beside it."""
    _log_in()
    portal: Portal = plant()
    parent = portal.about
    for name in ("Nhánh", "Con", "Cháu"):
        parent = parent.add_child(instance=StandardPage(title=f"{name} {MARK}", body=[]))
    portal.home.add_child(instance=StandardPage(title=f"Nơi khác {MARK}", body=[]))
    return StandardPage.objects.get(title=f"Nhánh {MARK}")


def _post(arm: Arm, address: str, data: dict[str, str]) -> None:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = Session.objects.get().session_key
    arm()
    response = client.post(f"/quan-tri/pages/{address}/", data)
    assert response.status_code == 302, response.content.decode()[:20000]


def _form(page: Any, **values: str) -> dict[str, str]:
    """The editor's form as the browser sends it."""
    names = ("comments", "attachments", "documents")
    counts = {f"{name}-{part}_FORMS": "0" for name in names for part in ("TOTAL", "INITIAL")}
    article = isinstance(page, ArticlePage)
    moment = {"published_at": "2026-11-20 08:00", "genre": page.genre} if article else {}
    held = {"title": page.title, "slug": page.slug, "body-count": "0"}
    return counts | moment | held | {"action-publish": "1"} | values


def publish(arm: Arm) -> None:
    """The editor corrects a draft and publishes it at once."""
    page = _page()
    _post(arm, f"{page.pk}/edit", _form(page, title=f"Bài mới {MARK}"))


def unpublish(arm: Arm) -> None:
    """The editor takes a page back."""
    _post(arm, f"{_page().pk}/unpublish", {})


def readdress(arm: Arm) -> None:
    """The editor gives a parent another slug; its descendants' addresses move along."""
    page = StandardPage.objects.get(title=f"Nhánh {MARK}")
    _post(arm, f"{page.pk}/edit", _form(page, slug="nhanh-moi"))


def move(arm: Arm) -> None:
    """The editor moves a parent below another page."""
    page = StandardPage.objects.get(title=f"Nhánh {MARK}")
    target = StandardPage.objects.get(title=f"Nơi khác {MARK}")
    _post(arm, f"{page.pk}/move/{target.pk}/confirm", {})


def delete(arm: Arm) -> None:
    """The editor deletes a parent with its descendants."""
    page = StandardPage.objects.get(title=f"Nhánh {MARK}")
    _post(arm, f"{page.pk}/delete", {})


def _due() -> None:
    """A page whose hour has come a moment ago."""
    page = _article(live=False)
    page.go_live_at = timezone.now() + timedelta(seconds=0.4)
    page.save_revision().publish()
    time.sleep(0.5)


def _over() -> None:
    """A live page whose end has passed."""
    _article(expire_at=timezone.now() - timedelta(minutes=1))


def schedule(arm: Arm) -> None:
    """`publish_scheduled`, as the worker starts it."""
    arm()
    call_command("publish_scheduled", verbosity=0)


def _draft_list() -> PublishedList:
    portal = plant()
    portal.home.add_child(instance=PublishedListIndexPage(title="Danh sách", slug="danh-sach"))
    names = {"name": "Tân Trào", "name_folded": fold("Tân Trào"), "sort_key": sort_key("Tân Trào")}
    commune = Unit.objects.create(
        code="02545", kind="xa", level="commune", valid_from=date(2025, 7, 1), **names
    )
    made = services.create_list(f"Hộ nghèo {MARK}", "ho-ngheo", None, None)
    rows = [EntryRow(f"{NAME} {last}", "Thôn Bòng", commune, "poor") for last in ("An", "Ân")]
    return services.import_rows(made, rows, None)


def _shown_list() -> PublishedList:
    return services.publish_list(_draft_list(), *default_days(None), None)


def publish_list(arm: Arm) -> None:
    """A draft list is shown."""
    held = PublishedList.objects.get()
    arm()
    services.publish_list(held, *default_days(None), None)


def withdraw_list(arm: Arm) -> None:
    """A list is withdrawn by hand."""
    held = PublishedList.objects.get()
    arm()
    services.withdraw_list(held, None, "Theo yêu cầu của xã")


def end_list(arm: Arm) -> None:
    """The schedule withdraws a list whose window has ended."""
    with clock.frozen(clock.now() + timedelta(days=60)):
        arm()
        services.withdraw_expired()


OPERATIONS = {
    "publish": Operation(lambda: _article(live=False), publish),
    "rename": Operation(_article, publish),
    "unpublish": Operation(_article, unpublish),
    "readdress": Operation(_branch, readdress),
    "move": Operation(_branch, move),
    "delete": Operation(_branch, delete),
    "publish_scheduled": Operation(_due, schedule, again=True),
    "expire": Operation(_over, schedule, again=True),
    "publish_list": Operation(_draft_list, publish_list),
    "withdraw_list": Operation(_shown_list, withdraw_list),
    "end_list": Operation(_shown_list, end_list, again=True),
}

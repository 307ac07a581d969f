"""A small portal, a clock that tests move, and browsers that fill in the public forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from portal.areas.models import Role, User
from portal.areas.officers import forget_scopes
from portal.jobs import clock
from portal.news.models import ArticlePage
from tests.areas.builders import make_commune, make_officer, make_province
from tests.home.trees import Portal, plant

WEDNESDAY = datetime(2026, 11, 25, 9, 0, tzinfo=clock.ZONE)
SEAL = re.compile(r'name="seal" value="([^"]+)"')


class Visitor:
    """A browser in which somebody reads a form for ten seconds before sending it."""

    def __init__(self, address: str = "203.0.113.7") -> None:
        self.client = Client(REMOTE_ADDR=address)

    def seal(self, place: str) -> str:
        """The seal of a freshly opened form."""
        found = SEAL.search(self.client.get(place).content.decode())
        assert found is not None
        return found[1]

    def send(self, place: str, after: float = 10, **values: Any) -> Any:
        """Open the form, wait, send it; `seal` may be given."""
        filled = {"seal": values.pop("seal", None) or self.seal(place), "website": "", **values}
        with clock.frozen(clock.now() + timedelta(seconds=after)):
            return self.client.post(place, filled)


@pytest.fixture(autouse=True)
def _wednesday(db: None) -> Iterator[None]:
    """All tests of the room begin on a Wednesday morning."""
    forget_scopes()
    with clock.frozen(WEDNESDAY):
        yield


@pytest.fixture
def portal(db: None, settings: Any) -> Portal:
    """The small portal; pages are kept as in production."""
    settings.PAGE_CACHE_SECONDS = 300
    return plant()


@pytest.fixture
def article(portal: Portal) -> ArticlePage:
    """An article that takes comments and ratings."""
    return portal.article("Họp thôn", slug="hop-thon", published_at=WEDNESDAY)


@pytest.fixture
def visitor() -> Visitor:
    """Somebody from outside."""
    return Visitor()


@pytest.fixture
def province_officer(db: None) -> User:
    """Sees everything and publishes."""
    return make_officer(
        "canbo-tinh", Role.PROVINCE_OFFICER, make_province(), permissions=("access_admin",)
    )


@pytest.fixture
def officer(db: None) -> User:
    """Works for xã Tân Trào."""
    return make_officer(
        "canbo-tantrao", Role.COMMUNE_OFFICER, make_commune(), permissions=("access_admin",)
    )


@pytest.fixture
def foreign_officer(db: None) -> User:
    """Works for xã Yên Sơn."""
    commune = make_commune("02473", "Yên Sơn")
    return make_officer(
        "canbo-yenson", Role.COMMUNE_OFFICER, commune, permissions=("access_admin",)
    )


@pytest.fixture
def moderator(db: None) -> User:
    """Moderates comments and does nothing else."""
    return make_officer(
        "kiemduyet", Role.AUDITOR, make_province(), permissions=("moderate_comment",)
    )


def desk(user: User) -> Client:
    """A browser of somebody who is logged in."""
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client

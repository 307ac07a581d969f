"""The back office opens on today's work for officers, and on the pages for editors."""

from __future__ import annotations

import pytest
from django.test import Client
from wagtail.models import GroupPagePermission, Page

from portal.areas.models import User
from tests.areas.builders import make_commune, make_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> User:
    """An officer of a commune, logged in."""
    user = make_officer("canbo", "commune_officer", make_commune(), permissions=("access_admin",))
    client.force_login(user)
    return user


def test_an_officer_begins_with_today(client: Client, officer: User) -> None:
    assert client.get("/quan-tri/").headers["Location"] == "/quan-tri/hom-nay/"


def test_an_editor_with_an_area_begins_with_the_pages(client: Client, officer: User) -> None:
    from django.contrib.auth.models import Group, Permission

    group = Group.objects.create(name="Biên tập thử")
    right = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    page = Page.get_first_root_node()
    GroupPagePermission.objects.create(group=group, page=page, permission=right)
    officer.groups.add(group)
    assert client.get("/quan-tri/").status_code == 200


def test_a_visitor_is_asked_to_log_in(client: Client) -> None:
    assert "/quan-tri/login/" in client.get("/quan-tri/").headers["Location"]

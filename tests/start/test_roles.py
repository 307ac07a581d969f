"""Each role may do its work and nothing else: all addresses of the back office are walked."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow, WorkflowState

from portal.areas.models import User
from portal.news.models import ArticlePage, SectionPage
from portal.start import roles
from portal.start.services import Prepared, prepare_portal
from portal.start.tree import add_page
from tests.areas.builders import make_province
from tests.security.routes import routes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BACKEND = "django.contrib.auth.backends.ModelBackend"
# Rooms of the back office without a value in the address, and who gets in.
PAGES = {roles.CONTRIBUTORS, roles.SECTION_EDITORS, roles.EDITORS, roles.ADMINISTRATORS}
FILES = PAGES
LISTS = {roles.EDITORS, roles.LIST_OFFICERS}
HOUSE = {roles.ADMINISTRATORS}
ROOMS: dict[str, set[str]] = {
    "wagtailadmin_explore_root": PAGES,
    "home_offers": PAGES,
    "home_calendar": PAGES,
    "home_schedule": PAGES,
    "home_broken_links": PAGES,
    "home_files": FILES,
    "dialogue_moderation": {roles.MODERATORS},
    "wagtailimages:index": FILES,
    "wagtailimages:add": FILES,
    "wagtaildocs:index": FILES,
    "wagtaildocs:add": FILES,
    "wagtailusers_users:index": HOUSE,
    "wagtailusers_users:add": HOUSE,
    "wagtailusers_groups:index": set(),
    "wagtailusers_groups:add": set(),
    "wagtailsites:index": set(),
    "wagtailsites:add": set(),
    "wagtaillocales:index": set(),
    "wagtailredirects:index": HOUSE,
    "wagtailadmin_collections:index": HOUSE,
    "wagtailadmin_workflows:index": HOUSE,
    "wagtailadmin_workflows:task_index": HOUSE,
    "registration_lists": LISTS,
    "registration_create": LISTS,
    "search_status": HOUSE,
    "search_queries": {roles.EDITORS, roles.ADMINISTRATORS},
    "forms_inbox": set(),
    "forms_export": set(),
    "news_documenttype_modeladmin_index": {roles.EDITORS, roles.ADMINISTRATORS},
    "news_issuer_modeladmin_create": {roles.EDITORS, roles.ADMINISTRATORS},
    "workdays_holiday_modeladmin_index": {roles.ADMINISTRATORS},
    "workdays_holiday_modeladmin_create": {roles.ADMINISTRATORS},
    "don-vi-hanh-chinh_modeladmin_index": {roles.OFFICERS},
    "phan-cong_modeladmin_index": set(),
    "thon-to-dan-pho_modeladmin_index": {roles.OFFICERS},
}
# What may be opened by several roles without being decided one by one: Wagtail's own frame.
FRAME = (
    "wagtailadmin_",
    "wagtailimages",
    "wagtaildocs",
    "wagtailsnippets",
    "wagtailsnippetchoosers_",
    "wagtailusers_users",
    "wagtailredirects",
    "wagtail_",
    "wagtailembeds",
    "simple_translation",
)


@pytest.fixture
def prepared(settings: Any) -> Prepared:
    """The portal with a section."""
    make_province()
    made = prepare_portal()
    add_page(made.indexes["news"], SectionPage(title="Kinh tế"))
    add_page(made.indexes["news"], SectionPage(title="Văn hóa"))
    return made


Enter = Callable[[str], tuple[User, Client]]


@pytest.fixture
def enter(prepared: Prepared) -> Enter:
    """Somebody of a role at the desk."""

    def into(role: str) -> tuple[User, Client]:
        user = User.objects.create_user(
            f"nguoi-{User.objects.count()}", last_name="Ma", first_name="Hoa"
        )
        user.groups.add(Group.objects.get(name=role))
        client = Client()
        client.force_login(user, backend=BACKEND)
        return user, client

    return into


def opened(client: Client, name: str) -> bool:
    """Whether the address shows a page of its own."""
    return client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("role", sorted(roles.ROLES))
def test_a_role_opens_its_rooms_and_no_other(enter: Enter, role: str) -> None:
    """Attack: somebody types the addresses of rooms that are not in their menu."""
    _user, client = enter(role)
    found = {name: opened(client, name) for name in ROOMS}
    assert found == {name: role in allowed for name, allowed in ROOMS.items()}


@pytest.mark.parametrize("role", [roles.MODERATORS, roles.LIST_OFFICERS, roles.OFFICERS])
def test_who_does_not_write_pages_opens_no_room_that_nobody_decided_on(
    enter: Enter, role: str
) -> None:
    """Attack: a new room of the back office opens to every account."""
    _user, client = enter(role)
    plain = [route.name for route in routes() if route.admin and not route.wants]
    own = [name for name in plain if "/" not in name and not name.startswith(FRAME)]
    let_in = [name for name in own if name not in ROOMS and opened(client, name)]
    assert let_in == []


def test_a_contributor_changes_own_pages_only_and_publishes_none(
    enter: Enter, prepared: Prepared
) -> None:
    user, client = enter(roles.CONTRIBUTORS)
    section = SectionPage.objects.get(title="Kinh tế")
    foreign = add_page(section, ArticlePage(title="Của người khác"))
    own = ArticlePage(title="Của tôi", owner=user, live=False)
    SectionPage.objects.get(pk=section.pk).add_child(instance=own)
    rights = own.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_lock()) == (True, False, False)
    assert not foreign.permissions_for_user(user).can_edit()
    client.post(f"/quan-tri/pages/{foreign.pk}/delete/")
    client.post(f"/quan-tri/pages/{foreign.pk}/unpublish/")
    assert ArticlePage.objects.get(pk=foreign.pk).live


def test_a_section_editor_changes_and_locks_but_does_not_publish(
    enter: Enter, prepared: Prepared
) -> None:
    user, _client = enter(roles.SECTION_EDITORS)
    page = add_page(SectionPage.objects.get(title="Kinh tế"), ArticlePage(title="Bài"))
    rights = page.permissions_for_user(user)
    assert (rights.can_edit(), rights.can_lock()) == (True, True)
    assert (rights.can_publish(), rights.can_unpublish(), rights.can_delete()) == (
        False,
        False,
        False,
    )


def test_rights_on_a_section_end_at_its_edge(enter: Enter, prepared: Prepared) -> None:
    group = Group.objects.create(name="Biên tập viên Kinh tế")
    section, other = SectionPage.objects.order_by("path")
    for codename in roles.ROLES[roles.SECTION_EDITORS].pages:
        standing = GroupPagePermission.objects.filter(permission__codename=codename).first()
        assert standing is not None
        group.page_permissions.create(page=section, permission=standing.permission)
    user = User.objects.create_user("muc")
    user.groups.add(group)
    inside = add_page(section, ArticlePage(title="Trong mục"))
    outside = add_page(other, ArticlePage(title="Mục khác"))
    assert inside.permissions_for_user(user).can_edit()
    assert not outside.permissions_for_user(user).can_edit()


def test_a_draft_goes_through_two_hands_before_it_is_public(
    enter: Enter, prepared: Prepared
) -> None:
    writer, _desk = enter(roles.CONTRIBUTORS)
    reader, _desk = enter(roles.SECTION_EDITORS)
    publisher, _desk = enter(roles.EDITORS)
    section = SectionPage.objects.get(title="Kinh tế")
    page = ArticlePage(title="Bài mới", owner=writer, live=False)
    section.add_child(instance=page)
    page.save_revision(user=writer)
    way = page.get_workflow()
    assert way.name == "Biên tập → Duyệt → Đăng"
    state: WorkflowState = way.start(page, writer)
    assert page.permissions_for_user(writer).page_locked()
    first = state.current_task_state
    assert first.task.specific.get_actions(page, writer) == []
    first.reject(user=reader, comment="Thiếu nguồn")
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_NEEDS_CHANGES
    state.resume(user=writer)
    state.current_task_state.approve(user=reader)
    state.refresh_from_db()
    assert not ArticlePage.objects.get(pk=page.pk).live
    last = state.current_task_state
    assert last.task.specific.get_actions(page, reader) == []
    last.approve(user=publisher)
    assert ArticlePage.objects.get(pk=page.pk).live


def test_what_an_administrator_took_from_a_group_stays_away(prepared: Prepared) -> None:
    group = Group.objects.get(name=roles.EDITORS)
    GroupPagePermission.objects.filter(group=group, permission__codename="publish_page").delete()
    assert prepare_portal().made == []
    left = GroupPagePermission.objects.filter(group=group, permission__codename="publish_page")
    assert not left.exists()
    assert Workflow.objects.count() == 1


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_a_superusers_account_is_closed_to_administrators_of_content(
    enter: Enter, action: str
) -> None:
    """Attack: the keeper of accounts sets a new password for the superuser."""
    chief = User.objects.create_superuser("quantri", "q@example.vn", "Rat-kho-2026")
    _user, client = enter(roles.ADMINISTRATORS)
    answer = client.post(
        reverse(f"wagtailusers_users:{action}", args=[chief.pk]),
        {"username": "quantri", "password1": "Moi-2026-x", "password2": "Moi-2026-x"},
    )
    assert answer.status_code in {302, 403}
    chief.refresh_from_db()
    assert chief.check_password("Rat-kho-2026")


def test_nobody_makes_themselves_a_superuser(enter: Enter) -> None:
    """Attack: the box that the form does not show is sent all the same."""
    user, client = enter(roles.ADMINISTRATORS)
    data = {
        "username": user.username,
        "email": "a@example.vn",
        "first_name": "Hoa",
        "last_name": "Ma",
        "is_superuser": "on",
    }
    client.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)
    client.post(reverse("wagtailusers_users:add"), {**data, "username": "moi"})
    assert not User.objects.filter(is_superuser=True).exists()

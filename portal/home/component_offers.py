"""News of a unit on the portal's own pages: offered upward, taken over or declined."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from portal.areas.models import User
from portal.home.component_models import NewsOffer
from portal.home.component_pages import ComponentHomePage
from portal.home.component_scope import of_the_portal
from portal.jobs import clock

OFFERED, TAKEN, DECLINED = "portal.offer", "portal.take_over", "portal.decline_offer"
TakeOver = Callable[[Any, Page, ComponentHomePage, User], Page]

_kinds: dict[type[Page], tuple[str, TakeOver]] = {}


class OfferError(Exception):
    """Why an offer cannot be made or answered; the message is for the editor."""


def register(model: type[Page], parent: str, take_over: TakeOver) -> None:
    """Pages of this type can be offered; `take_over(page, parent, unit, user)` makes the copy.

    `parent` names the page type below which copies stand.
    """
    _kinds[model] = (parent, take_over)


def unit_of(page: Page) -> ComponentHomePage | None:
    """The component site that a page stands in."""
    found: ComponentHomePage | None = ComponentHomePage.objects.ancestor_of(page).first()
    return found


def may_be_offered(page: Page, user: User) -> bool:
    """A live page of a kind that the province takes, by somebody who may edit it."""
    return (
        page.live
        and page.specific_class in _kinds
        and page.permissions_for_user(user).can_edit()
        and unit_of(page) is not None
    )


def targets(page: Page, user: User) -> QuerySet[Page]:
    """The portal's own places for a copy in which the user may publish."""
    kind = _kinds.get(page.specific_class)
    if kind is None:
        nothing: QuerySet[Page] = Page.objects.none()
        return nothing
    policy = PagePermissionPolicy()
    allowed: QuerySet[Page] = policy.instances_user_has_permission_for(user, "publish")
    model = Page.objects.filter(of_the_portal(), pk__in=allowed.values("pk"), live=True)
    app, name = kind[0].lower().split(".")
    found = model.filter(content_type__app_label=app, content_type__model=name)
    ordered: QuerySet[Page] = found.order_by("path")
    return ordered


def answers(user: User) -> bool:
    """Whether offers are this user's to answer: somebody who publishes pages of the portal."""
    if user.is_superuser:
        return True
    policy = PagePermissionPolicy()
    allowed = policy.instances_user_has_permission_for(user, "publish")
    return bool(allowed.filter(of_the_portal()).exists())


@transaction.atomic
def offer(page: Page, user: User, note: str) -> NewsOffer:
    """One open offer of a page at a time; what was taken over is not offered again."""
    if not may_be_offered(page, user):
        raise OfferError(_("Only published news of a unit can be offered to the province."))
    Page.objects.select_for_update().get(pk=page.pk)
    standing = NewsOffer.objects.filter(page=page).exclude(state=NewsOffer.State.DECLINED)
    if standing.exists():
        raise OfferError(_("This page has been offered already."))
    made = NewsOffer.objects.create(page_id=page.pk, offered_by=user, note=note)
    log(instance=page.specific, action=OFFERED, user=user)
    return made


@transaction.atomic
def take_over(pk: int, parent: Page, user: User) -> Page:
    """A draft in the chosen section, with its source; the editor looks at it and publishes."""
    found = _waiting(pk)
    if not targets(found.page, user).filter(pk=parent.pk).exists():
        raise OfferError(_("You may not publish in this section."))
    page = found.page.specific
    unit = unit_of(page)
    if unit is None or not page.live:
        raise OfferError(_("The unit has taken this page down."))
    _parent, make = _kinds[type(page)]
    copy = make(page, parent, unit, user)
    found.state, found.taken_as = NewsOffer.State.TAKEN, Page(pk=copy.pk)
    _decide(found, user)
    log(instance=page, action=TAKEN, user=user)
    return copy


@transaction.atomic
def decline(pk: int, user: User, reason: str) -> NewsOffer:
    """With a reason, which the unit's editors read."""
    if not answers(user):
        raise OfferError(_("You may not answer offers."))
    found = _waiting(pk)
    found.state, found.reason = NewsOffer.State.DECLINED, reason
    _decide(found, user)
    log(instance=found.page.specific, action=DECLINED, user=user)
    return found


def _waiting(pk: int) -> NewsOffer:
    found = NewsOffer.objects.select_for_update().filter(pk=pk).first()
    if found is None or found.state != NewsOffer.State.WAITING:
        raise OfferError(_("Somebody has answered this offer already."))
    return found


def _decide(found: NewsOffer, user: User) -> None:
    found.decided_by, found.decided_at = user, clock.now()
    found.save()


def visible_to(user: User) -> QuerySet[NewsOffer]:
    """All offers for who answers them; for a unit's editors those of pages that they may edit."""
    found = NewsOffer.objects.select_related("page__locale", "offered_by", "decided_by", "taken_as")
    if answers(user):
        return found
    own = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return found.filter(page__in=own.values("pk"))

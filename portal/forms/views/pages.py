"""One page of a form: show it, take it over, go on.

A POST ends in a redirect, one with mistakes too: what was typed is kept and shown by the page
itself, so that "back" and "refresh" never ask whether to send again.
"""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from portal.forms import cookies, services, validating
from portal.forms.errors import FullGroupError
from portal.forms.models import Draft, Means
from portal.forms.mount import Mount
from portal.forms.questionnaire import MOST_ITEMS, Group
from portal.forms.reading import title_of
from portal.forms.services import StalePageError
from portal.forms.step_form import StepForm
from portal.forms.views import groups
from portal.forms.views.common import ODD, draft_of, draw, go, go_on, walk_of
from portal.forms.walk import Spot, Walk

MOST_KEPT = 64 * 1024
SEEN, CHECKED = "lan", "da-xem"


def step(request: HttpRequest, mount: Mount, slug: str) -> HttpResponse:
    """A step: its page, or the list of its group."""
    return _open(request, mount, Spot(slug))


def item_page(request: HttpRequest, mount: Mount, slug: str, item: str, page: str) -> HttpResponse:
    """A page of one item of a group."""
    return _open(request, mount, Spot(slug, item, page))


def _open(request: HttpRequest, mount: Mount, spot: Spot) -> HttpResponse:
    draft = draft_of(request, mount)
    if not isinstance(draft, Draft):
        return draft
    walk = walk_of(draft)
    asked = walk.questionnaire.step(spot.step)
    if asked is None or (spot.item and not isinstance(asked, Group)):
        raise Http404
    found = walk.step(spot.step)
    if found is None or not walk.may_open(spot):
        return go_on(mount, draft, "chua-den")
    if isinstance(found, Group) and not spot.item:
        return groups.overview(request, mount, draft, walk, found)
    if walk.page(spot) is None or (isinstance(found, Group) and not groups.is_key(spot.item)):
        raise Http404
    if isinstance(found, Group) and (refusal := groups.refusal(walk, found, spot)):
        return go(mount.at(Spot(spot.step)), refusal)
    if request.method == "POST":
        return _save(request, mount, draft, walk, spot)
    return _answered(request, mount, draft, walk, spot)


def _answered(
    request: HttpRequest, mount: Mount, draft: Draft, walk: Walk, spot: Spot
) -> HttpResponse:
    """The page with its answers; straight after saving also with what does not seem to fit."""
    if request.GET.get("vi") == ODD and (form := validating.stored_form(walk, spot)).is_valid():
        return _show(request, mount, draft, walk, spot, form, warnings=form.warnings)
    return _show(request, mount, draft, walk, spot, _form(draft, walk, spot))


def _form(draft: Draft, walk: Walk, spot: Spot) -> StepForm:
    """What was typed and could not be taken over yet comes first, were it nothing at all."""
    typed = (draft.typed or {}).get(spot.key)
    if typed is not None:
        query = QueryDict(mutable=True)
        for name, values in typed.items():
            query.setlist(name, values)
        return validating.form_of(walk, spot, query)
    return validating.form_of(walk, spot)


def _show(
    request: HttpRequest,
    mount: Mount,
    draft: Draft,
    walk: Walk,
    spot: Spot,
    form: StepForm,
    **more: Any,
) -> HttpResponse:
    page, found = walk.page(spot), walk.step(spot.step)
    return draw(
        request,
        mount,
        "step",
        draft=draft,
        form=form,
        step=found,
        page_of_form=page,
        item_title=title_of(walk, found, spot.item) if isinstance(found, Group) else "",
        action=mount.at(spot),
        back=mount.at(before) if (before := walk.before(spot)) else None,
        seen=draft.pages.get(spot.key, 0),
        number=walk.number(spot),
        steps=[(one.slug, walk.is_step_done(one)) for one in walk.steps],
        standing=mount.form.standing(walk),
        assisted=draft.means == Means.PAPER,
        **more,
    )


def _save(request: HttpRequest, mount: Mount, draft: Draft, walk: Walk, spot: Spot) -> HttpResponse:
    form = validating.form_of(walk, spot, request.POST)
    if not form.is_valid():
        kept = _keep(draft, spot, form, request.POST)
        return go(mount.at(spot)) if kept else _show(request, mount, draft, walk, spot, form)
    found, before = walk.step(spot.step), walk.seen(spot)
    group = found if isinstance(found, Group) else None
    try:
        saved = services.save_page(
            draft.key,
            spot,
            form.values,
            seen=_seen(request),
            group=group.name if group else "",
            most=group.most if group else MOST_ITEMS,
        )
    except StalePageError:
        draft.refresh_from_db()
        return _show(request, mount, draft, walk_of(draft), spot, form, conflict=True)
    except FullGroupError:
        return go(mount.at(Spot(spot.step)), "day")
    walk = walk_of(saved)
    same = all(before.get(name) == value for name, value in form.values.items())
    if form.warnings and not (same and CHECKED in request.POST):
        return go(mount.at(spot), ODD)
    response = go(mount.at(walk.after(spot)))
    cookies.remember(response, saved, mount.url)
    return response


def _seen(request: HttpRequest) -> int:
    raw = request.POST.get(SEEN, "")
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 9 else 0


def _keep(draft: Draft, spot: Spot, form: StepForm, post: QueryDict) -> bool:
    """Keep what was typed into the questions, unless it is far more than a page can hold."""
    typed = {name: values for name, values in post.lists() if name in form.fields}
    if sum(len(value) for values in typed.values() for value in values) > MOST_KEPT:
        return False
    services.keep_typed(draft.key, spot, typed)
    return True

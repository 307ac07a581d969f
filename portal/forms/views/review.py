"""Look at everything once more, then send it, once."""

from __future__ import annotations

from django.db import IntegrityError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from portal.areas.kept_index import forget
from portal.areas.models import User
from portal.forms import cookies, reading, services, validating
from portal.forms.errors import ForeignPlaceError, IncompleteError
from portal.forms.models import Draft, Means
from portal.forms.mount import Mount
from portal.forms.questionnaire import Check, Page
from portal.forms.views.common import ODD, draft_of, draw, go, walk_of
from portal.forms.walk import Spot, Walk

LOGGED_OUT = _(
    "An officer began this form and alone can send it. Officers log in to the back office again, "
    "in another window, and then send here."
)


def review(request: HttpRequest, mount: Mount) -> HttpResponse:
    """All answers with a way back to each; the button sends."""
    draft = draft_of(request, mount)
    if not isinstance(draft, Draft):
        return draft
    if request.method == "POST":
        return _send(request, mount, draft)
    return _show(request, mount, draft)


def _show(request: HttpRequest, mount: Mount, draft: Draft, refusal: str = "") -> HttpResponse:
    walk = walk_of(draft)
    return draw(
        request,
        mount,
        "review",
        draft=draft,
        chapters=[
            (chapter, [(part, mount.at(part.spot)) for part in chapter.parts])
            for chapter in reading.chapters(walk)
        ],
        open_url=mount.at(first) if (first := walk.first_open) else None,
        warnings=_warnings(walk, mount),
        standing=mount.form.standing(walk),
        action=mount.to("khai/xem-lai/"),
        back=mount.at(Spot(walk.steps[-1].slug)),
        refusal=refusal,
        assisted=draft.means == Means.PAPER,
    )


def _send(request: HttpRequest, mount: Mount, draft: Draft) -> HttpResponse:
    if not mount.is_open:
        return go(mount.to("khai/xem-lai/"), "dong")
    user = request.user if isinstance(request.user, User) else None
    try:
        receipt = _submitted(draft, user)
    except (OperationalError, InterfaceError):
        return render(None, "forms/unclear.html", {"again": mount.to("khai/xem-lai/")}, status=503)
    except IncompleteError as error:
        return go(mount.to(f"khai/{error.page}/"), "thieu")
    except ForeignPlaceError as error:
        return _show(request, mount, draft, str(error if user else LOGGED_OUT))
    response = go(mount.to("bien-nhan/"))
    cookies.remember(response, receipt.submission, mount.url)
    return response


def _submitted(draft: Draft, user: User | None) -> services.Receipt:
    """Once more over a new connection when the answer was lost: the key is spent only once.

    Once more too when a place was taken out of the code lists meanwhile: it is looked up anew.
    """
    try:
        return services.submit(draft.key, by=user)
    except (OperationalError, InterfaceError):
        connection.close()
    except IntegrityError:
        forget()
    return services.submit(draft.key, by=user)


def _warnings(walk: Walk, mount: Mount) -> list[tuple[Check, str]]:
    """What does not seem to fit, with the page where it can be changed."""
    found: list[tuple[Check, str]] = []
    for spot in walk.spots:
        page = walk.page(spot)
        if isinstance(page, Page) and page.checks and walk.is_done(spot):
            form = validating.stored_form(walk, spot)
            if form.is_valid():
                found += [(check, f"{mount.at(spot)}?vi={ODD}") for check in form.warnings]
    return found

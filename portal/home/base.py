"""What every page type of the portal has in common."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Case, Func, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction

from portal.home import roots
from portal.home.slugs import VietnameseSlugField, VietnameseSlugInput, slugify_vi

VISITOR = "visitor"
HOME_DEPTH = 2


class _IsOpen(Func):
    """Compiled on every page several times: as text it costs a sixth of what a queryset does."""

    template = (
        "NOT EXISTS (SELECT 1 FROM wagtailcore_page top"
        " WHERE top.id IN (SELECT page_id FROM wagtailcore_pageviewrestriction)"
        " AND SUBSTR(%(expressions)s, 1, LENGTH(top.path)) = top.path)"
    )
    output_field = models.BooleanField()


def is_open() -> Q:
    """Condition: nobody has restricted the page or one above it."""
    return Q(_IsOpen("path"))


def is_surely_open() -> Combinable:
    """Column: open and no alias, so that Wagtail's own, longer question need not be asked."""
    return Case(
        When(is_open() & Q(alias_of=None), then=Value(True)),
        default=Value(False),
        output_field=models.BooleanField(),
    )


class PortalPageForm(WagtailAdminPageForm):
    """Folds the slug; an empty one is made on the server from the page's own rule."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        old = self.fields.get("slug")
        if old is not None:
            self.fields["slug"] = VietnameseSlugField(
                label=old.label,
                help_text=old.help_text,
                required=False,
                max_length=255,
                widget=old.widget,
            )


class BasePage(Page):
    """A page of the portal: Vietnamese-proof address, dated, with the portal's template rules."""

    base_form_class = PortalPageForm
    known_open: bool = False

    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(
            [
                FieldPanel("slug", widget=VietnameseSlugInput),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
            ],
            _("For search engines"),
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], _("For site menus")),
    ]

    class Meta:
        abstract = True

    @property
    def in_short(self) -> str:
        """What search engines and previews say of the page: the editor's words, else its lead."""
        words = ("search_description", "lead", "abstract", "introduction")
        found = (strip_tags(str(getattr(self, name, "") or "")) for name in words)
        return Truncator(next((text for text in found if text), "")).chars(300)

    @property
    def updated_on(self) -> datetime | None:
        """When the shown text last changed."""
        changed: datetime | None = self.last_published_at or self.latest_revision_created_at
        return changed

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        """Nothing to ask when the route has already seen that the page is open."""
        if self.known_open:
            nothing: QuerySet[PageViewRestriction] = PageViewRestriction.objects.none()
            return nothing
        restrictions: QuerySet[PageViewRestriction] = super().get_view_restrictions()
        return restrictions

    def _get_site_root_paths(self, cache_object: Any = None, **kwargs: Any) -> Any:
        known = roots.known()
        return super()._get_site_root_paths(cache_object, **kwargs) if known is None else known

    def publish(self, *args: Any, **kwargs: Any) -> None:
        """As Wagtail does it, but all or nothing.

        Wagtail forgets the hour of a scheduled revision before it saves the page: a process killed
        between the two would leave a page that never goes live.
        """
        with transaction.atomic():
            super().publish(*args, **kwargs)

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        """The draft as it will look, and what somebody without an account gets of it."""
        return [*super().preview_modes, (VISITOR, _("As a visitor without an account"))]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """In the frame of the place where the page stands; closed to a visitor where it is."""
        return previewed(
            self, request, mode_name, partial(super().serve_preview, request, mode_name)
        )

    def way(self) -> list[Page]:
        """The pages between the home page and this one; a new page knows its parent alone."""
        parent = self.get_parent() if self.path else getattr(self, "_cached_parent_obj", None)
        if parent is None:
            return []
        above = parent.get_ancestors(inclusive=True).filter(depth__gt=HOME_DEPTH)
        return [*above, self] if self.depth is None or self.depth > HOME_DEPTH else []

    def slug_source(self) -> str:
        """The text that the address is made of when the editor gives none."""
        return str(self.title)

    def _set_core_field_defaults(self) -> None:
        # Wagtail calls this wherever a missing slug is filled in; its own rule loses the đ.
        slug = str(getattr(self, "slug", "") or "")
        if not slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            base = slugify_vi(self.slug_source())
            if base:
                self.slug = self._get_autogenerated_slug(base)
        super()._set_core_field_defaults()

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        """One entry with the date of the last change."""
        return [{"location": self.get_full_url(request), "lastmod": self.updated_on}]


class RoutableMixin(RoutablePageMixin):
    """Wagtail's, whose preview would pass the portal's own by."""

    def serve_preview(self, request: HttpRequest, mode_name: str) -> Any:
        """As of every page."""
        return previewed(
            self, request, mode_name, partial(super().serve_preview, request, mode_name)
        )


def previewed(page: Any, request: HttpRequest, mode_name: str, shown: Callable[[], Any]) -> Any:
    """What `shown()` gives, in the place of the page; what a visitor gets, in that mode."""
    from wagtail.wagtail_hooks import check_view_restrictions

    request.portal_crumbs = page.way()  # type: ignore[attr-defined]
    if mode_name == VISITOR:
        request.user = AnonymousUser()
        request.COOKIES.clear()
    if mode_name == VISITOR and page.pk:
        return check_view_restrictions(lambda *_args: shown())(page, request, (), {})
    return shown()


class OwnedPage(BasePage):
    """A page that says who answers for it and when it will be looked at again."""

    owner_name = models.CharField(_("responsible agency"), max_length=200, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        abstract = True


def upkeep_panel() -> Panel:
    """Who answers for a page and when it is looked at again, at the end of every editor."""
    return MultiFieldPanel([FieldPanel("owner_name"), FieldPanel("review_on")], _("Upkeep"))

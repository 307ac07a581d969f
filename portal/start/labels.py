"""Names that Django and Wagtail make out of code, so that no catalogue reaches them.

Vietnamese nouns have no plural, but Django makes one by an English “s” (“văn bảns”); Wagtail's
list of sites, its languages and a form of its workflows are named after variables.
"""

from __future__ import annotations

from django.apps import apps
from django.utils.translation import gettext_lazy

ROOMS = ("portal.", "search.")


def name_plurals() -> None:
    """Models of the portal's rooms that give no plural are called by their one name."""
    for model in apps.get_models():
        given = getattr(model._meta, "original_attrs", {})
        if model.__module__.startswith(ROOMS) and "verbose_name_plural" not in given:
            model._meta.verbose_name_plural = model._meta.verbose_name


def name_columns() -> None:
    """The labels that Wagtail derives from names, as texts that `locale/packages` translates.

    They are texts of a package and come by variables, so that `make messages` does not take them
    for the portal's own.
    """
    from wagtail.admin.forms.auth import LoginForm
    from wagtail.admin.forms.workflows import WorkflowPageForm
    from wagtail.models import Locale
    from wagtail.sites.views import IndexView
    from wagtail.users.forms import PagePermissionsForm

    for column in IndexView.columns:
        if isinstance(column.label, str):
            column.label = gettext_lazy(column.label)
    for form, name in (
        (LoginForm, "password"),
        (WorkflowPageForm, "page"),
        (PagePermissionsForm, "page"),
    ):
        form.base_fields[name].label = gettext_lazy(name.capitalize())
    name = "locale"
    Locale._meta.verbose_name = Locale._meta.verbose_name_plural = gettext_lazy(name)

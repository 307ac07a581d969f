"""The page that mounts the household's declaration, and an open round; made where missing."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from benchmarks.declared import HOUSE
from benchmarks.drafts import communes, open_round
from portal.forms import registry
from portal.forms.questionnaire import Page
from portal.home.models import FormPage, HomePage
from portal.registration.declarations import FORM


def mounted() -> dict[str, Any]:
    """Its address, a commune to declare from, and what the measured step must ask."""
    open_round()
    page = FormPage.objects.live().filter(form=FORM).first() or _made()
    step = registry.get(FORM).current.step(HOUSE)
    fields = step.fields if isinstance(step, Page) else ()
    with translation.override("vi"):
        asked = [str(field.label) for field in fields]
        asked += [str(choice.label) for field in fields for choice in field.choices]
        return {"url": page.get_url(), "commune": str(communes(1)[0]), "asked": asked}


def _made() -> FormPage:
    home = HomePage.objects.filter(locale__language_code="vi").first()
    if home is None:
        raise HomePage.DoesNotExist
    page = FormPage(title="Rà soát hộ nghèo", slug="ra-soat-ho-ngheo", form=FORM)
    home.add_child(instance=page)
    page.save_revision().publish()
    return page

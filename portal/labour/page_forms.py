"""The editor's form of a campaign: figures that agree with each other."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.home.base import PortalPageForm


class CampaignForm(PortalPageForm):
    """Refuses a unit that stands twice, and parts that are more than the whole."""

    def clean(self) -> dict[str, Any]:
        """The figures of the units beside those of the campaign."""
        data: dict[str, Any] = super().clean()
        rows = self._rows()
        units = [row["unit"] for row in rows if row.get("unit")]
        if len(set(units)) < len(units):
            self.add_error(None, _("A unit stands twice in the figures."))
        for name in ("target", "collected"):
            parts = sum(row.get(name) or 0 for row in rows)
            if data.get(name) is not None and parts > data[name]:
                self.add_error(name, _("The units together have more than the whole."))
        return data

    def _rows(self) -> list[dict[str, Any]]:
        formset = self.formsets.get("figures")
        if formset is None or not formset.is_valid():
            return []
        return [row for row in formset.cleaned_data if row and not row.get("DELETE")]

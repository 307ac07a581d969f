"""Forms of the back office; every choice is limited to what the user may touch."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import PurePath
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from portal.areas.models import User
from portal.areas.queries import scope_of, units_of_province
from portal.home.slugs import slugify_vi
from portal.jobs import clock
from portal.news.models import OfficialDocumentPage
from portal.registration import window
from portal.registration.errors import RegistrationError
from portal.registration.models import PublishedList
from portal.tables.scan import LARGEST_FILE

ENDINGS = (".xlsx", ".csv")
RECENT = timedelta(days=400)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ListForm(forms.ModelForm[PublishedList]):
    """A new list, issued by the province or by a commune of the user's."""

    class Meta:
        model = PublishedList
        fields = ("title", "unit", "official_document", "search_only")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scope = scope_of(user)
        units = units_of_province(settings.PROVINCE_CODE, clock.today())
        field = self.fields["unit"]
        if not scope.everything:
            units = units.filter(pk__in=scope.unit_ids)
            field.required = True
        field.queryset = units  # type: ignore[attr-defined]
        field.empty_label = _("The province") if scope.everything else None  # type: ignore[attr-defined]
        document = self.fields["official_document"]
        document.queryset = OfficialDocumentPage.objects.live().filter(  # type: ignore[attr-defined]
            first_published_at__gte=clock.now() - RECENT
        )

    def slug(self) -> str:
        """An address out of the title, with a number when it is taken."""
        base = slugify_vi(self.cleaned_data["title"])[:110] or "danh-sach"
        taken = set(
            PublishedList.objects.filter(slug__startswith=base).values_list("slug", flat=True)
        )
        numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
        return next(slug for slug in (base, *numbered) if slug not in taken)


class UploadForm(forms.Form):
    """A workbook or a CSV file."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("File (XLSX or CSV)"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The ending and the size; what is inside is looked at by the reader of tables."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if PurePath(upload.name or "").suffix.lower() not in ENDINGS:
            raise forms.ValidationError(_("Only XLSX and CSV files can be read."))
        if (upload.size or 0) > LARGEST_FILE:
            most = LARGEST_FILE // (1024 * 1024)
            raise forms.ValidationError(_("The file is larger than %s MB.") % most)
        return upload


class WindowForm(forms.Form):
    """First and last day, both included."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    first = forms.DateField(label=_("First day"), widget=DayInput)
    last = forms.DateField(
        label=_("Last day"),
        widget=DayInput,
        help_text=_("Included. The names are taken down at midnight after this day."),
    )

    def clean(self) -> dict[str, Any]:
        """The services' own rule, shown at the form."""
        days = self.cleaned_data
        if isinstance(days.get("first"), date) and isinstance(days.get("last"), date):
            try:
                window.checked(days["first"], days["last"])
            except RegistrationError as error:
                raise forms.ValidationError(str(error)) from error
        return days


class WithdrawForm(forms.Form):
    """Why the names are taken down before the window ends."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class VersionForm(forms.Form):
    """A button that belongs to the state that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)

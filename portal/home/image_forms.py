"""The form of a picture: what it shows must be said, for those who do not see it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from portal.home.positions import without_position

BROKEN = _("The picture is damaged: its file breaks off. Please send it once more.")


class PortalImageField(WagtailImageField):
    """Wagtail's field; a file that breaks off inside its header is refused, too."""

    def check_image_pixel_size(self, f: Any) -> None:
        try:
            super().check_image_pixel_size(f)
        except (OSError, ValueError):  # Pillow cannot even read the size
            raise ValidationError(BROKEN, code="broken_image") from None


class PortalImageForm(BaseImageForm):
    """Wagtail's form, with the description required."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if (file := self.fields.get("file")) is not None:
            self.fields["file"] = PortalImageField(
                label=file.label,
                required=file.required,
                max_length=file.max_length,
                widget=file.widget,
            )
        field = self.fields.get("description")
        if field is not None:
            field.required = True
            field.help_text = _("What the picture shows, in one sentence: screen readers say it.")

    def clean_file(self) -> Any:
        """A file that breaks off cannot be freed of its position, and shows half a picture."""
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            try:
                without_position(file)
            except OSError:
                raise ValidationError(BROKEN, code="broken_image") from None
        return file

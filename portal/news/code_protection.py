"""What documents use is not deleted; the editor reads how many use it."""

from __future__ import annotations

from django.utils.translation import ngettext

from portal.areas.backoffice import ReasonedDeleteView


class InUseDeleteView(ReasonedDeleteView):
    """Asks the database before it asks the editor."""

    def reason(self) -> str:
        """How many documents stand against it."""
        uses = self.instance.officialdocumentpage_set.count()
        if not uses:
            return ""
        sentence = ngettext(
            "“%(entry)s” cannot be deleted: %(count)s document uses it.",
            "“%(entry)s” cannot be deleted: %(count)s documents use it.",
            uses,
        )
        return sentence % {"entry": self.instance, "count": uses}

"""What an answer says of itself, in words."""

from __future__ import annotations

from django.conf import settings
from django.utils.formats import date_format, number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from search import contract
from search.contract import Reason, SearchResult
from search.datewords import DateOffer
from search.places import Place
from search.queries import Asked, deepest_page

MOST_UNITS = 15
SHOWN = 80


def of_result(result: SearchResult) -> str:
    """Why an answer is limited."""
    sentences = {
        Reason.ENGINE_DOWN: _("Search is limited right now. Please try again in a few minutes."),
        Reason.LIST_TOO_SHORT: _(
            "To find a person on a published list, type at least two words of the name, "
            "or one word of it and the commune."
        ),
        Reason.LIST_LIMIT: _list_limit(result),
        Reason.TOO_LONG: _("The query was too long; only its beginning was searched."),
    }
    return sentences[result.reason] if result.reason else ""


def _list_limit(result: SearchResult) -> str:
    if result.facets.get("kind", {}).get(contract.LIST_ENTRY, 0) > contract.LIST_ENTRY_HITS:
        return _(
            "More than %(most)s list entries fit. Type the full name or choose the commune."
        ) % {"most": contract.LIST_ENTRY_HITS}
    return _(
        "From your network address %(most)s households on lists were opened within ten minutes. "
        "Households are left out until then; everything else is found."
    ) % {"most": settings.SEARCH_LIST_ENTRIES}


def of_total(result: SearchResult, text: str) -> str:
    """How many fit; numbers beyond a thousand are written as people write them."""
    sentence = ngettext(
        "%(count)s result for “%(text)s”", "%(count)s results for “%(text)s”", result.total
    )
    return sentence % {"count": _number(result.total), "text": Truncator(text).chars(SHOWN)}


def _number(value: int) -> str:
    return str(number_format(value, force_grouping=True))


def of_depth(result: SearchResult, asked: Asked, pages: int) -> str:
    """Said on the last page that is served, and to who asked for a page beyond it."""
    if pages and pages == deepest_page() and asked.page >= pages:
        return _(
            "Only the first %(most)s results are shown. Add a word or choose a filter to find more."
        ) % {"most": _number(contract.DEEPEST_HIT)}
    if pages and asked.page > pages:
        return _("There are only %(pages)s pages; this is the last one.") % {"pages": pages}
    return ""


def of_place(place: Place) -> str:
    """Under which of today's names an older place was searched too."""
    values = {"old": place.name, "units": _units(place)}
    return _("%(old)s is now %(units)s; these were searched too.") % values


def of_choice(place: Place) -> str:
    """One of the places that may be meant, with where it lay and what it is now."""
    if place.current:
        return _("%(unit)s of today") % {"unit": place.name}
    old = ", ".join(part for part in (place.name, place.within) if part)
    return _("%(old)s before 1/7/2025, now %(units)s") % {"old": old, "units": _units(place)}


def _units(place: Place) -> str:
    shown, more = place.today[:MOST_UNITS], len(place.today) - MOST_UNITS
    listed = ", ".join(shown)
    if more <= 0:
        return listed
    return _("%(units)s and %(more)s more") % {"units": listed, "more": more}


def of_offer(offer: DateOffer) -> str:
    """What a date in the query may narrow the answer to."""
    since, until = (date_format(day, "DATE_FORMAT") for day in (offer.since, offer.until))
    if since == until:
        return _("Only what is dated %(day)s") % {"day": since}
    return _("Only what is dated from %(since)s to %(until)s") % {"since": since, "until": until}


def of_days(unread: list[str]) -> str:
    """Days that cannot be read are named, and not used."""
    if not unread:
        return ""
    return _("“%(text)s” is not a date; write it as 23/9/2024.") % {"text": unread[0]}

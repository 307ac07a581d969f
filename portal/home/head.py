"""What a page says of itself in its head: address, languages, preview, structured data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from portal.home.context import Frame

PICTURE = "portal/img/share.png"
_UNSAFE = {ord(letter): f"\\u{ord(letter):04x}" for letter in "<>&\u2028\u2029"}
SCHEMA = "https://schema.org"


def data_block(data: dict[str, Any]) -> SafeString:
    """JSON-LD for search engines; no letter of a title can end the block.

    A block of data is no script: the content policy lets it stand and nothing runs it.
    """
    text = json.dumps({"@context": SCHEMA, **data}, ensure_ascii=False).translate(_UNSAFE)
    safe = mark_safe(text)  # noqa: S308  # nosec B308 B703
    return format_html('<script type="application/ld+json">{}</script>', safe)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in another language, as search engines want it named."""

    code: str
    url: str


@dataclass(frozen=True)
class Head:
    """The head of one request's page."""

    frame: Frame

    @property
    def origin(self) -> str:
        """Scheme and host of the site, whatever host was asked."""
        site = self.frame.tree.site
        return str(site.root_url) if site else self.frame.request.build_absolute_uri("/")[:-1]

    @property
    def address(self) -> str:
        """The one address of the page."""
        return self.origin + self.frame.request.path

    @property
    def picture(self) -> str:
        """The preview of pages without a picture of their own."""
        return self.origin + static(PICTURE)

    @property
    def alternates(self) -> list[Alternate]:
        """This page in every language it has, itself among them; none where it has only one."""
        others = [each for each in self.frame.languages if each["own"] or each["current"]]
        if len(others) < 2:
            return []
        found = [Alternate(each["code"], self._absolute(each)) for each in others]
        return [*found, *(Alternate("x-default", one.url) for one in found if one.code == "vi")]

    def _absolute(self, language: dict[str, Any]) -> str:
        return self.address if language["current"] else self.origin + str(language["url"])

    @property
    def breadcrumbs(self) -> SafeString | str:
        """The way to this page; nothing on the home page."""
        crumbs = self.frame.crumbs
        if len(crumbs) < 2:
            return ""
        items = [
            {
                "@type": "ListItem",
                "position": place,
                "name": crumb["title"],
                "item": self.origin + crumb["url"],
            }
            for place, crumb in enumerate(crumbs, start=1)
        ]
        return data_block({"@type": "BreadcrumbList", "itemListElement": items})

    @property
    def organisation(self) -> SafeString | str:
        """Whose portal this is, out of the imprint."""
        home = self.frame.home
        if home is None:
            return ""
        known = {
            "name": home.portal_name or home.title,
            "parentOrganization": home.agency
            and {"@type": "GovernmentOrganization", "name": home.agency},
            "address": home.address,
            "telephone": home.telephone,
            "email": home.email,
        }
        return data_block(
            {
                "@type": "GovernmentOrganization",
                "url": self.address,
                "logo": self.picture,
                **{name: value for name, value in known.items() if value},
            }
        )

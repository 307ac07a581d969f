"""What machines read of an article or a document: JSON-LD, and the tags of a shared link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from portal.home.head import data_block
from portal.home.models import PortalImage
from portal.home.tree import tree_of

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage
    from portal.news.documents import OfficialDocumentPage

CONTEXT = "https://schema.org"
PICTURE = "width-1200|format-webp"
OFFICES = ("Ban ", "Phòng ", "Sở ", "UBND ", "Văn phòng ", "Cổng ", "Báo ")
FORCES = {
    "con": "InForce",
    "mot-phan": "PartiallyInForce",
    "chua": "NotInForce",
    "het": "NotInForce",
    "xong": "NotInForce",
}


def for_article(request: HttpRequest, page: ArticlePage) -> dict[str, Any]:
    """`json_ld` and `shared` of an article."""
    picture = _picture(request, page.image)
    data = {
        "@type": "NewsArticle",
        "headline": page.title[:110],
        "description": page.lead,
        "datePublished": localtime(page.published_at).isoformat(),
        "dateModified": localtime(page.updated_on).isoformat() if page.updated_on else None,
        "image": [picture["url"]] if picture else None,
        "author": _author(page),
        "publisher": _publisher(request),
        "mainEntityOfPage": _address(request, page),
        "inLanguage": "vi",
    }
    shared = {"type": "article", "description": page.lead, "published": page.published_at}
    return {
        "json_ld": _script(data),
        "shared": shared | {"picture": picture, "url": data["mainEntityOfPage"]},
    }


def for_document(request: HttpRequest, page: OfficialDocumentPage) -> dict[str, Any]:
    """`json_ld` and `shared` of an official document."""
    address = _address(request, page)
    name = ": ".join(part for part in (page.number_text, page.title) if part)
    data = {
        "@type": "Legislation",
        "name": name,
        "legislationIdentifier": page.number_text,
        "legislationType": page.type.label_vi if page.type else None,
        "legislationDate": _day(page.issued_on),
        "temporalCoverage": _span(page),
        "legislationLegalForce": f"{CONTEXT}/{FORCES[page.state]}",
        "legislationPassedBy": {"@type": "GovernmentOrganization", "name": page.issuer.name},
        "abstract": page.abstract,
        "url": address,
        "inLanguage": "vi",
    }
    shared = {"type": "article", "description": page.abstract, "title": name, "url": address}
    return {"json_ld": _script(data), "shared": shared}


def _script(data: dict[str, Any]) -> SafeString:
    """A block of data; what is unknown is left out."""
    return data_block({name: value for name, value in data.items() if value})


def _author(page: ArticlePage) -> list[dict[str, str]] | None:
    if page.authors:
        return [{"@type": _kind(name), "name": name} for name in page.authors]
    return [{"@type": "Organization", "name": page.source}] if page.source else None


def _kind(name: str) -> str:
    return "Organization" if name.startswith(OFFICES) else "Person"


def _publisher(request: HttpRequest) -> dict[str, str] | None:
    home = tree_of(request).home
    name = (home.agency or home.portal_name or home.title) if home else ""
    return {"@type": "GovernmentOrganization", "name": name} if name else None


def _picture(request: HttpRequest, image: PortalImage | None) -> dict[str, Any] | None:
    """The lead picture as the page itself shows it: nothing is drawn for machines alone."""
    if image is None:
        return None
    made = image.get_rendition(PICTURE)
    return {
        "url": request.build_absolute_uri(made.url),
        "width": made.width,
        "height": made.height,
        "alt": image.description,
    }


def _address(request: HttpRequest, page: Any) -> str:
    return request.build_absolute_uri(page.get_url(request) or "/")


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def _span(page: OfficialDocumentPage) -> str | None:
    """`2024-09-23/..`: from the first day of effect, as ISO 8601 writes open ends."""
    start = page.effective_on or page.issued_on
    return f"{start.isoformat()}/{_day(page.expires_on) or '..'}" if start else None

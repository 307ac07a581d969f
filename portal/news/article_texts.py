"""An article's text as it is shown, counted and signed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.news import mentions, sharing, webdata

if TYPE_CHECKING:
    from portal.news.articles import ArticlePage

# A correction within the hour is part of publishing.
SAME = timedelta(hours=1)
PARAGRAPH = "paragraph"
_BETWEEN = re.compile(r"\s*(?:,|;|–|—| - | và )\s*")
_ROLE = re.compile(r"^\s*(?:tin|bài|ảnh|thực hiện|video|và|,|;|\s)+:\s*", re.IGNORECASE)


def shown(request: HttpRequest, page: ArticlePage, around: dict[str, Any]) -> dict[str, Any]:
    """Text with its links, views, date of the last change, ways to share, data for machines."""
    blocks = [(block.block_type, _rendered(request, page, block)) for block in page.body]
    named = mentions.numbers_in("\n".join(html for kind, html in blocks if kind == PARAGRAPH))
    chosen, known = mentions.documents_of(page, named)
    return {
        **around,
        **webdata.for_article(request, page),
        "body": [
            mentions.linked(html, known, chosen) if kind == PARAGRAPH else SafeString(html)  # nosec B703
            for kind, html in blocks
        ],
        "documents": chosen,
        "updated": updated(page),
        "share": sharing.links(request, page),
        "tags_base": tags_base(request, page),
    }


def _rendered(request: HttpRequest, page: ArticlePage, block: Any) -> str:
    return str(block.render({"request": request, "page": page}))


def tags_base(request: HttpRequest, page: ArticlePage) -> str:
    """Where the pages of tags stand: below the news that the article belongs to."""
    address = page.get_url(request) or "/"
    return f"{address.rstrip('/').rsplit('/', 2)[0]}/the/"


def updated(page: ArticlePage) -> Any:
    """When the published text was changed for the last time; `None` when it never was."""
    changed = page.last_published_at
    begun = max(filter(None, (page.published_at, page.first_published_at)), default=None)
    return changed if changed and begun and changed - begun > SAME else None


def count_words(page: ArticlePage) -> int:
    """The words of lead and text; Vietnamese counts syllables, which blanks part."""
    parts = page.body.stream_block.get_searchable_content(page.body) if page.body else []
    text = " ".join([page.lead, *(strip_tags(str(part)) for part in parts)])
    return len(re.findall(r"\w+", text))


def authors_in(byline: str) -> list[str]:
    """The names of a byline, without what each did."""
    parts = _BETWEEN.split(_ROLE.sub("", byline).strip())
    names = (_ROLE.sub("", part).strip() for part in parts)
    return list(dict.fromkeys(filter(None, names)))


def signature(byline: str, source: str) -> str:
    """What stands below the text: who wrote it, or whom it was taken from."""
    source = re.sub(r"^theo\s+", "", source.strip(), flags=re.IGNORECASE)
    parts = [byline.strip(), _("According to %(source)s") % {"source": source} if source else ""]
    return " · ".join(filter(None, parts))

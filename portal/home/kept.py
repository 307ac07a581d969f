"""A page as the cache keeps it: as it is, packed, and with the mark a browser knows it again by."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from portal.home.visits import PAGE_HEADER

# What the count of views looks at, also when a page is not sent again.
COUNTED = {"Content-Type", PAGE_HEADER}
_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
# A browser asks each time whether its page is still the one: a withdrawn list stays nowhere.
_ASK_AGAIN = {"Cache-Control": "no-cache", "Vary": "Accept-Encoding, Cookie"}


@dataclass(frozen=True, slots=True)
class KeptPage:
    """`packed` is made once, when the page is; `mark` is its ETag, the same for both forms."""

    content: bytes
    packed: bytes
    headers: dict[str, str]
    mark: str

    @classmethod
    def of(cls, response: HttpResponse) -> KeptPage:
        """What a new page leaves."""
        content = response.content
        mark = f'W/"{hashlib.sha256(content).hexdigest()[:24]}"'
        headers = dict(response.items()) | _ASK_AGAIN | {"ETag": mark}
        headers.pop("Content-Length", None)  # that of the page unpacked
        return cls(content, gzip.compress(content, mtime=0), headers, mark)

    def answer(self, request: HttpRequest, word: str) -> HttpResponseBase:
        """The page, or that the reader has it already; `word` says whether it was kept."""
        packed = _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) is not None
        response = HttpResponse(self.packed if packed else self.content, headers=self.headers)
        response["Content-Length"] = str(len(response.content))
        if packed:
            response["Content-Encoding"] = "gzip"
        answer = get_conditional_response(request, etag=self.mark, response=response) or response
        for name in COUNTED & self.headers.keys():
            answer.headers.setdefault(name, self.headers[name])
        answer["X-Cache"] = word
        return answer

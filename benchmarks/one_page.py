"""`python -m benchmarks.one_page TITLE`: each page measured, its words, queries and bytes.

Runs under the settings of the environment, so that the portal and its peer are asked alike.
"""

from __future__ import annotations

import gzip
import json
import sys
from typing import Any
from urllib.parse import urlsplit

import django

from benchmarks.visible import words

FIXED = {"home": "/", "list": "/van-ban/"}
# The first visit makes pictures, which is a change; the second one reads what pages share.
VISITS = 2


def main(title: str) -> None:
    """Print path, words, queries of a later visit and packed bytes of each page as JSON."""
    django.setup()
    from wagtail.models import Page

    article = urlsplit(Page.objects.get(title=title).get_url()).path
    print(json.dumps({page: _asked(path) for page, path in {"article": article, **FIXED}.items()}))


def _asked(path: str) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"host": "localhost", "user-agent": "Mozilla/5.0"})
    for _visit in range(VISITS):
        client.get(path)
    with CaptureQueriesContext(connection) as spent:
        body = client.get(path).content
    content, shown = words(body.decode())
    packed = len(gzip.compress(body))
    found = {"path": path, "content": content, "words": len(shown)}
    return {**found, "queries": len(spent), "bytes": packed}


if __name__ == "__main__":
    main(sys.argv[1])

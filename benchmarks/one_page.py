"""`python -m benchmarks.one_page TITLE`: where a page is, its words, its second visit's queries.

Runs under the settings of the environment, so that the portal and its peer are asked alike.
"""

from __future__ import annotations

import json
import sys
from urllib.parse import urlsplit

import django

from benchmarks.visible import words


def main(title: str) -> None:
    """Print path, words and number of queries as JSON."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from wagtail.models import Page

    path = urlsplit(Page.objects.get(title=title).get_url()).path
    client = Client(headers={"host": "localhost", "user-agent": "Mozilla/5.0"})
    client.get(path)
    with CaptureQueriesContext(connection) as spent:
        page = client.get(path)
    content, shown = words(page.content.decode())
    found = {"path": path, "content": content, "words": len(shown), "queries": len(spent)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])

"""Handing a page on: plain addresses, no script of another host."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest

FACEBOOK = "https://www.facebook.com/sharer/sharer.php"
ZALO = "https://button-share.zalo.me/share_external"


def links(request: HttpRequest, page: Any) -> dict[str, str]:
    """The page's own address, and those by which two networks take it."""
    address = request.build_absolute_uri(page.get_url(request) or "/")
    told = b64encode(json.dumps({"url": address}).encode()).decode()
    return {
        "address": address,
        "facebook": f"{FACEBOOK}?{urlencode({'u': address})}",
        "zalo": f"{ZALO}?{urlencode({'layout': 1, 'url': address, 'd': told})}",
    }

"""What a person has in hand: a browser that keeps cookies to their path, and eyes."""

from __future__ import annotations

from html import unescape
from typing import Any

from django.test import Client
from django.utils.html import strip_tags

COOKIE = "to-khai"


class Browser(Client):
    """Sends a cookie to its own path alone; Django's client sends every one everywhere."""

    def _base_environ(self, **request: Any) -> dict[str, Any]:
        environ: dict[str, Any] = super()._base_environ(**request)
        path = str(request.get("PATH_INFO", "/"))
        sent = [one for one in self.cookies.values() if path.startswith(one["path"] or "/")]
        environ["HTTP_COOKIE"] = "; ".join(f"{one.key}={one.coded_value}" for one in sent)
        return environ


def words(response: Any) -> str:
    """The page as it is read, in single blanks."""
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def location(response: Any) -> str:
    """Where a redirect leads."""
    assert response.status_code == 302, response.status_code
    return str(response.headers["Location"])


def post_raw(client: Client, path: str, pairs: list[tuple[str, str]]) -> Any:
    """A POST as browsers encode it, names may repeat."""
    from urllib.parse import urlencode

    kind = "application/x-www-form-urlencoded"
    return client.post(path, urlencode(pairs), content_type=kind)

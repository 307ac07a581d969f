"""A browser without a screen: keeps cookies, counts every byte that comes, fills in forms."""

from __future__ import annotations

import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from benchmarks.web import HEADERS, WrongPageError, clear

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
FILES = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"')
FORM = "application/x-www-form-urlencoded"
REDIRECT = 302

Typed = Mapping[str, str | list[str]]


@dataclass
class Page:
    """What was answered at last: where it is and its text."""

    path: str
    text: str
    bytes: int


@dataclass
class Visitor:
    """One person on one device; files are fetched once, as a browser keeps them."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    bodies: int = 0
    headers: int = 0
    files: set[str] = field(default_factory=set)

    def get(self, path: str) -> Page:
        """A page with the files that it names, redirects followed."""
        page = self._ask("GET", path, None)
        for file in FILES.findall(page.text):
            if file not in self.files:
                self.files.add(file)
                self._ask("GET", file, None)
        return page

    def send(self, page: Page, typed: Typed) -> str:
        """Send the form of a page with what was typed; where the answer leads."""
        return self._ask("POST", page.path, self.body(page, typed)).path

    def body(self, page: Page, typed: Typed) -> bytes:
        """What the browser sends: hidden inputs, the token, what was typed."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(page.text)}
        token = TOKEN.search(page.text)
        if token is None:
            raise WrongPageError(f"{page.path}: no form on the page")
        values = {**hidden, "csrfmiddlewaretoken": token[1], **typed}
        return urlencode(values, doseq=True).encode()

    def sent_headers(self) -> dict[str, str]:
        """The headers of this person's requests."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        more = {"Accept-Encoding": "gzip", "Content-Type": FORM}
        return more | ({"Cookie": cookie} if cookie else {})

    def _ask(self, method: str, path: str, body: bytes | None) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, {**HEADERS, **self.sent_headers()})
        answer = connection.getresponse()
        raw = answer.read()
        connection.close()
        self._count(answer, raw)
        if answer.status == REDIRECT:
            leads = urlsplit(urljoin(path, answer.getheader("Location") or ""))
            target = f"{leads.path}?{leads.query}" if leads.query else leads.path
            return Page(target, "", 0) if method == "POST" else self._ask("GET", target, None)
        if answer.status != 200 or method == "POST":
            raise WrongPageError(f"{method} {path}: {answer.status}")
        text = clear(answer, raw).decode()
        return Page(path, text, len(raw))

    def _count(self, answer: http.client.HTTPResponse, raw: bytes) -> None:
        lines = [f"{name}: {value}\r\n" for name, value in answer.getheaders()]
        self.headers += len(f"HTTP/1.1 {answer.status} {answer.reason}\r\n") + 2
        self.headers += sum(map(len, lines))
        self.bodies += len(raw)
        for text in answer.headers.get_all("Set-Cookie") or []:
            self.cookies |= {name: one.value for name, one in SimpleCookie(text).items()}

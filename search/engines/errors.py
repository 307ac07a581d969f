"""What an engine may raise beside `EngineDownError`."""

from __future__ import annotations

from search.contract import SearchEntry


class EngineRejectedError(Exception):
    """The engine took the connection but refused an item; the message names it."""

    def __init__(self, kind: str, key: str, reason: str) -> None:
        super().__init__(f"{kind}:{key}: {reason}")
        self.kind, self.key, self.reason = kind, key, reason


def refuse_broken(entry: SearchEntry) -> None:
    """Refuse a text with half a letter (a lone surrogate): no answer with it could be sent."""
    texts = (entry.title, entry.number or "", entry.summary, entry.body, entry.unsure, entry.url)
    try:
        for text in (*texts, *(page.text for page in entry.pages), *entry.meta.values()):
            text.encode()
    except UnicodeEncodeError as error:
        raise EngineRejectedError(entry.kind, entry.key, str(error)[-120:]) from error

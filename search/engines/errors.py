"""What an engine may raise beside `EngineDownError`."""

from __future__ import annotations


class EngineRejectedError(Exception):
    """The engine took the connection but refused an item; the message names it."""

    def __init__(self, kind: str, key: str, reason: str) -> None:
        super().__init__(f"{kind}:{key}: {reason}")
        self.kind, self.key, self.reason = kind, key, reason

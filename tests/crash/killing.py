"""Functions run in a forked process of their own, which may die of kill -9 on the way."""

from __future__ import annotations

import json
import os
import signal
import traceback
from collections.abc import Callable
from typing import Any

from django.db import connection, connections

WRITES = ("INSERT", "UPDATE", "DELETE")


class Killed(Exception):  # noqa: N818
    """The process was killed; its last words say where."""


class Killer:
    """Kills its own process at the given point: before a write, before or behind a commit.

    Points are counted from 1; a text means the first point that speaks of it. Nothing is cleaned
    up: no rollback, no signal of Wagtail, no `on_commit`, no `finally`.
    """

    def __init__(self, at: int | str, last_words: int) -> None:
        self.at = at
        self.last_words = last_words
        self.reached = 0

    def arm(self) -> None:
        """Watch what the process writes from here on."""
        commit = connection.commit

        def commit_or_die() -> None:
            self.point("before a commit")
            commit()
            self.point("behind a commit")

        connection.commit = commit_or_die  # type: ignore[method-assign]
        connection.execute_wrappers.append(self._statement)

    def point(self, place: str) -> None:
        """Die here if this is the point."""
        self.reached += 1
        if self.reached == self.at or (isinstance(self.at, str) and self.at in place):
            os.write(self.last_words, f"{self.reached}: {place[:80]}".encode())
            os.kill(os.getpid(), signal.SIGKILL)

    def _statement(
        self, execute: Callable[..., Any], statement: str, params: Any, many: bool, context: Any
    ) -> Any:
        if str(statement).lstrip().upper().startswith(WRITES):
            self.point(f"before {statement}")
        return execute(statement, params, many, context)


def forked(work: Callable[..., object], *arguments: object, kill_at: int | None = None) -> Any:
    """What `work` gives in a process of its own, as JSON carries it.

    With `kill_at` the function gets `arm` as its first argument; raises `Killed` with the place.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _in_child(work, arguments, kill_at, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as source:
        said = source.read().decode()
    _pid, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL, said
        raise Killed(said)
    assert os.WEXITSTATUS(status) == 0, said
    return json.loads(said)


def _in_child(
    work: Callable[..., object], arguments: tuple[object, ...], kill_at: int | None, writing: int
) -> None:
    """Ends the process without the exit handlers of its parent."""
    code = 0
    try:
        first = () if kill_at is None else (Killer(kill_at, writing).arm,)
        said = json.dumps(work(*first, *arguments))
        connections.close_all()
    except BaseException:
        said, code = traceback.format_exc(), 1
    with os.fdopen(writing, "wb") as target:
        target.write(said.encode())
    os._exit(code)

"""A child may hang, swell or die: its parent gets a reason, what came before, and its time back."""

from __future__ import annotations

import signal
import time

import pytest

from portal.jobs.limited import LimitedResult, run_limited

pytestmark = pytest.mark.once


def run(
    target: str, payload: object = None, seconds: float = 20, memory_mb: int = 256
) -> LimitedResult:
    return run_limited(
        f"tests.jobs.targets.{target}", payload, seconds=seconds, memory_mb=memory_mb
    )


def test_items_come_back_in_order() -> None:
    result = run("count", 3)
    assert (result.ok, result.reason) == (True, None)
    assert result.items == [{"number": number, "text": "Đường"} for number in range(3)]


def test_items_can_be_taken_one_by_one() -> None:
    taken: list[object] = []
    result = run_limited(
        "tests.jobs.targets.count", 500, seconds=20, memory_mb=256, on_item=taken.append
    )
    assert (len(taken), result.items) == (500, [])


@pytest.mark.parametrize(
    ("target", "payload", "reason"),
    [
        ("sleep", 60, "timeout"),
        ("spin", None, "timeout"),
        ("swell", 4096, "memory"),
        ("fail", "x", "error"),
        ("die", int(signal.SIGSEGV), "crashed"),
        ("die", int(signal.SIGKILL), "crashed"),
        ("no_such_target", None, "error"),
    ],
)
def test_the_end_of_a_child_has_its_reason(target: str, payload: object, reason: str) -> None:
    """Attack: a file that makes its reader hang, swell, fail or crash."""
    result = run(target, payload, seconds=1.5)
    assert (result.ok, result.reason) == (False, reason)


def test_a_child_is_ended_at_its_time() -> None:
    started = time.monotonic()
    run("sleep", 60, seconds=1)
    assert time.monotonic() - started < 15


def test_what_fits_into_the_memory_is_no_matter() -> None:
    assert run("swell", 32).ok


@pytest.mark.parametrize(("target", "payload"), [("fail", "x"), ("chatter", "x")])
def test_what_came_before_is_kept(target: str, payload: object) -> None:
    assert run(target, payload).items in (["first"], ["item"])


def test_a_child_that_is_ended_loses_no_item_it_gave() -> None:
    """The pages of a PDF that were read before the time was over are kept."""
    assert run("sleep", 60, seconds=1.5).items == ["begun"]


def test_the_detail_names_the_failure() -> None:
    assert run("fail", "không đọc được").detail == "RuntimeError: không đọc được"


def test_a_library_that_prints_does_not_spoil_the_items() -> None:
    result = run("chatter", "warning: something")
    assert (result.ok, result.items) == (True, ["item"])


def test_a_child_that_complains_for_long_is_not_stuck() -> None:
    """Attack: a file with a million warnings fills the pipe nobody reads."""
    result = run("shout", 3_000_000)
    assert (result.ok, result.items) == (True, ["item"])
    assert len(result.detail) < 3000


def test_an_item_without_measure_ends_the_child(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: one line that fills the memory of the parent."""
    monkeypatch.setattr("portal.jobs.limited.ITEM_BYTES", 1000)
    result = run("bulky", 5_000_000)
    assert (result.ok, result.reason, result.items) == (False, "crashed", [])


def test_a_parent_that_has_enough_ends_the_child_at_once() -> None:
    """What `on_item` raises reaches the caller, and no child is left running."""

    def enough(item: object) -> None:
        if item == 1000:
            raise StopAsyncIteration("enough")

    started = time.monotonic()
    with pytest.raises(StopAsyncIteration, match="enough"):
        run_limited("tests.jobs.targets.endless", None, seconds=60, memory_mb=256, on_item=enough)
    assert time.monotonic() - started < 20


def test_a_child_cannot_see_keys_and_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attack: a file takes over its reader and looks for the keys of the portal."""
    monkeypatch.setenv("PORTAL_FIELD_KEYS", "k1:secret")
    monkeypatch.setenv("DATABASE_URL", "postgres://portal:secret@db/portal")
    result = run("environment")
    assert result.ok
    assert "secret" not in str(result.items)


def test_a_child_starts_without_the_settings() -> None:
    """It must start quickly, and has no business with the database."""
    assert run("loaded").items == [False]

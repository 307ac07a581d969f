"""The outbox: nothing lost, nothing early, nothing revived."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from portal.jobs import clock
from search import indexing, outbox, queries, registry, upkeep
from search.contract import EngineDownError, Put, Reason, State
from search.models import OutboxRow
from tests.search.samples import KIND, Samples

pytestmark = pytest.mark.django_db(transaction=True)


def _change(samples: Samples, key: str, title: str | None) -> None:
    with transaction.atomic():
        outbox.add(KIND, key)
        samples.titles.pop(key, None)
        samples.titles.update({key: title} if title else {})


def _found(text: str) -> list[str]:
    return [hit.title for hit in queries.ask(text).hits]


def test_a_change_is_found_after_the_worker(samples: Samples, drain: Callable[[], int]) -> None:
    _change(samples, "1", "Kế hoạch thu hoạch lúa mùa")
    assert _found("ke hoach lua") == []
    assert drain() == 1
    assert _found("ke hoach lua") == ["Kế hoạch thu hoạch lúa mùa"]
    assert drain() == 0


def test_a_rolled_back_change_leaves_no_row(samples: Samples) -> None:
    with transaction.atomic():
        outbox.add(KIND, "1")
        transaction.set_rollback(True)
    assert not OutboxRow.objects.exists()


def test_a_row_without_its_transaction_is_refused() -> None:
    with pytest.raises(outbox.OutsideTransactionError):
        outbox.add(KIND, "1")


def test_a_removed_object_is_gone_and_counted_as_tombstone(
    samples: Samples, drain: Callable[[], int]
) -> None:
    _change(samples, "1", "Thông báo lịch cấp nước")
    drain()
    _change(samples, "1", None)
    drain()
    assert _found("cap nuoc") == []
    assert OutboxRow.objects.get().live is False


def test_a_late_worker_revives_nothing(samples: Samples, drain: Callable[[], int]) -> None:
    """A worker that slept 90 s across a withdrawal writes what it had read before."""
    _change(samples, "1", "Danh sách hộ nghèo")
    row = indexing._claim()[0]
    late = indexing._changes([row])
    assert isinstance(late[0][1], Put)
    OutboxRow.objects.update(claimed_until=clock.now() - timedelta(seconds=1))
    _change(samples, "1", None)
    drain()
    indexing._write(late)
    assert _found("danh sach ho ngheo") == []


def test_a_row_in_one_workers_hands_is_not_taken_by_another(samples: Samples) -> None:
    _change(samples, "1", "Một")
    assert len(indexing._claim()) == 1
    assert indexing._claim() == []


def test_a_change_during_indexing_stays_waiting(samples: Samples, drain: Callable[[], int]) -> None:
    _change(samples, "1", "Bản cũ của kế hoạch")
    row = indexing._claim()[0]
    old = indexing._changes([row])
    _change(samples, "1", "Bản mới của kế hoạch")
    indexing._write(old)
    OutboxRow.objects.update(claimed_until=None)
    drain()
    assert _found("ban ke hoach") == ["Bản mới của kế hoạch"]


def test_one_broken_object_does_not_hold_up_the_others(
    samples: Samples, drain: Callable[[], int]
) -> None:
    _change(samples, "1", "Hỏng")
    _change(samples, "2", "Lành lặn")
    samples.broken = {"1"}
    drain()
    assert _found("lanh lan") == ["Lành lặn"]
    row = OutboxRow.objects.get(key="1")
    assert (row.waiting, row.attempts, row.error) == (True, 1, "ValueError")


def test_a_row_that_fails_for_ever_is_shelved_and_a_new_change_takes_it_down(
    samples: Samples, drain: Callable[[], int]
) -> None:
    _change(samples, "1", "Hỏng lâu")
    samples.broken = {"1"}
    OutboxRow.objects.update(attempts=indexing.SHELVE_AFTER - 1)
    drain()
    assert OutboxRow.objects.get().shelved
    samples.broken = set()
    _change(samples, "1", "Đã sửa xong")
    drain()
    assert _found("da sua xong") == ["Đã sửa xong"]


def test_an_outage_is_a_state_and_loses_nothing(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(samples, "1", "Lịch tiếp công dân")

    class Down:
        name = "down"

        def __getattr__(self, _name: str) -> Callable[..., object]:
            def refuse(*_args: object) -> object:
                raise EngineDownError("refused")

            return refuse

    with monkeypatch.context() as patch:
        patch.setattr(indexing, "get_engine", Down)
        patch.setattr(queries, "get_engine", Down)
        with pytest.raises(EngineDownError):
            indexing.drain()
        result = queries.ask("lich tiep cong dan")
    assert (result.state, result.reason) == (State.LIMITED, Reason.ENGINE_DOWN)
    drain()
    assert _found("lich tiep cong dan") == ["Lịch tiếp công dân"]


def test_a_sweep_mends_what_is_missing_and_what_was_left_behind(
    samples: Samples, drain: Callable[[], int]
) -> None:
    _change(samples, "1", "Ở lại trong chỉ mục")
    drain()
    samples.titles = {"2": "Chưa từng được báo"}
    report = upkeep.sweep()
    assert (report.missing, report.left_behind) == (1, 1)
    drain()
    assert _found("o lai trong chi muc") == []
    assert _found("chua tung duoc bao") == ["Chưa từng được báo"]
    assert upkeep.sweep() == upkeep.SweepReport(1, 0, 0, 0)


def test_a_rebuild_serves_all_the_while_and_misses_no_write(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for key in range(5):
        _change(samples, str(key), f"Bài số {key} về chè Shan")
    drain()
    real = samples.load_many

    def write_meanwhile(keys: list[str]) -> object:
        entries = real(keys)
        if "9" not in samples.titles:
            _change(samples, "9", "Bài chen giữa về chè Shan")
            _change(samples, "0", None)
            drain()
            assert len(_found("che shan")) == 5
        return entries

    registry.register_searchable(
        KIND,
        label="Mẫu",
        load_many=write_meanwhile,
        keys=samples.keys,  # type: ignore[arg-type]
    )
    upkeep.rebuild()
    drain()
    found = _found("che shan")
    assert "Bài chen giữa về chè Shan" in found
    assert "Bài số 0 về chè Shan" not in found
    assert len(found) == 5


def test_old_tombstones_are_forgotten_in_the_index_and_then_in_the_database(
    samples: Samples, drain: Callable[[], int]
) -> None:
    _change(samples, "1", "Rồi sẽ bị gỡ")
    drain()
    _change(samples, "1", None)
    drain()
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert upkeep.forget_tombstones() == 1
    assert not OutboxRow.objects.exists()


def test_a_resumed_rebuild_does_not_revive_what_was_removed_meanwhile(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A rebuild dies half-way; an object it had written is withdrawn; the rebuild is run again."""
    _change(samples, "1", "Hộ sẽ được gỡ tên")
    _change(samples, "2", "Hộ còn niêm yết tên")
    drain()
    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "_replay", _die)
        with pytest.raises(KeyboardInterrupt):
            upkeep.rebuild()
    with clock.frozen(clock.now() + timedelta(minutes=10)):
        _change(samples, "1", None)
        drain()
    with clock.frozen(clock.now() + timedelta(minutes=20)):
        upkeep.rebuild()
        drain()
    assert _found("ho ten") == ["Hộ còn niêm yết tên"]


def test_a_rebuild_left_for_long_is_begun_anew(
    samples: Samples, drain: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    _change(samples, "1", "Cũ từ lâu")
    drain()
    with monkeypatch.context() as patch:
        patch.setattr(upkeep, "_replay", _die)
        with pytest.raises(KeyboardInterrupt):
            upkeep.rebuild()
    samples.titles = {"2": "Mới hôm nay"}
    with clock.frozen(clock.now() + timedelta(days=3)):
        upkeep.rebuild()
    drain()
    assert _found("cu tu lau") == []
    assert _found("moi hom nay") == ["Mới hôm nay"]


def _die(*_args: object) -> None:
    raise KeyboardInterrupt

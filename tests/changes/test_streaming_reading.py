from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from harness.changes.streaming_reading import Reading
from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Request, Response
from harness.record.stream_shelf import DiskShelf
from tests.changes.bodies import exchange


def stream(made: Sequence[Exchange]) -> Callable[[], Iterator[Exchange]]:
    return lambda: iter(made)


def reading(*sides: Sequence[Exchange] | None, told: list[str] | None = None) -> Reading:
    said: list[str] = [] if told is None else told
    return Reading([None if side is None else stream(side) for side in sides], DiskShelf, said.append)


MADE = [exchange(f"/a/{n}", {"id": n}, call=f"c{n}") for n in range(300)]


def test__batches__of_paired_calls__are_all_there_each_time() -> None:
    read = reading(MADE, MADE[5:], MADE, None)
    for again in (True, False):
        batches = list(read.batches(again=again))
        assert [runs.old for batch in batches for runs in batch] == MADE[5:]
        assert len(batches) > 1
        assert all(runs.old_again == (runs.old if again else None) for batch in batches for runs in batch)
        assert read.calls == 295
        assert read.skipped() == {"no partner in NEW's recording": 5}


def test__batches__of_large_answers__are_short() -> None:
    large = [Exchange(Request("GET", f"http://a/{n}"), Response(200, (), b"x" * 1_500_000)) for n in range(5)]
    assert [len(batch) for batch in reading(large, large, None, None).batches(again=False)] == [1] * 5


def test__batches__where_nothing_pairs__is_a_usage_error() -> None:
    with pytest.raises(UsageError) as caught:
        list(reading(MADE[:3], MADE[3:], None, None).batches(again=True))
    assert "_backfit.id" in str(caught.value.hint)
    assert list(reading([], [], None, None).batches(again=True)) == []


def test__batches__ids_that_each_version_made__are_those_of_old_unless_second_runs_tell() -> None:
    def create(token: str) -> list[Exchange]:
        return [
            exchange("POST /a", {"id": token}, status=201, call="c"),
            exchange(f"/a/{token}", {"id": token}, call="d"),
        ]

    old, new = create("kX7D6YvjvMA1q2W3"), create("b8TzQ4rPn5LsX0cV")
    assert [runs.new for batch in reading(old, new, None, None).batches(again=False) for runs in batch] == old
    assert [runs.new for batch in reading(old, new, old, None).batches(again=False) for runs in batch] == new


def test__told__says_every_ten_thousand_calls() -> None:
    said: list[str] = []
    read = reading(MADE, MADE, None, None, told=said)
    for number in (9_999, 10_000, 20_000):
        read.told("reading", number)
    assert said == ["reading: 10,000 calls", "reading: 20,000 calls"]

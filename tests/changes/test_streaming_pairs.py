from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.changes import streaming_pairs
from harness.changes.pairing import pair
from harness.changes.streaming_pairs import Alone, Runs, runs_of
from harness.model.errors import UsageError
from harness.model.exchange import Exchange, Recording, Request, Response
from harness.record.stream_shelf import DiskShelf

Asked = Sequence[tuple[str, str | None]]

asked = st.lists(st.tuples(st.sampled_from("abc"), st.none() | st.sampled_from(["1", "2", "3"])), max_size=12)


def recorded(rows: Asked, side: str) -> list[Exchange]:
    """Calls of (path, id); each answer is another one."""
    return [
        Exchange(Request("GET", f"http://a/{path}"), Response(200, (), f"{side}{at}".encode()), id=name)
        for at, (path, name) in enumerate(rows)
    ]


def paired(*sides: Sequence[Exchange] | None) -> tuple[list[Runs], Alone]:
    alone = Alone()
    shelf = DiskShelf()
    found = list(runs_of([None if side is None else iter(side) for side in sides], shelf, alone))
    shelf.close()
    return sorted(found, key=lambda runs: runs.number), alone


@pytest.fixture(params=[0, 5_000, 1 << 20], ids=["all on the shelf", "some", "none"], autouse=True)
def _waiting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming_pairs, "WAITING", request.param)


@settings(deadline=None)
@given(asked, asked)
def test__runs__of_two_recordings_in_any_order__pair_as_pair_does(old: Asked, new: Asked) -> None:
    before, after = recorded(old, "old"), recorded(new, "new")
    found, alone = paired(before, after, None, None)
    try:
        expected = pair(Recording(tuple(before)), Recording(tuple(after)))
    except UsageError:
        assert found == []
        assert (alone.old, alone.new) == (len(old), len(new))
        return
    assert [runs.paired for runs in found] == list(expected.pairs)
    assert [before[runs.number] for runs in found] == [runs.old for runs in found]
    assert (alone.old, alone.new) == (len(expected.only_old), len(expected.only_new))


@settings(deadline=None)
@given(asked, asked)
def test__runs__with_second_runs__have_what_pairs_with_the_first(old: Asked, again: Asked) -> None:
    before, new, old_again, new_again = (
        recorded(rows, side) for rows, side in ((old, "o"), (old, "n"), (again, "p"), (old, "m"))
    )
    found, alone = paired(before, new, old_again, new_again)
    assert [(runs.old, runs.new, runs.new_again) for runs in found] == list(zip(before, new, new_again, strict=True))
    if any(runs.old_again for runs in found):
        expected = {
            id(each.old): each.new for each in pair(Recording(tuple(before)), Recording(tuple(old_again))).pairs
        }
        assert [runs.old_again for runs in found] == [expected.get(id(each)) for each in before]
    assert alone == Alone()


def test__runs__of_recordings_in_one_order__come_as_they_are_read() -> None:
    sides = [iter(recorded([("a", str(at)) for at in range(9)], side)) for side in ("o", "n")]
    runs = runs_of([*sides, None, None], DiskShelf(), Alone())
    assert next(runs).number == 0
    assert sum(1 for _ in sides[1]) == 8

from __future__ import annotations

import pytest

from harness.changes.agreement import leaf
from harness.changes.exchangeable import exchangeable
from harness.changes.permutation import Call, Observed
from harness.model.json_text import Json


def call(*places: tuple[list[Json], list[Json]]) -> Call:
    """OLD's values and NEW's, in the order of their runs."""
    return [Observed(tuple(map(leaf, old)), tuple(map(leaf, new))) for old, new in places]


def each(*rows: tuple[list[Json], list[Json]]) -> list[Call]:
    """A call for each row."""
    return [call(row) for row in rows]


DAY = "2026-03-02"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([f"{DAY}T09:00:00Z", f"{DAY}T09:00:01Z", f"{DAY}T09:05:00Z", f"{DAY}T09:05:00Z"], False),
        ([f"{DAY}T09:00:00Z", f"{DAY} 09:00:01+02:00", f"{DAY}T09:05:00Z", f"{DAY}T09:05:00Z"], False),
        ([f"{DAY}T09:00", f"{DAY}T09:01", f"{DAY}T09:05", f"{DAY}T09:05"], False),
        ([DAY, DAY, "2026-03-03", "2026-03-03"], False),
        (["Mon, 02 Mar 2026 09:00:00 GMT"] * 4, False),
        ([None, f"{DAY}T09:00:01Z", f"{DAY}T09:05:00Z", None], False),
        ([f"{DAY}T09:00:00Z", f"{DAY}T09:00:01Z", f"{DAY}T09:05:00Z", "never"], True),
        ([f"{DAY}T09:00:00Z", f"{DAY}T09:00:01Z", f"{DAY}T09:05:00Z", 7], True),
        (["a", "b", "a", "c"], True),
        ([None, None, None, None], True),
        ([True, False, True, False], True),
    ],
)
def test__exchangeable__moments__are_not(values: list[Json], expected: bool) -> None:
    assert exchangeable(each((values[:2], values[2:]))) is expected


@pytest.mark.parametrize(
    ("ups", "downs", "expected"),
    [
        (8, 0, True),
        (9, 0, False),
        (0, 9, False),
        (0, 8, True),
        (12, 2, True),
        (13, 2, False),
        (2, 13, False),
        (50, 40, True),
        (14, 3, True),
    ],
)
def test__exchangeable__numbers_that_grow_from_run_to_run__are_not(ups: int, downs: int, expected: bool) -> None:
    rows: list[tuple[list[Json], list[Json]]] = [([1, 2], [3, 3])] * ups + [([2, 1], [3, 3])] * downs
    assert exchangeable(each(*rows)) is expected
    assert exchangeable(each(*[(new, old) for old, new in rows])) is expected
    assert exchangeable(each(*rows, *[([5, 5], [6, 6])] * 9)) is expected  # a tie leans nowhere
    assert exchangeable(each(*[([str(value) for value in old], new) for old, new in rows]))  # a text has no size


def test__exchangeable__a_list_in_one_call__leans_once() -> None:
    assert exchangeable([call(*[([1, 2], [3, 3])] * 50)])
    assert not exchangeable([call(([1, 2], [3, 3]), ([5, 4], [3, 3]), ([1, 2], [3, 3]))] * 9)
    assert exchangeable([call(([1, 2], [3, 3]), ([5, 4], [3, 3]))] * 9)


def varied(differing: int, count: int, *, text: bool = False) -> list[list[Json]]:
    """Two runs of so many calls, of which some differ, up and down by turns."""
    rows: list[list[Json]] = [[number, number + (-1) ** number * (number < differing)] for number in range(count)]
    return [[str(value) for value in row] if text else row for row in rows]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (20, 20, False),
        (18, 18, False),
        (17, 18, True),
        (18, 17, True),
        (10, 10, True),
    ],
)
def test__exchangeable__numbers_that_are_others_nearly_every_time__are_measured(
    old: int, new: int, expected: bool
) -> None:
    assert exchangeable(each(*zip(varied(old, 20), varied(new, 20), strict=True))) is expected
    assert exchangeable(each(*zip(varied(old, 20, text=True), varied(new, 20), strict=True)))
    assert exchangeable(each(*zip(varied(old, 20), varied(new, 20, text=True), strict=True)))


def test__exchangeable__one_version_run_once__is_measured_by_the_other() -> None:
    ran_twice = varied(20, 20)
    assert not exchangeable(each(*[(row, row[:1]) for row in ran_twice]))
    assert not exchangeable(each(*[(row[:1], row) for row in ran_twice]))
    assert exchangeable(each(*[(row[:1], row) for row in varied(10, 20)]))

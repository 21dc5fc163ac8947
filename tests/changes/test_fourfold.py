from __future__ import annotations

from itertools import permutations

import pytest

from harness.changes.fourfold import Row, rows
from harness.model.json_text import Json
from harness.model.paths import parse_path


@pytest.mark.parametrize(
    ("at", "runs", "expected"),
    [
        ("$", (1, 2, 3, 4), [(1, 2, 3, 4)]),
        ("$.a", ({"a": 1}, {"a": 2}, {"a": 1}), [(1, 2, 1)]),
        ("$.a", ({"a": 1}, {"a": 2}, {}), []),
        ("$.a", ({"a": 1}, [2], {"a": 1}), []),
        ("$.a", ({"a": 1}, {"a": [2]}, {"a": 1}), []),
        ("$.a", ({"a": None}, {"a": {}}, {"a": 1}), []),
        ("$.a.b", ({"a": {"b": 1}}, {"a": {"b": 2}}, {"a": {"b": 3}}), [(1, 2, 3)]),
        ("$.*", ({"x": 1, "y": 2}, {"y": 4, "x": 3}, {"x": 5, "y": 6, "z": 7}), [(1, 3, 5), (2, 4, 6)]),
        ("$.*", ({"x": 1}, {"y": 4}, {"x": 5}), []),
        ("$[*]", ([1, 2], [3, 4], [5, 6]), [(1, 3, 5), (2, 4, 6)]),
        ("$[*]", ([1, 2], [3], [5, 6]), [(1, 3, 5)]),
        ("$[*]", ([1, 2], {"a": 3}, [5, 6]), []),
        ("$[*]", ([], [], []), []),
        ("$[*].t", ([{"id": 7, "t": 1}, {"id": 8, "t": 2}], [{"id": 8, "t": 4}, {"id": 7, "t": 3}]), [(1, 3), (2, 4)]),
        ("$[*].t", ([{"id": 7, "t": 1}, {"id": 8, "t": 2}], [{"id": 8, "t": 4}]), [(2, 4)]),
        (
            "$[*].t",
            ([{"id": 7, "t": 1}, {"id": 8, "t": 2}], [{"id": 8, "t": 4}, {"id": 7, "t": 3}], [{"id": 8, "t": 6}]),
            [(2, 4, 6)],
        ),
        (
            "$[*].t",  # runs that tell elements apart by different members: by order
            (
                [{"a": 1, "b": 5, "t": 1}, {"a": 2, "b": 6, "t": 2}],
                [{"a": 2, "b": 7, "t": 3}, {"a": 1, "b": 8, "t": 4}],
                [{"a": 3, "b": 6, "t": 5}, {"a": 4, "b": 5, "t": 6}],
                [{"a": 3, "b": 7, "t": 7}, {"a": 4, "b": 8, "t": 8}],
            ),
            [(1, 3, 5, 7), (2, 4, 6, 8)],
        ),
        ("$[*].t", ([{"id": 7, "t": 1}], [{"id": 9, "t": 2}]), [(1, 2)]),  # nothing tells which is which: by order
    ],
)
def test__rows__at_a_template__are_the_scalars_that_every_run_has(at: str, runs: Row, expected: list[Row]) -> None:
    assert list(rows(parse_path(at), runs)) == expected


LISTS: list[tuple[Json, ...]] = [
    ([{"id": 1, "t": "a"}, {"id": 2, "t": "b"}], [{"id": 2, "t": "c"}, {"id": 1, "t": "d"}], [{"id": 1, "t": "e"}]),
    ([{"id": 1, "t": "a"}], [{"id": 2, "t": "b"}], [{"id": 1, "t": "c"}]),
    ([{"id": 1, "t": "a"}, {"id": 2, "t": "b"}], [{"id": 2, "t": "c"}, {"id": 3, "t": "d"}], [{"id": 2, "t": "e"}]),
]


@pytest.mark.parametrize("runs", LISTS)
def test__rows__runs_in_another_order__are_the_same_rows(runs: tuple[Json, ...]) -> None:
    at = parse_path("$[*].t")
    outcomes = set()
    for order in permutations(range(len(runs))):
        found = rows(at, tuple(runs[run] for run in order))
        outcomes.add(frozenset(tuple(row[order.index(run)] for run in range(len(runs))) for row in found))
    assert len(outcomes) == 1


def test__rows__texts_in_another_order__pair_by_order_in_all_runs() -> None:
    assert list(rows(parse_path("$[*]"), (["a", "b"], ["b", "a"], ["a", "c"]))) == [("a", "b", "a"), ("b", "a", "c")]

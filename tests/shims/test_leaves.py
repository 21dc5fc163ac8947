from __future__ import annotations

import pytest

from harness.changes.noise import Places
from harness.lens.answer import ABSENT
from harness.model.json_text import Json
from harness.model.paths import ANY, EACH, Path
from harness.shims.leaves import Pointer, aligned, compare, leaves, template


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (1, [((), 1)]),
        ({}, [((), {})]),
        ({"a": [1, {"b": None}], "c": []}, [(("a", 0), 1), (("a", 1, "b"), None), (("c",), [])]),
    ],
)
def test__leaves__of_a_value__are_scalars_and_empty_containers_in_order(value: Json, found: list[object]) -> None:
    assert list(leaves(value)) == found


@pytest.mark.parametrize(
    ("old", "other", "counts"),
    [
        ({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}, (1, 1, 0, 1)),
        ({"a": 1}, {}, (0, 0, 1, 1)),
        ([1, 2], [1], (1, 0, 1, 0)),
        (True, 1, (0, 1, 0, 0)),
        (1, 1.0, (1, 0, 0, 0)),
        (ABSENT, {"a": 1}, (0, 0, 0, 1)),
        ({"a": 1}, ABSENT, (0, 0, 1, 0)),
    ],
)
def test__compare__two_answers__counts_leaves_by_place(old: Json, other: Json, counts: tuple[int, ...]) -> None:
    found = compare(old, other)
    assert (len(found.equal), len(found.wrong), len(found.missing), len(found.extra)) == counts
    assert found.leaves == sum(counts[:3])


@pytest.mark.parametrize(
    ("at", "place"),
    [
        ((), ()),
        (("a", 0, "b"), ("a", EACH, "b")),
        (("jobs", "6c49d4eae61011f186c202fc00000001", "7"), ("jobs", ANY, ANY)),
    ],
)
def test__template__of_a_pointer__has_no_positions_and_no_ids(at: Pointer, place: Path) -> None:
    assert template(at) == place


NOISY = Places(frozenset({("a",), ("b", EACH)}))


@pytest.mark.parametrize(
    ("old", "other", "result"),
    [
        ({"a": [1, 2]}, {"a": [2, 1]}, {"a": [1, 2]}),
        ({"b": [[1, 2]]}, {"b": [[2, 1]]}, {"b": [[1, 2]]}),
        ({"c": [1, 2]}, {"c": [2, 1]}, {"c": [2, 1]}),
        ({"a": [{"id": 1}, {"id": 2}]}, {"a": [{"id": 3}, {"id": 2}]}, {"a": [ABSENT, {"id": 2}, {"id": 3}]}),
        ({"c": [1, 2]}, {"c": [1]}, {"c": [1]}),
        ({"c": [1]}, {"c": [1, 2]}, {"c": [1, 2]}),
        ({"a": [1]}, {"a": {"b": 1}}, {"a": {"b": 1}}),
        (ABSENT, [1], [1]),
    ],
)
def test__aligned__by_order_noise__puts_just_those_lists_into_olds_order(old: Json, other: Json, result: Json) -> None:
    assert aligned(old, other, NOISY) == result

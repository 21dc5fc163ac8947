from __future__ import annotations

import pytest

from harness.lens.answer import ABSENT
from harness.model.json_text import Json
from harness.shims.leaves import compare, leaves


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

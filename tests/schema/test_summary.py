from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.model.json_text import WrittenFloat, serialize
from harness.schema.codec import to_json
from harness.schema.summary import KEY_CAP, MAX_DEPTH, Summary, merge, summarize
from tests.schema.json_values import VALUES, at_any_caps, bounded, of


def written(summary: Summary) -> bytes:
    return serialize(to_json(summary))


@at_any_caps
@given(values=st.lists(VALUES, max_size=8), data=st.data())
def test__add__any_order_and_grouping__gives_the_same(
    caps: Mapping[str, int], values: list[Any], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(values))
    cut = data.draw(st.integers(0, len(values)))
    with bounded(caps):
        one_by_one = Summary()
        for value in shuffled:
            one_by_one.add(value)
        halves = merge(of(shuffled[cut:]), of(shuffled[:cut]))
        assert written(of(values)) == written(one_by_one) == written(halves)
        assert of(values).count == len(values)


@at_any_caps
@given(lists=st.tuples(*[st.lists(VALUES, max_size=5)] * 3))
def test__merge__three_summaries__associative_commutative_and_pure(
    caps: Mapping[str, int], lists: tuple[list[Any], list[Any], list[Any]]
) -> None:
    with bounded(caps):
        a, b, c = map(of, lists)
        before = [written(summary) for summary in (a, b, c)]
        assert written(merge(a, merge(b, c))) == written(merge(merge(a, b), c))
        assert written(merge(a, b)) == written(merge(b, a))
        assert written(merge(a, Summary())) == written(a)
        merge(a, b).absorb(c)
        assert [written(summary) for summary in (a, b, c)] == before


def test__absorb__later_change_of_the_result__leaves_the_source_alone() -> None:
    source = summarize({"a": [{"b": "x"}], "c": [1, "t"]})
    before = written(source)
    merge(source).add({"a": [{"b": "y", "d": 1}], "c": [2, "u"]})
    assert written(source) == before


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([None, True, False, True], {"null": 1, "true": 2, "false": 1}),
        (
            [1, 2**64, -(2**70)],
            {"integer": {"count": 3, "low": -(2**70), "high": 2**64, "distinct": [-(2**70), 1, 2**64]}},
        ),
        (
            [1, 1.0, WrittenFloat("1e0")],
            {
                "integer": {"count": 1, "low": 1, "high": 1, "distinct": [1]},
                "float": {"count": 2, "low": 1.0, "high": 1.0, "distinct": [1.0]},
            },
        ),
        ([WrittenFloat("1e2")], {"float": {"count": 1, "low": 100.0, "high": 100.0, "distinct": [100.0]}}),
        (
            ["\ud800", "x" * 300],
            {"string": {"count": 2, "shortest": 1, "longest": 300, "formats": [], "distinct": None}},
        ),
        ([[], []], {"array": {"count": 2, "shortest": 0, "longest": 0, "positions": []}}),
        ([[1, None], [1, None]], {"array": {"count": 2, "shortest": 2, "longest": 2, "positions": [..., {"null": 2}]}}),
        ([[None], []], {"array": {"count": 2, "shortest": 0, "longest": 1, "items": {"null": 1}}}),
        (
            [[{}], [{}]],
            {"array": {"count": 2, "shortest": 1, "longest": 1, "items": {"object": {"count": 2, "keys": {}}}}},
        ),
        (
            [{"a": None}, {"b": None}],
            {"object": {"count": 2, "keys": {"a": {"null": 1}, "b": {"null": 1}}, "variants": {}}},
        ),
    ],
)
def test__add_all__values__keeps_each_type_apart(values: list[Any], expected: dict[str, Any]) -> None:
    assert _matches(to_json(of(values)), expected)


def _matches(found: Any, expected: Any) -> bool:
    if expected is ...:
        return True
    if isinstance(expected, dict):
        return found.keys() == expected.keys() and all(_matches(found[key], expected[key]) for key in expected)
    if isinstance(expected, list):
        return len(found) == len(expected) and all(map(_matches, found, expected))
    return type(found) is type(expected) and bool(found == expected)


def test__add__deep_value__counts_what_lies_below_the_bound() -> None:
    value: Any = "leaf"
    for _ in range(5000):
        value = [value]
    node = summarize(value)
    for _ in range(MAX_DEPTH):
        assert node.arrays is not None
        assert node.arrays.unseen == 0
        node = node.arrays.elements
    assert node.arrays is not None
    assert node.arrays.unseen == 1


def test__add_all__many_keys_and_values__stays_bounded() -> None:
    summary = of([{f"user{number}": {"name": f"n{number}"}} for number in range(10 * KEY_CAP)])
    assert summary.objects is not None
    assert summary.objects.keys is None
    assert summary.objects.names is not None
    assert summary.objects.names.count == 10 * KEY_CAP
    assert len(written(summary)) < 1000


@pytest.mark.parametrize("value", [(1,), {"a": {1}}, b"x", object()])
def test__add__not_a_json_value__is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="is not a type of JSON value"):
        Summary().add(value)

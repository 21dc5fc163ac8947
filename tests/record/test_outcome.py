from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from harness.model.outcome import PluginRun, Result, Side
from harness.record.outcome import compare_outcome

OLD = PluginRun(Side.OLD, Result.WORKS, "2 pages")


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ({"a": 1}, {"a": 2}, "$.a is 2, on old 1"),
        ({"a": [1, 2]}, {"a": []}, "$.a has 0 elements, on old 2"),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": None}]}, "$.a[1].b is null, on old 2"),
        ({"a": 1, "b": 2}, {"b": 3}, "2 of 2 observations differ: $.a is missing, on old it is 1"),
        (
            {"a": 1, "b": {"x": 1, "y": 2}, "c": 3},
            {"b": {"y": 2, "x": 1}, "c": 4, "a": 1},
            "1 of 3 observations differ: $.c is 4, on old 3",
        ),
        ({}, {"x y": 1}, '$["x y"] is 1, on old it is missing'),
        ({"a": 1}, {"a": True}, "$.a is true, on old 1"),
        ({"a": "x" * 99}, {"a": ""}, '$.a is "", on old "' + "x" * 58 + "…"),
    ],
)
def test__compare__with_other_observations__is_broken_and_says_the_first_difference(
    old: dict[str, Any], new: dict[str, Any], difference: str
) -> None:
    judged = compare_outcome(replace(OLD, observations=old), replace(OLD, side=Side.NEW, observations=new))
    assert (judged.result, judged.headline) == (Result.BROKEN, difference)


def test__compare__with_other_page_errors__is_broken() -> None:
    run = replace(OLD, observations={"a": 1, "b": 2})
    judged = compare_outcome(run, replace(run, page_errors=("TypeError: x",)))
    assert (judged.result, judged.headline) == (Result.BROKEN, 'page errors: ["TypeError: x"], on old []')


def test__compare__with_equal_observations__works_whatever_the_order_of_keys() -> None:
    judged = compare_outcome(
        replace(OLD, observations={"a": 1, "b": [{}]}),
        replace(OLD, side=Side.SHIMMED, observations={"b": [{}], "a": 1}),
    )
    assert judged == replace(
        OLD, side=Side.SHIMMED, observations={"a": 1, "b": [{}]}, headline="the same outcome as on old"
    )


@pytest.mark.parametrize(("old", "new"), [(Result.WORKS, Result.BROKEN), (Result.BROKEN, Result.WORKS)])
def test__compare__where_one_is_broken_already__leaves_the_run_as_it_is(old: Result, new: Result) -> None:
    run = replace(OLD, result=new, headline="mine", observations={"a": 1})
    assert compare_outcome(replace(OLD, result=old), run) is run

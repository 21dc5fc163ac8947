from __future__ import annotations

from typing import Any

import pytest

from harness.record.sameness import differences


@pytest.mark.parametrize(
    ("references", "value", "words"),
    [
        ([1, 1], 1, []),
        ([1, 1], 2, ["$ is 2, on old 1"]),
        ([1, 2], 3, []),
        ([1, 2], "3", ['$ is "3", on old a number']),
        ([1, None], None, []),
        ([1, None], {}, ["$ is {}, on old a number or null"]),
        ([1, 1.0], 1, []),
        ([True, False], 1, ["$ is 1, on old a boolean"]),
        ([{"t": 1, "a": "x"}, {"t": 2, "a": "x"}], {"t": 3, "a": "y"}, ['$.a is "y", on old "x"']),
        ([{"t": 1}, {"t": 2}], {}, ["$.t is missing, on old it is 1"]),
        ([{"t": 1}, {}], {}, []),
        ([{"t": 1}, {}], {"t": 1}, []),
        ([{"t": 1}, {}], {"t": 2}, ["$.t is 2, on old 1"]),
        ([{}, {}], {"t": 1}, ["$.t is 1, on old it is missing"]),
        ([[1, 2], [1, 3]], [1, 4], []),
        ([[1, 2], [1, 3]], [1], ["$ has 1 elements, on old 2"]),
        ([[1], [1, 2]], [7, 8, 9], []),
        ([[1], [1, 2]], [], ["$ is empty, on old it never is"]),
        ([[1], [1, 2]], ["a"], ['$[0] is "a", on old it is a number']),
        ([[1], []], [], []),
        ([[{"a": 1, "b": 1}], [{"a": 2, "b": 1}, {"a": 3, "b": 1}]], [{"a": 4}], ["$[0].b is missing, on old it is 1"]),
        ([{"a": {"x": 1}}, {"a": None}], {"a": {"x": 2}}, ["$.a.x is 2, on old 1"]),
        ([{"a": {"x": 1}}, {"a": None}], {"a": None}, []),
        ([[], []], [], []),
    ],
)
def test__differences__from_what_several_runs_gave__are_those_that_no_noise_explains(
    references: list[Any], value: Any, words: list[str]
) -> None:
    assert list(differences(references, value)) == words

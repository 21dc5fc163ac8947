from __future__ import annotations

import pytest

from harness.changes.node import Node, Sample
from harness.lens.answer import Answer
from harness.model.json_text import Json
from harness.model.paths import EACH
from tests.changes.bodies import node


def test__replace__another_value__is_put_and_kept() -> None:
    [sample] = node([1], [2]).samples
    sample.replace(3)
    assert (sample.new, sample.answer.body) == (3, 3)


def test__replace__the_very_same_value__puts_nothing() -> None:
    put: list[object] = []
    body: list[object] = []
    Sample(0, 1, body, Answer(200, []), put.append).replace(body)
    assert put == []


def test__of_types__true_is_no_int() -> None:
    found = node([1, True, 1, {}], [1, 1, 1.0, {}]).of_types(int, int)
    assert [sample.pair for sample in found] == [0]


def test__where__of_a_place__is_its_jsonpath() -> None:
    assert Node(("items", EACH, "a b"), []).where == '$.items[*]["a b"]'


def objects(*sizes: int, value: Json = 1) -> list[Json]:
    """Objects of so many members each, no name twice."""
    return [{f"{letter}{n}": value for n in range(size)} for letter, size in zip("abcdefgh", sizes, strict=False)]


@pytest.mark.parametrize(
    ("olds", "expected"),
    [
        ([{"7": 1, "8": 2}], True),
        ([{"7": 1, "a": 2}], False),  # a name that somebody chose
        ([{}], False),
        ([[1], {"7": 1}], True),
        (objects(1000), False),  # a designer writes so many
        (objects(1001), True),
        (objects(3, 3, 3), True),
        (objects(3, 3, 2), False),  # eight names say little
        (objects(5, 5), False),  # and so do two objects
        ([*objects(3, 3, 3, 1), {"a0": 1, "b0": 1, "c0": 1, "a1": 1, "b1": 1}], True),
        ([{f"{n}k": 1 for n in range(at, at + 4)} for at in (0, 2, 4, 6)], False),  # 10 names, 4 each: 2.5 times
        (objects(9) * 3, False),  # the same names in each
        ([*objects(3, 3, 3), {"d0": "x"}], False),  # values of two types
        ([*objects(3, 3, 3), *[{"a0": 1}] * 46, {"z": 1}, {"z": "x"}], True),  # past the fifty that are looked at
        ([*objects(3, 3, 3), *[{"a0": 1}] * 46, {"z": "x"}], False),
    ],
)
def test__is_map__of_objects__tells_names_that_are_data(olds: list[Json], expected: bool) -> None:
    assert node(olds, olds).is_map is expected

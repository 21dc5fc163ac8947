from __future__ import annotations

from harness.changes.node import Node, Sample
from harness.lens.answer import Answer
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

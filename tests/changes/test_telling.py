from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.telling import telling_apart
from harness.lens.answer import Answer, Call
from harness.lens.condition import Condition, is_value
from tests.changes.bodies import answer


@pytest.mark.parametrize(
    ("helped", "harmed", "expected"),
    [
        ([answer({}, {"page": "1"})], [answer({})], Condition(query=(("page", True),))),
        ([answer({})], [answer({}, {"page": "1"})], Condition(query=(("page", False),))),
        ([answer({}, {"v": "2"})], [answer({}, {"v": "1"})], Condition(query=(("v", "2"),))),
        ([answer([])], [answer({})], Condition(body=(("$", "array"),))),
        ([answer({"data": []})], [answer({"data": {}})], Condition(body=(("$.data", "array"),))),
        ([answer({"a": 1, "b": 1})], [answer({"a": 1})], Condition(body=(("$.b", "number"),))),
        ([answer({"a": 1})], [answer({"a": 1, "b": 1})], Condition(body=(("$.b", "missing"),))),
        ([answer({}, status=201)], [answer({}, status=404)], Condition(status="2xx")),
        ([answer({}, status=201)], [answer({}, status=200)], Condition(status="201")),
        (
            [answer({}, {"a": "1", "b": "1"})],
            [answer({}, {"a": "1"}), answer({}, {"b": "1"})],
            Condition(query=(("a", True), ("b", True))),
        ),
        ([answer({}, {"page": "1"})], [answer({}, {"page": "1"})], None),
        ([answer({"a": 1})], [answer({"a": 2})], None),
    ],
)
def test__telling_apart__two_groups__is_the_plainest_condition(
    helped: list[Answer], harmed: list[Answer], expected: Condition | None
) -> None:
    found = telling_apart(helped, harmed)
    assert found == expected
    if found is not None:
        assert all(map(found.test(), helped))
        assert not any(map(found.test(), harmed))


def test__telling_apart__without_body_and_status__looks_at_the_call_alone() -> None:
    assert telling_apart([answer([])], [answer({})], body=False) is None
    assert telling_apart([answer(status=201)], [answer()], status=False) is None


def test__telling_apart__ids_that_only_list_the_cases__tell_nothing() -> None:
    helped = [answer({}, {"id": str(number)}) for number in range(20)]
    harmed = [answer({}, {"id": str(number)}) for number in range(20, 40)]
    assert telling_apart(helped, harmed) is None


def test__telling_apart__by_a_member__looks_at_those_that_most_answers_have() -> None:
    common = [answer({"x": "1", f"k{n}": n}) for n in range(13)]
    assert telling_apart(common, [answer({"y": 1}), answer({"y": 2})]) == Condition(body=(("$.x", "string"),))
    kinds = [answer({f"k{n}": n for n in range(20)} | {"z": "text"}), answer({"z": "text"})]
    assert telling_apart(kinds, [answer({"z": 1}), answer({"z": 2})]) == Condition(body=(("$.z", "string"),))


@pytest.mark.parametrize(("count", "expected"), [(12, True), (13, False)])
def test__telling_apart__by_a_parameters_value__if_it_has_few(count: int, expected: bool) -> None:
    helped = [answer({}, {"v": "x"})]
    harmed = [answer({}, {"v": str(number)}) for number in range(count - 1)]
    assert (telling_apart(helped, harmed) == Condition(query=(("v", "x"),))) is expected


def test__telling_apart__by_more_than_three_parts__is_none() -> None:
    names = "abcd"
    helped = [answer({}, dict.fromkeys(names, "1"))]
    harmed = [answer({}, {name: "1" for name in names if name != gone}) for gone in names]
    assert telling_apart(helped, harmed) is None
    assert telling_apart(helped, harmed[1:]) == Condition(query=(("b", True), ("c", True), ("d", True)))


def test__telling_apart__errors__are_told_by_what_they_say_of_themselves() -> None:
    helped = [answer({"code": "GONE", "n": n}, {"f": "json"}, 404) for n in range(2)]
    harmed = [answer({"code": "NO_SUCH", "n": 3}, status=404)]
    assert telling_apart(helped, harmed) == Condition(body=(("$.code", is_value("GONE")),))
    fine, bad = [replace(each, status=200) for each in helped], [replace(each, status=200) for each in harmed]
    assert telling_apart(fine, bad) == Condition(query=(("f", True),))  # the call is plainer


def test__telling_apart__a_text_that_one_answer_has__tells_nothing() -> None:
    assert telling_apart([answer({"code": "A"}, status=404)], [answer({"code": "B"}, status=404)]) is None


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [("count", "17", Condition(path=(("id", "count"),))), ("17", "18", None)],
    ids=["a word", "an id"],
)
def test__telling_apart__by_the_path__takes_words_and_no_ids(word: str, other: str, expected: Condition | None) -> None:
    helped, harmed = (Answer(200, [], call=Call(variables={"id": value})) for value in (word, other))
    assert telling_apart([helped], [harmed], body=False, status=False) == expected

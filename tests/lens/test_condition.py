from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from harness.lens.answer import ABSENT, Answer, Call
from harness.lens.condition import ALWAYS, TYPES, Condition, body_is, json_type
from harness.model.json_text import Json, WrittenFloat
from tests.lens.strategies import CONDITIONS, answers

CALL = Call(variables={"id": "7"}, query={"q": "1", "empty": ""})
BODY = {"a": 1, "b": [None], "__proto__": {"x": True}, "rows": [{"k": "x", "n": 1.0}, {"k": "x"}]}
HEADERS = [("content-TYPE", " Application/JSON ; charset=utf-8"), ("Content-Type", "text/html")]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        *((None, "null"), (True, "boolean"), (0, "number"), (2**70, "number"), (1.5, "number"), ("", "string")),
        *((WrittenFloat("1e2"), "number"), ([], "array"), ({}, "object"), (ABSENT, "missing")),
    ],
    ids=repr,
)
def test__json_type__of_a_value__is_jsons_word(value: Json, name: str) -> None:
    assert json_type(value) == name


@pytest.mark.parametrize(
    ("written", "holds"),
    [
        ({}, True),
        *(({"status": 404}, True), ({"status": "404"}, True), ({"status": "4xx"}, True), ({"status": 400}, False)),
        *(({"query": {"q": "1"}}, True), ({"query": {"q": "2"}}, False), ({"query": {"q": True}}, True)),
        *(({"query": {"q": False}}, False), ({"query": {"x": False}}, True), ({"query": {"x": True}}, False)),
        *(({"query": {"empty": True}}, True), ({"query": {"empty": ""}}, True), ({"query": {"x": ""}}, False)),
        *(({"query": {"id": True}}, False), ({"path": {"id": "7"}}, True), ({"path": {"q": True}}, False)),
        *(({"body": {"$.a": "number"}}, True), ({"body": {"$.a": "string"}}, False), ({"body": {"$": "object"}}, True)),
        *(
            ({"body": {"$.c": "missing"}}, True),
            ({"body": {"$.b[0]": "null"}}, True),
            ({"body": {"$.a.b": "missing"}}, True),
        ),
        *(({"body": {"$.__proto__.x": "boolean"}}, True), ({"body": {"$.toString": "missing"}}, True)),
        *(
            ({"body": {"$.a": {"is": 1}}}, True),
            ({"body": {"$.a": {"is": 1.0}}}, False),
            ({"body": {"$.a": {"is": "1"}}}, False),
        ),
        *(({"body": {"$.b[0]": {"is": None}}}, True), ({"body": {"$.none": {"is": None}}}, False)),
        *(({"body": {"$.b": {"is": None}}}, False), ({"body": {"$.__proto__.x": {"is": True}}}, True)),
        *(
            ({"body": {"$.a": "scalar"}}, True),
            ({"body": {"$.b": "scalar"}}, False),
            ({"body": {"$.c": "scalar"}}, False),
        ),
        *(({"body": {"$.rows[*].k": {"is": "x"}}}, True), ({"body": {"$.rows[*].*": "string"}}, False)),
        *(({"body": {"$.rows[*].*": "scalar"}}, True), ({"body": {"$.*": "scalar"}}, False)),
        *(({"body": {"$.none[*].k": "null"}}, True), ({"body": {"$.rows[*].n": "missing"}}, False)),
        *(({"body": {"@.a": "number"}}, True), ({"body": {"@": "array"}}, False)),
        *(({"content-type": "application/json"}, True), ({"content-type": "text/html"}, False)),
        ({"status": 404, "query": {"q": "1"}, "path": {"id": "7"}, "body": {"$.a": "number"}}, True),
        ({"status": 404, "query": {"q": "1"}, "path": {"id": "8"}, "body": {"$.a": "number"}}, False),
    ],
    ids=str,
)
def test__test__of_a_condition__holds_where_all_of_it_does(written: dict[str, Any], holds: bool) -> None:
    assert Condition.read(written).test()(Answer(404, HEADERS, BODY, CALL)) is holds


@settings(deadline=None)
@given(CONDITIONS)
def test__read__of_what_was_written__is_the_condition(condition: Condition) -> None:
    assert Condition.read(condition.parameters()) == condition


@settings(deadline=None)
@given(CONDITIONS, CONDITIONS, answers())
def test__and__of_two__holds_only_where_the_second_does_and_where_both_do(
    left: Condition, right: Condition, answer: Answer
) -> None:
    both = left.and_(right).test()(answer)
    if left.test()(answer) and right.test()(answer):
        assert both
    if both:
        assert right.test()(answer)


@pytest.mark.parametrize(
    ("left", "right", "both"),
    [
        ({"status": "4xx"}, {"status": 404}, {"status": 404}),
        ({"status": 404}, {"status": "4xx"}, {"status": 404}),
        ({"status": "4xx"}, {"status": 500}, {"status": 500}),
        ({"status": "4xx"}, {}, {"status": "4xx"}),
        ({"query": {"q": "1"}}, {"query": {"q": True}}, {"query": {"q": "1"}}),
        ({"query": {"q": True}}, {"query": {"q": "1"}}, {"query": {"q": "1"}}),
        ({"query": {"q": "1"}}, {"query": {"q": False}}, {"query": {"q": False}}),
        ({"path": {"a": "1"}}, {"path": {"b": "2"}}, {"path": {"a": "1", "b": "2"}}),
        ({"body": {"$.a": {"is": "x"}}}, {"body": {"$.a": "string"}}, {"body": {"$.a": {"is": "x"}}}),
        ({"body": {"$.a": {"is": "x"}}}, {"body": {"$.a": "scalar"}}, {"body": {"$.a": {"is": "x"}}}),
        ({"body": {"$.a": {"is": "x"}}}, {"body": {"$.a": "null"}}, {"body": {"$.a": "null"}}),
        ({"body": {"$.a": "string"}}, {"body": {"$.a": "scalar"}}, {"body": {"$.a": "string"}}),
        ({"body": {"$.a": "array"}}, {"body": {"$.a": "scalar"}}, {"body": {"$.a": "scalar"}}),
        ({"content-type": "a/b"}, {"status": 404}, {"content-type": "a/b", "status": 404}),
        ({"content-type": "a/b"}, {"content-type": "a/c"}, {"content-type": "a/c"}),
    ],
)
def test__and__of_two__is_as_narrow_as_the_narrower(left: Any, right: Any, both: Any) -> None:
    assert Condition.read(left).and_(Condition.read(right)) == Condition.read(both)


def test__and__with_always__is_the_other() -> None:
    condition = body_is(("a", 0), "null")
    assert (
        ALWAYS.and_(condition) == condition.and_(ALWAYS) == condition == Condition.read({"body": {"$['a'][0]": "null"}})
    )


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ([], "a condition is a mapping"),
        ({"statuss": 404}, "unknown key 'statuss'"),
        ({1: 2}, "unknown key '1'"),
        *(
            ({"status": status}, "a status is a number")
            for status in ("4x", "40", 40, 4040, True, 404.0, "", "4XX", "٤٠٤", None)
        ),
        ({"query": ["q"]}, "is a mapping, not"),
        ({"query": {"page": 1}}, "1 is neither a text in quotes nor true"),
        ({"path": {"id": None}}, "None is neither"),
        ({"body": {"$.a": "text"}}, "'text' is not a JSON type"),
        ({"body": {"$.a": ["null"]}}, "is not a JSON type"),
        ({"body": {"a": "null"}}, r"a path starts with \$"),
        ({"body": {"a.b": {"is": 1}}}, r"a path starts with \$"),
        ({"body": {"@a": "null"}}, "cannot read the path"),
        ({"body": {"$.a": {"is": [1]}}}, r"\[1\] is no scalar"),
        ({"body": {"$.a": {"is": float("nan")}}}, "nan is no scalar"),
        ({"body": {"$.a": {"is": 1, "in": [1]}}}, "is not a JSON type"),
        *(
            ({"content-type": wrong}, "a content type is a text")
            for wrong in ("json", "Text/HTML", "a/b; c=d", None, "")
        ),
    ],
    ids=str,
)
def test__read__what_is_wrong__is_refused_by_name(written: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Condition.read(written)


@pytest.mark.parametrize("status", [404, 500])
def test__guard__a_function__runs_it_only_where_the_condition_holds(status: int) -> None:
    answer = Answer(status, [])

    def apply(answer: Answer) -> None:
        answer.edits += 1

    Condition(status="4xx").guard(apply)(answer)
    assert answer.edits == (status == 404)
    assert ALWAYS.guard(apply) is apply


def test__near_and_far__of_a_condition__are_what_it_asks_of_an_element_and_the_rest() -> None:
    condition = Condition.read({"status": 404, "body": {"$.a": "number", "@.k": {"is": "x"}}})
    near = condition.near()
    assert near is not None
    assert [near({"k": "x"}), near({"k": "y"}), near({}), near(1)] == [True, False, False, False]
    assert condition.far() == Condition.read({"status": 404, "body": {"$.a": "number"}})
    assert condition.far().near() is None


def test__of_call__of_a_condition__is_what_it_asks_of_the_call_alone() -> None:
    asked: dict[str, Any] = {"query": {"q": True}, "path": {"id": "7"}}
    rest: dict[str, Any] = {"status": 404, "content-type": "text/html", "body": {"@": "null"}}
    assert Condition.read(asked | rest).of_call() == Condition.read(asked)


def test__types__are_jsons_own() -> None:
    assert set(TYPES) == {"null", "boolean", "number", "string", "array", "object"}

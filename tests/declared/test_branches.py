from __future__ import annotations

from typing import Any

import pytest

from harness.declared.branches import Matched, Side, branch_name, matched, most_alike, signature
from harness.declared.views import Views

REFERENCES: dict[str, Any] = {
    "Cat": {"type": "object", "properties": {"purrs": {}}},
    "Dog": {"type": "object", "properties": {"barks": {}, "tail": {}}},
    "Dogs": {"type": "object", "properties": {"barks": {}, "tail": {}}},
    "Wolf": {"type": "object", "properties": {"barks": {}, "tail": {}, "howls": {}}},
}
CAT, DOG, DOGS, WOLF = ({"$ref": name} for name in REFERENCES)


def views() -> Views:
    return Views(lambda each: REFERENCES[each["$ref"]] if isinstance(each, dict) and "$ref" in each else each)


def side(*schemas: Any) -> Side:
    return Side(schemas, schemas, views())


def thing(*names: str, **more: Any) -> Any:
    return {"type": "object", "properties": {name: {} for name in names}, **more}


def constant(value: str) -> Any:
    return {"type": "object", "properties": {"kind": {"const": value}}}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([CAT, DOG], [DOG, CAT], Matched([(0, 1), (1, 0)], [], [])),
        ([CAT, DOG], [CAT, DOGS], Matched([(0, 0), (1, 1)], [], [])),
        ([CAT, DOG], [CAT], Matched([(0, 0)], [1], [])),
        ([CAT], [CAT, DOG], Matched([(0, 0)], [], [1])),
        ([CAT], [DOG], Matched([], [0], [0])),
        ([DOG], [WOLF], Matched([], [0], [0])),
        ([thing("a", "b")], [thing("a", "b", "c")], Matched([(0, 0)], [], [])),
        ([thing("a", "b")], [thing("c", "d")], Matched([], [0], [0])),
        ([constant("x"), constant("y")], [constant("y"), constant("x")], Matched([(0, 1), (1, 0)], [], [])),
        ([{"type": "string", "format": "date"}], [{"type": "string", "format": "uuid"}], Matched([(0, 0)], [], [])),
        ([{"type": "string"}], [{"type": "integer"}], Matched([], [0], [0])),
    ],
)
def test__matched__by_name_content_or_likeness__pairs_each_branch_once(old: Any, new: Any, expected: Matched) -> None:
    assert matched(side(*old), side(*new)) == expected


def test__most_alike__among_branches__has_most_members_in_common() -> None:
    assert most_alike(thing("a", "b"), views(), [thing("c"), thing("a", "b", "c"), thing("a")], views()) == 1


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        (CAT, "Cat"),
        ({"title": "A cat", "type": "object"}, "A cat"),
        ({"type": "object"}, "object"),
        (True, "anything"),
        ({}, "one without a name"),
    ],
)
def test__branch_name__of_a_schema__is_what_a_person_calls_it(schema: Any, name: str) -> None:
    assert branch_name(schema) == name


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (DOG, DOGS, True),
        ({"type": "string", "title": "a"}, {"type": "string", "description": "b"}, True),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "null"}]}, False),
        ({"type": ["string", "null"]}, {"anyOf": [{"type": "string"}, {"type": "null"}]}, True),
        (constant("a"), constant("b"), False),
        ({"minimum": 1}, {"minimum": 2}, False),
    ],
)
def test__signature__of_two_schemas__is_equal_where_they_say_the_same(one: Any, other: Any, same: bool) -> None:
    left, right = views(), views()
    assert (signature(left.of(one), left) == signature(right.of(other), right)) == same

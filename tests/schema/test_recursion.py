from __future__ import annotations

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from harness.model.paths import format_path
from harness.schema.codec import to_json
from harness.schema.recursion import tree_of, without_objects
from harness.schema.summary import MAX_DEPTH
from harness.schema.view import json_schema
from tests.schema.json_values import of


def comment(depth: int, leaf: Any = None) -> dict[str, Any]:
    children = [comment(depth - 1, leaf)] * 2 if depth else (leaf if leaf is not None else [])
    return {"id": depth, "text": "x", "replies": children}


def manager(depth: int) -> dict[str, Any] | None:
    return {"id": depth, "name": "x", "manager": manager(depth - 1)} if depth else None


def edges(depth: int) -> dict[str, Any]:
    return {"id": depth, "text": "x", "replies": {"edges": [{"node": edges(depth - 1)}] if depth else []}}


def term(depth: int) -> dict[str, Any]:
    if depth == 0:
        return {"op": "literal", "left": None, "right": None}
    return {"op": "+", "left": term(depth - 1), "right": term(depth - 1)}


def folders(depth: int) -> dict[str, Any]:
    return {"size": depth, "owner": "x", "in": {str(n): folders(depth - 1) for n in range(3)} if depth else {}}


TREES = [
    pytest.param(comment(2), ["$.replies[*]"], id="list of children"),
    pytest.param(comment(2, leaf=""), ["$.replies[*]"], id="a leaf of another type"),
    pytest.param(manager(3), ["$.manager"], id="one child"),
    pytest.param(edges(3), ["$.replies.edges[*].node"], id="a way of several steps"),
    pytest.param(term(2), ["$.left", "$.right"], id="two children"),
    pytest.param(folders(3), ["$.in.*"], id="a map of children"),
]


@pytest.mark.parametrize(("value", "ways"), TREES)
def test__tree_of__three_generations__finds_the_ways_to_the_children(value: Any, ways: list[str]) -> None:
    found = of([value, value]).objects
    assert found is not None
    tree = tree_of(found)
    assert tree is not None
    assert sorted(map(format_path, tree.ways)) == ways


@pytest.mark.parametrize(("value", "ways"), TREES)
def test__json_schema__of_a_tree__names_itself_and_accepts_it(value: Any, ways: list[str]) -> None:
    schema = json_schema(of([value, value]))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(value)
    assert list(schema["$defs"]) == ["root"]
    assert str(schema).count("'$ref': '#/$defs/root'") == 1 + len(ways)
    assert schema["$defs"]["root"]["required"] == sorted(value)
    with_a_stranger = {**value, "id": [], "size": [], "op": []}
    assert not Draft202012Validator(schema).is_valid(with_a_stranger)


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(comment(1), id="two generations"),
        pytest.param({"id": 1, "name": "a", "parent": {"id": 2, "name": "b"}}, id="a parent"),
        pytest.param({"a": {"b": {"a": {"b": {"x": 1, "y": 2}}}}}, id="one key tells nothing"),
        pytest.param({"x": 1, "y": 2, "in": {"z": 1, "w": 2, "in": {"u": 1, "v": 2, "in": {}}}}, id="other members"),
        pytest.param(
            {"x": 1, "y": 2, "z": 3, "in": {"x": "", "y": [], "z": True, "in": {"x": {}, "y": 1, "z": 1}}},
            id="other types",
        ),
    ],
)
def test__tree_of__less_than_three_like_generations__is_none(value: Any) -> None:
    found = of([value, value]).objects
    assert found is not None
    assert tree_of(found) is None


def test__tree_of__deeper_than_is_looked__is_none_and_the_view_counts_what_it_did_not_see() -> None:
    value = manager(MAX_DEPTH + 10)
    summary = of([value])
    assert summary.objects is not None
    assert tree_of(summary.objects) is None
    schema = json_schema(summary)
    assert "$defs" not in schema
    assert str(schema).count("'unseen': 1") == 1


def test__tree_of__objects__leaves_them_as_they_were() -> None:
    summary = of([comment(3), comment(2)])
    before = to_json(summary)
    assert summary.objects is not None
    assert tree_of(summary.objects) is not None
    assert to_json(summary) == before


def test__without_objects__mixed_values__keeps_the_rest() -> None:
    assert without_objects(of([{"a": 1}, None, "x"])) == of([None, "x"])

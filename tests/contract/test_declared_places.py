from __future__ import annotations

from pathlib import Path

import pytest

from harness.contract.declared_places import answer_schemas, has_place
from harness.model.json_text import Json
from harness.model.operation import Operation
from harness.model.paths import parse_path
from tests.contract.documents import answering, contract

RECORD = {"type": "object", "properties": {"a": {"type": "string"}, "any": {}}}
LIST = {"type": "array", "items": RECORD}
TUPLE = {"type": "array", "prefixItems": [RECORD, {"type": "null"}], "items": False}
MAP = {"type": "object", "additionalProperties": RECORD}
SEALED = {"type": "object", "properties": {"a": True}, "additionalProperties": False}
PATTERNS = {"type": "object", "patternProperties": {"^x-": RECORD}}
CHOICE = {"oneOf": [RECORD, {"allOf": [{"type": "object", "properties": {"b": {"type": "null"}}}]}]}


@pytest.mark.parametrize(
    ("schema", "there", "gone"),
    [
        (RECORD, "$ $.a $.any $.any.x[*]", "$.b $.a.b $[*]"),
        (LIST, "$[*].a $[0].a", "$.a $[*].b $[*][*]"),
        (TUPLE, "$[0].a $[1] $[*].a", "$[2] $[1].a"),
        (MAP, "$.*.a $.x.a", "$.x.b $[*]"),
        (SEALED, "$.a $.a.b", "$.b"),
        (PATTERNS, "$['x-y'].a $.*.a", "$.y $['x-y'].b"),
        (CHOICE, "$.a $.b", "$.c"),
        ({}, "$.x.y[*]", ""),
        (True, "$.x", ""),
    ],
)
def test__has_place__of_a_schema__follows_it(tmp_path: Path, schema: Json, there: str, gone: str) -> None:
    found = contract(tmp_path, {"GET /x": answering(schema)})
    schemas = answer_schemas(found.operations[Operation("GET", "/x")].node)
    assert {each: has_place(schemas, parse_path(each)) for each in (there + " " + gone).split()} == {
        each: each in there.split() for each in (there + " " + gone).split()
    }


def test__has_place__of_a_tree__ends(tmp_path: Path) -> None:
    itself = {"$ref": "#/paths/~1x/get/responses/200/content/application~1json/schema"}
    inside = {"type": "object", "properties": {"next": itself}}
    found = contract(tmp_path, {"GET /x": answering(inside | {"allOf": [{"anyOf": [inside]}]})})
    schemas = answer_schemas(found.operations[Operation("GET", "/x")].node)
    assert has_place(schemas, parse_path("$.next.next.next"))
    assert not has_place(schemas, parse_path("$.next.next.prev"))

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from harness.declared.api import BARE
from harness.declared.load import is_declaration, load_declared
from harness.model.errors import BadFile
from tests.declared.apis import document

SCHEMA = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "$ref": "#/definitions/a",
    "definitions": {"a": {"type": "string"}},
}


def test__load_declared__of_a_json_schema__is_the_body_of_every_answer(tmp_path: Path) -> None:
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA), encoding="utf-8")
    read = load_declared(tmp_path / "s.json")
    (body,) = read.operations[BARE].responses["default"].content.values()
    assert read.resolve(body) == {"type": "string"}


@pytest.mark.parametrize(
    ("value", "is_one"),
    [
        (document({}), True),
        ({"swagger": "2.0"}, True),
        (SCHEMA, True),
        ({"type": "object"}, True),
        ({"log": {}}, False),
        ([], False),
        ({}, False),
    ],
)
def test__is_declaration__of_a_files_value__tells_by_content(value: Any, is_one: bool) -> None:
    assert is_declaration(value) == is_one


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"swagger": "2.0", "paths": {}}, "this is Swagger 2.0"),
        ({"log": {"entries": []}}, "this is a recording"),
        ({"a": 1}, "neither OpenAPI nor a JSON Schema"),
        ([], "neither OpenAPI nor a JSON Schema"),
        ("text", "neither OpenAPI nor a JSON Schema"),
    ],
)
def test__load_declared__of_something_else__says_what_it_is(tmp_path: Path, value: Any, said: str) -> None:
    (tmp_path / "x.json").write_text(json.dumps(value), encoding="utf-8")
    with pytest.raises(BadFile, match=said):
        load_declared(tmp_path / "x.json")

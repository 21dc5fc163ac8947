from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from harness.gate.reads_file import read_reads, reads_schema
from harness.model.errors import BadFile
from tests.gate.rows import written

HEAD = "schema: backfit/reads/v1\n"
YAML_TEXT = f"""\
# what the shop's widget reads
{HEAD}operations:
  GET /articles/{{id}}:
    - $.title
    - $.tags[*].name
    - header X-Total-Count
    - status
  POST /graphql GetUser: [$.data.user.name]
  DELETE /articles/{{id}}: []
  errors: ["$.error['message']"]
"""


def test__read_reads__yaml_or_json__says_the_same(tmp_path: Path) -> None:
    plain = json.dumps(YAML(typ="safe").load(YAML_TEXT), indent="\t")
    from_yaml, from_json = (read_reads(written(tmp_path, text)) for text in (YAML_TEXT, plain))
    assert from_yaml == from_json
    assert [read.text for read in from_yaml.operations["GET /articles/{id}"]] == [
        "$.title",
        "$.tags[*].name",
        "header x-total-count",
        "status",
    ]
    assert from_yaml.operations["DELETE /articles/{id}"] == ()
    assert from_yaml.source == str(tmp_path / "file.yaml")


YAML_CONTRACT = """\
openapi: 3.1.0
info: {title: widget, version: "1"}
paths: {/a: {get: {x-backfit-reads: [{place: $.x}]}, post: {}}}
"""
OPENAPI = {
    "openapi": "3.1.0",
    "info": {"title": "widget", "version": "1"},
    "paths": {"/a": {"get": {"x-backfit-reads": [{"place": "$.x"}], "responses": {}}, "post": {"responses": {}}}},
}


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(OPENAPI),
        json.dumps({"info": OPENAPI["info"], **OPENAPI}, indent=2),
        f"# a contract\n{YAML_CONTRACT}",
    ],
)
def test__read_reads__a_contract__says_what_was_seen(tmp_path: Path, text: str) -> None:
    found = read_reads(written(tmp_path, text))
    assert found.watched
    assert [read.text for read in found.operations["GET /a"]] == ["$.x"]
    assert (found.is_unknown("GET /a"), found.is_unknown("POST /a")) == (False, True)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "'operations' is no mapping"),
        ("operations: [a]", 2, "'operations' is no mapping"),
        ("operations:\n  GET articles: []", 3, "'GET articles' is no operation"),
        ("operations:\n  GET /a: $.x", 3, "'GET /a' has no list of places"),
        ("operations:\n  GET /a:", 3, "'GET /a' has no list of places"),
        ("operations:\n  GET /a:\n  - $.x\n  - x", 5, "under 'GET /a': 'x' is no place"),
        ("operations:\n  GET /a:\n  - {a: b}", 4, "is no place"),
        ("operations:\n  GET /a:\n  - $.x[", 4, "cannot read the path"),
        ("operation: {}", 2, "unknown key 'operation'"),
    ],
)
def test__read_reads__a_mistake__is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = written(tmp_path, HEAD + text)
    with pytest.raises(BadFile) as error:
        read_reads(file)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert said in str(error.value)


def test__read_reads__several_mistakes__are_in_one_message(tmp_path: Path) -> None:
    file = written(tmp_path, f"{HEAD}operations:\n  GET: [x]\n  GET /a: [$.b, y]\n")
    with pytest.raises(BadFile) as error:
        read_reads(file)
    assert [text for text in str(error.value).split("\n") if text.startswith(str(file))] == [
        f"{file}:3: 'GET' is no operation",
        f"{file}:3: under 'GET': 'x' is no place in an answer: write $.a.path, header NAME or status",
        f"{file}:4: under 'GET /a': 'y' is no place in an answer: write $.a.path, header NAME or status",
    ]


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        (YAML_TEXT, True),
        (HEAD + "operations: {}", True),
        (HEAD, False),
        ("schema: x\noperations: {}", False),
        (HEAD + "operations: {GET articles: []}", False),
        (HEAD + "operations: {GET /a: [x]}", False),
        (HEAD + "operations: {GET /a: $.x}", False),
        (HEAD + "operations: {}\nmore: 1", False),
    ],
)
def test__reads_schema__as_the_reader__takes_and_refuses(tmp_path: Path, text: str, valid: bool) -> None:
    Draft202012Validator.check_schema(reads_schema())
    assert Draft202012Validator(reads_schema()).is_valid(YAML(typ="safe").load(text)) is valid
    try:
        read_reads(written(tmp_path, text))
    except BadFile:
        assert not valid
    else:
        assert valid

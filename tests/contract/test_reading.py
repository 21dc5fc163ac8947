from __future__ import annotations

import json
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from harness.contract.reading import read_contract
from harness.model.errors import BadFile
from harness.model.operation import Operation
from harness.model.reads import Need, Op, OperationUse, PlaceUse

BY_HAND = Path(__file__).parent / "written_by_hand.yaml"
GET = Operation("GET", "/api/articles/{id}")


def test__read_contract__written_by_a_person__says_what_it_says() -> None:
    found = read_contract(BY_HAND)
    assert (found.title, found.source) == ("widget", str(BY_HAND))
    assert found.uses == {
        GET: (
            PlaceUse("$.price", {}, (), {"removed": Need.TOLERATED}),
            PlaceUse("$.tags[*]", {Op.READ: 3, Op.COPIED: 1}, ("widget.js:12:5",)),
            PlaceUse("$.title", {Op.READ: 1}, (), {"removed": Need.NEEDED, "null": Need.TOLERATED}),
            PlaceUse("header x-total", {Op.MISSING: 1}),
        ),
        Operation("DELETE", "/api/articles/{id}"): (),
    }
    assert [(use.operation, use.calls, use.watched) for use in found.used()] == [
        ("CALL /api/System/getUser", 4, False),
        ("DELETE /api/articles/{id}", 0, True),
        ("GET /api/articles/{id}", 0, True),
        ("POST /api/graphql GetUser", 0, False),
    ]
    assert found.used()[2] == OperationUse(str(GET), 0, found.uses[GET], watched=True)


def test__read_contract__json_or_yaml__is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    file.write_text(json.dumps(YAML(typ="safe").load(BY_HAND)))
    assert read_contract(file).operations == read_contract(BY_HAND).operations


HEAD = 'openapi: 3.1.0\ninfo: {title: t, version: "1"}\npaths:\n  /a:\n    get:\n      responses: {}\n'


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("      x-backfit-reads:\n      - {place: x}", 8, "'x' is no place in an answer"),
        ("      x-backfit-reads:\n      - {ops: {read: 1}}", 8, "'' is no place in an answer"),
        ("      x-backfit-reads:\n      - {place: $.a, ops: {reed: 1}}", 8, "did you mean 'read'?"),
        ("      x-backfit-reads:\n      - place: $.a\n        ops: {read: 0}", 9, "0 does not say how often"),
        ("      x-backfit-reads:\n      - {place: $.a, ops: {read: true}}", 8, "True does not say how often"),
        ("      x-backfit-reads:\n      - {place: $.a, op: read}", 8, "did you mean 'ops'?"),
        ("      x-backfit-reads:\n      - {place: $.a}\n      - {place: \"$['a']\"}", 9, "$.a stands in x-backfit-reads twice"),
        ("      x-backfit-reads:\n      - $.a", 8, "this is a mapping, not '$.a'"),
        ("      x-backfit-reads: $.a", 7, "this is a list, not '$.a'"),
        ("      x-backfit-needs:\n      - {place: $.a, removed: neded}", 8, "did you mean 'needed'?"),
        ("      x-backfit-needs:\n      - {place: $.a, gone: needed}", 8, "unknown key 'gone'"),
        ("      x-backfit-support: 3", 7, "this is a mapping"),
    ],
)  # fmt: skip
def test__read_contract__a_mistake__is_named_with_its_line(tmp_path: Path, text: str, line: int, said: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(HEAD + text)
    with pytest.raises(BadFile) as error:
        read_contract(file)
    assert str(error.value).startswith(f"{file}:{line}: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "this is no contract"),
        ("[]", "this is no contract"),
        ('{"openapi": "2.0"}', "OpenAPI 2.0 is not read here"),
        ('{"openapi": "3.1.0", "paths": {', "not JSON"),
        ('{"openapi": "3.1.0", "info": 3}', "a mapping"),
    ],
)
def test__read_contract__what_is_none__is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "c.json"
    file.write_text(text)
    with pytest.raises(BadFile, match=said):
        read_contract(file)


def test__read_contract__hostile_names__are_names(tmp_path: Path) -> None:
    file = tmp_path / "c.json"
    name = "/__proto__/</script>/{x}"
    place = '$["__proto__"]["</script>\\n"]'
    said = {"get": {"x-backfit-reads": [{"place": place}], "responses": {}}}
    file.write_text(json.dumps({"openapi": "3.1.0", "info": {"title": "\u202ex"}, "paths": {name: said, "x-y": 1}}))
    found = read_contract(file)
    assert {str(each): [use.place for use in uses] for each, uses in found.uses.items()} == {
        f"GET {name}": ['$.__proto__["</script>\\n"]']
    }

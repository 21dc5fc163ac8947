from __future__ import annotations

import re
from pathlib import Path

import pytest

from harness.model.errors import BadFile
from harness.shims.document import Entry
from harness.shims.yaml_file import parse_shim

HEAD = "schema: backfit/shim/v1\n"


def operation(*lines: str) -> str:
    return HEAD + "operations:\n  - match: GET /a/{id}\n" + "".join(f"    {line}\n" for line in lines)


def everywhere(*steps: str) -> str:
    return HEAD + "everywhere:\n" + "".join(f"  - {step}\n" for step in steps)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("- a", 1, "a shim file is a mapping"),
        ("", 1, "a shim file is a mapping"),
        ("pairs: 1", 1, "schema is None"),
        ("schema: backfit/shim/v2", 1, "schema is 'backfit/shim/v2'"),
        (HEAD + "bogus: 1", 2, "unknown key 'bogus' in a shim file; known: schema"),
        (HEAD + "pairs: abc", 2, "pairs is a count"),
        (HEAD + "pairs: true", 2, "pairs is a count"),
        (HEAD + "pairs: -1", 2, "pairs is a count"),
        (HEAD + "pairs:", 2, "pairs is a count"),
        (HEAD + "system: 5", 2, "system is a mapping"),
        (HEAD + "system: {name: [a]}", 2, "name is a text"),
        (HEAD + "system: {old: 1.10}", 2, "old is a text: write it in quotes"),
        (HEAD + "operations: {}", 2, "operations is a list"),
        (HEAD + "moved:\n  - {from: api, to: /b}", 3, "from is the beginning of a path such as /api/3, not 'api'"),
        (HEAD + "moved:\n  - {from: /a, to: '/b?c'}", 3, "to is the beginning of a path"),
        (HEAD + "requests:\n  - status: {from: 200, to: 201}", 3, "'status' edits answers"),
        (HEAD + "learned: [abc]", 2, "by marks of 8 letters"),
        (operation("lost: [{path: status, then: null}]"), 4, "nothing can stand in for status"),
        (HEAD + "operations:", 2, "operations is a list"),
        (HEAD + "operations: [1]", 2, "an operation is a mapping"),
        (HEAD + "operations:\n  - match: x", 3, "match is written as"),
        (HEAD + "operations:\n  - response: []", 3, "match is written as"),
        (HEAD + "operations:\n  - match: GET /{a", 3, "match is written as"),
        (HEAD + "operations:\n  - match: [GET]", 3, "match is a text"),
        (operation("forward: /b"), 4, "forward is written as"),
        (operation("forward: GET /{b}"), 4, "forward uses {b}"),
        (operation("rewrite: always"), 4, "rewrite: a condition is a mapping"),
        (operation('forward: "GET /b\\r\\nX: y"'), 4, "forward is written as"),
        (operation("forward: GET /b?x=y"), 4, "forward is written as"),
        (operation("when: 5"), 4, "a condition is a mapping"),
        (operation("when: {status: abc}"), 4, "a status is a number"),
        (operation("when: {query: {a: [1]}}"), 4, "neither a text"),
        (operation("when: {body: {a: null}}"), 4, "a path starts with $"),
        (operation("otherwise: maybe"), 4, "otherwise is true or false"),
        (operation("lost: [5]"), 4, "a lost place is a mapping"),
        (operation("ambiguous: abc"), 4, "ambiguous is a list"),
        (operation("ambiguous: [5]"), 4, "an ambiguous place is a mapping"),
        (operation("ambiguous: [{path: $.a, choices: [5]}]"), 4, "a step is written as"),
        (operation("lost: [{path: $.a, required: 1}]"), 4, "required is true or false"),
        (operation("lost: [{path: $.a, then: .inf}]"), 4, "not JSON"),
        (operation("calls: [{name: 1a, get: /b}]"), 4, "a name of letters and digits"),
        (operation("calls: [{name: a, get: //b/c}]"), 4, "get is a path of the same system"),
        (operation('calls: [{name: a, get: "http://b/c"}]'), 4, "get is a path of the same system"),
        (operation("calls: [{name: a, get: /b, keep: -1}]"), 4, "keep is a number of seconds"),
        (operation("calls: [{name: a, get: /b, keep: 1e9}]"), 4, "keep is a number of seconds"),
        (operation("request:", "  - status: {from: 200, to: 404}"), 5, "edits answers"),
        (operation("response:", "  - drop: {keys: [a]}", "    by: chance"), 6, "by is 'hand'"),
        (operation("discriminator: [a]"), 4, "discriminator is a text"),
        (operation("response:", "  - drop: {keys: [a]}", "  - nope: {}"), 6, "unknown step 'nope'"),
        (everywhere("5"), 3, "a step is written as"),
        (everywhere("drop"), 3, "a step is written as"),
        (everywhere("drop: {keys: [a]}", "drop: {keys: 5}"), 4, "drop.keys"),
        (everywhere("drop: {keys: [a], bogus: 1}"), 3, "unknown key 'bogus' in 'drop'"),
        (everywhere("drop: {keys: [a], at: x}"), 3, "drop.at: a path starts with $"),
        (everywhere("drop: {}"), 3, "keys"),
        (everywhere("status: {from: 200, to: abc}"), 3, "status.to"),
        (everywhere('set-header: {header: a, value: "x\\r\\ny: z"}'), 3, "one line"),
        (everywhere("replace: {value: .nan}"), 3, "not JSON"),
        (everywhere("replace: {value: !!set {a, b}}"), 3, "not JSON"),
        (everywhere("replace: {value: !!binary aGVsbG8=}"), 3, "not JSON"),
        (everywhere("replace: {value: {1: 2}}"), 3, "is not in quotes"),
        (everywhere("drop: &a {keys: [a]}", "drop: *a"), 3, "anchors and aliases"),
    ],
)
def test__shim_of__what_is_wrong__names_line_and_fault(text: str, line: int, what: str) -> None:
    with pytest.raises(BadFile, match=re.escape(what)) as caught:
        parse_shim(text, "x.yaml")
    assert (caught.value.where, caught.value.exit_code) == (f"x.yaml:{line}", 2)


def test__shim_of__a_method_and_a_path_of_any_kind__are_taken() -> None:
    assert parse_shim(HEAD + "operations:\n  - match: M-SEARCH /a b").entries == (Entry("M-SEARCH", "/a b"),)


def test__shim_of__a_tag_of_python__runs_nothing(tmp_path: Path) -> None:
    text = everywhere(f"replace: {{value: !!python/object/apply:os.mkdir ['{tmp_path}/made']}}")
    parse_shim(text)
    assert list(tmp_path.iterdir()) == []


def test__shim_of__a_billion_laughs__is_refused_at_once() -> None:
    levels = [f"    l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]" for n in range(1, 12)]
    with pytest.raises(BadFile, match="anchors and aliases"):
        parse_shim(
            "\n".join([HEAD + "everywhere:", "  - replace:", "      l0: &l0 [x]", *("  " + each for each in levels)])
        )

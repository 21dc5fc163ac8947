from __future__ import annotations

import pytest

from harness.lens.condition import Condition
from harness.model.json_text import Json
from harness.shims.retold import CannotCompose, Retold, moved_into, received_again
from harness.shims.yaml_writing import step_text
from tests.shims.answers import learned

ASK: Json = {"rename": {"at": "$.query", "from": "_limit", "to": "size"}}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (Condition(query=(("size", True),)), Condition(query=(("_limit", True),))),
        (Condition(query=(("_limit", True),)), None),
        (Condition(query=(("_limit", False),)), Condition()),
        (Condition(query=(("other", "1"),)), Condition(query=(("other", "1"),))),
        (Condition(path=(("n", "7"),)), Condition(path=(("id", "7"),))),
        (Condition(path=(("kind", "bikes"),)), Condition()),
        (Condition(path=(("kind", "cars"),)), None),
        (Condition(path=(("unknown", True),)), None),
    ],
)
def test__condition__on_the_later_call__speaks_of_the_plugins(when: Condition, expected: Condition | None) -> None:
    assert Retold({"n": "{id}", "kind": "bikes"}, learned(ASK)).condition(when) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ({"copy": {"from": "query(size)", "to": "a"}}, "copy: {from: query(_limit), to: a}"),
        ({"copy": {"from": "path(n)", "to": "a"}}, "copy: {from: path(id), to: a}"),
        ({"copy": {"from": "path(kind)", "to": "a"}}, "default: {key: a, value: bikes}"),
        ({"copy": {"from": "query(_limit)", "to": "a"}}, None),
        ({"set-header": {"header": "x", "from": "path(kind)"}}, "set-header: {header: x, value: bikes}"),
        ({"copy": {"from": "$.b", "to": "a"}}, "copy: {from: $.b, to: a}"),
    ],
)
def test__steps__that_read_the_later_call__read_the_plugins(step: Json, expected: str | None) -> None:
    found = Retold({"n": "{id}", "kind": "bikes"}, learned(ASK)).steps(learned(step))
    assert [step_text(each.step) for each in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    "request_step",
    [
        {"convert": {"at": "$.query.size", "using": "upper-case"}},
        {"default": {"at": "$.query", "key": "size", "value": "1"}},
        {"drop": {"at": "$.query", "keys": ["size"], "when": {"query": {"x": True}}}},
    ],
)
def test__condition__on_what_a_step_makes__is_refused(request_step: Json) -> None:
    with pytest.raises(CannotCompose, match=r"\$.query.size of the later call is made by"):
        Retold({}, learned(request_step)).condition(Condition(query=(("size", "1"),)))


def test__received__of_what_was_edited_since__goes_to_the_front() -> None:
    steps = learned({"values": {"at": "$.rows[*]"}}, {"copy": {"from": "keys(received($.rows[0]))", "to": "columns"}})
    before = learned({"drop": {"keys": ["x"]}})
    assert [step_text(each.step) for each in received_again(steps, before)] == [
        'copy: {from: "keys($.rows[0])", to: columns}',
        'values: {at: "$.rows[*]"}',
    ]
    assert received_again(steps, ()) == list(steps)


def test__received__where_it_cannot_go_to_the_front__is_refused() -> None:
    steps = learned({"unwrap": {"key": "data"}}, {"copy": {"from": "received($.data)", "to": "a"}})
    with pytest.raises(CannotCompose, match="reads what the other shim makes"):
        received_again(steps, learned({"drop": {"keys": ["x"]}}))


def test__moved_into__the_paths_variables__have_the_plugins_names() -> None:
    steps = learned(
        {"convert": {"at": "$.path.n", "using": "string-to-integer"}}, {"drop": {"at": "$.query", "keys": ["a"]}}
    )
    found = moved_into(steps, {"n": "{id}"})
    assert [step_text(each.step) for each in found] == [
        "convert: {at: $.path.id, using: string-to-integer}",
        "drop: {at: $.query, keys: [a]}",
    ]
    with pytest.raises(CannotCompose):
        moved_into(steps, {"n": "7"})

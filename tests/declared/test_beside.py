from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.declared.beside import declared_findings
from harness.declared.merge import merged
from harness.declared.request_rules import request_rules
from harness.declared.rules import declared_rules
from harness.model.change import Level
from harness.model.exchange import Exchange
from tests.declared.apis import api, call, load, operation, parameter

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}


def thing(properties: Any, required: tuple[str, ...] = (), **more: Any) -> Any:
    return {"type": "object", "properties": properties, "required": list(required), **more}


def declared(answer: Any, *parameters: Any, **more: Any) -> Any:
    return api({"/a": {"get": operation(*parameters, answer=answer)}}, **more)


def answered(*bodies: Any, status: int = 200) -> list[Exchange]:
    return [call("/a", answer=body, status=status) for body in bodies]


def names(changes: Any) -> set[tuple[str, str, str]]:
    return {(each.kind, each.path, each.level.value) for each in changes}


@pytest.mark.parametrize(
    ("schema", "body", "expected"),
    [
        (thing({"a": TEXT}), {"a": 1}, ("response-property-type-changed", "$.a", "break")),
        (thing({"a": TEXT}), {"a": None}, ("response-property-became-not-nullable", "$.a", "info")),
        (thing({"a": {"enum": ["x"]}}), {"a": "y"}, ("response-property-enum-value-removed", "$.a", "info")),
        (thing({"a": {"const": 1}}), {"a": 2}, ("response-property-const-changed", "$.a", "break")),
        (thing({"a": WHOLE}), {"a": 1.5}, ("response-property-type-specialized", "$.a", "info")),
        (thing({"a": TEXT}), {"a": "x", "b": 1}, ("response-required-property-removed", "$.b", "risk")),
        (thing({"a": TEXT}, additionalProperties=False), {"a": "x", "b": 1},
         ("response-required-property-removed", "$.b", "break")),
        (thing({"a": TEXT, "c": TEXT}, ("c",)), {"a": "x"}, ("response-required-property-added", "$.c", "info")),
        (thing({"a": {**WHOLE, "multipleOf": 10}}), {"a": 12}, ("response-value-not-declared", "$.a", "risk")),
        (thing({"l": {"type": "array", "items": thing({"a": TEXT})}}), {"l": [{"a": 1}, {"a": 2}]},
         ("response-property-type-changed", "$.l[*].a", "break")),
        ({"type": "array"}, {"a": "x"}, ("response-body-type-changed", "$", "break")),
    ],
)  # fmt: skip
def test__findings__of_old_answers_against_new_declared__name_what_cannot_come_any_more(
    schema: Any, body: Any, expected: Any
) -> None:
    changes = declared_findings(None, declared(schema), answered(body))
    assert names(changes) == {expected}
    assert changes[0].support.agreeing == 1


@pytest.mark.parametrize(
    ("schema", "body", "expected"),
    [
        (thing({"a": TEXT}), {"a": 1}, ("response-property-type-changed", "$.a", "break")),
        (thing({"a": TEXT}), {"a": None}, ("response-property-became-nullable", "$.a", "break")),
        (thing({"a": {"enum": ["x"]}}), {"a": "y"}, ("response-property-enum-value-added", "$.a", "risk")),
        (thing({"a": WHOLE}), {"a": 1.5}, ("response-property-type-generalized", "$.a", "break")),
        (thing({"a": TEXT}, ("a",)), {}, ("response-required-property-removed", "$.a", "break")),
        (thing({"a": TEXT}), {"a": "x", "b": 1}, ("response-optional-property-added", "$.b", "info")),
        (thing({"a": {**WHOLE, "maximum": 5}}), {"a": 7}, ("response-property-max-increased", "$.a", "break")),
        (thing({"a": {"type": "array", "minItems": 1}}), {"a": []}, ("response-property-min-items-decreased", "$.a", "break")),
    ],
)  # fmt: skip
def test__findings__of_new_answers_against_old_declared__name_what_is_new(
    schema: Any, body: Any, expected: Any
) -> None:
    changes = declared_findings(declared(schema), None, (), answered(body))
    assert names(changes) == {expected}
    assert changes[0].new == (None if expected[0].endswith("removed") else next(reversed(body.values())))


@pytest.mark.parametrize(
    "body",
    [{"a": "x"}, {"a": "x", "n": 1, "l": []}, {"a": "x", "n": 2.0, "l": [1, 2]}, {"a": "x", "free": {"anything": [1]}}],
)
def test__findings__of_answers_that_the_other_side_declares__are_none(body: Any) -> None:
    schema = thing({"a": TEXT, "n": {"type": "number"}, "l": {"type": "array"}, "free": {"type": "object"}}, ("a",))
    assert declared_findings(None, declared(schema), answered(body)) == []
    assert declared_findings(declared(schema), None, (), answered(body)) == []
    assert declared_findings(None, load(schema), answered(body)) == []


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (201, ("response-success-status-removed", "status", "break")),
        (404, ("response-non-success-status-removed", "status", "info")),
        (302, None),
    ],
)
def test__findings__of_a_status_that_new_does_not_declare__depend_on_success(status: int, expected: Any) -> None:
    changes = declared_findings(None, declared(thing({})), answered({}, status=status))
    assert names(changes) == ({expected} if expected else set())


def test__findings__of_answers_against_their_own_declaration__say_that_it_is_wrong() -> None:
    schema = declared(thing({"a": TEXT}))
    changes = declared_findings(schema, schema, answered({"a": 1}, {"a": 2}), answered({"a": "x"}))
    assert names(changes) == {("declared-schema-violated", "$.a", "info")}
    assert changes[0].facts["side"] == "OLD"
    assert (changes[0].support.pairs, changes[0].support.agreeing) == (2, 2)


def test__findings__of_two_declarations_of_a_call_that_nobody_made__are_no_more_than_told() -> None:
    old, new = declared(thing({"a": TEXT}, ("a",))), declared(thing({}))
    [alone] = declared_findings(old, new)
    [beside] = declared_findings(old, new, [call("/other")])
    assert (alone.level, beside.level) == (Level.BREAK, Level.INFO)
    assert "no call of this operation" in beside.reason


def test__findings__of_a_declared_break_that_recordings_do_not_show__are_a_risk_when_merged() -> None:
    old, new = declared(thing({"a": TEXT}, ("a",))), declared(thing({}))
    recorded = answered({"a": "x"}, {"a": "y"})
    [change] = merged([], declared_findings(old, new, recorded, recorded))
    assert (change.kind, change.level) == ("response-required-property-removed", Level.RISK)
    assert "not seen in 2 answers" in change.reason


def test__findings__of_a_request_that_new_took_all_the_same__are_a_risk() -> None:
    old, new = declared(None), declared(None, parameter("q", required=True))
    [alone] = declared_findings(old, new, [call("/a")])
    [taken] = declared_findings(old, new, [call("/a")], [call("/a")])
    [refused] = declared_findings(old, new, [call("/a")], [call("/a", status=400)])
    assert [each.level for each in (alone, taken, refused)] == [Level.BREAK, Level.RISK, Level.BREAK]


def test__findings__behind_a_server_path__are_called_as_recordings_call_them() -> None:
    old, new = (declared(thing({"a": schema}, ("a",)), servers=[{"url": "/api"}]) for schema in (TEXT, WHOLE))
    recorded = [call("/api/a", answer={"a": "x"})], [call("/api/a", answer={"a": 1})]
    [change] = declared_findings(old, new, *recorded)
    assert (change.operation, change.support.pairs, change.level) == ("GET /api/a", 1, Level.BREAK)


SCHEMAS = st.sampled_from(
    [thing({"a": TEXT}), thing({"a": WHOLE}, ("a",)), {"type": "array", "items": WHOLE}, thing({"a": {"enum": [1, "x"]}}), {},
     True,
     {"oneOf": [thing({"a": TEXT}, ("a",)), WHOLE]}, thing({"a": {"minimum": 3, "pattern": "^x"}}, additionalProperties=False)]
)  # fmt: skip
BODIES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=3)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner)),
    max_leaves=6,
)


@given(SCHEMAS, SCHEMAS, BODIES, BODIES)
def test__findings__of_anything__have_a_rule_and_a_fingerprint_of_their_own(
    old: Any, new: Any, body: Any, other: Any
) -> None:
    rules = {**declared_rules(), **request_rules()}
    before, after = declared(old), declared(new)
    for arguments in (
        (None, after, answered(body), ()), (before, None, (), answered(body)), (before, after, answered(body), answered(other)),
    ):  # fmt: skip
        changes = declared_findings(*arguments)
        marks = [(each.fingerprint, each.path) for each in changes]
        assert len({*marks}) == len(marks)
        assert all(each.kind in rules or each.kind.startswith("response-") for each in changes)


@given(SCHEMAS, BODIES)
def test__findings__of_one_declaration_and_one_recording__only_say_that_the_declaration_is_wrong(
    schema: Any, body: Any
) -> None:
    same = declared(schema)
    kinds = {each.kind for each in declared_findings(same, same, answered(body), answered(body))}
    assert kinds <= {"declared-schema-violated"}

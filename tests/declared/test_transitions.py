from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.changes.kind import kinds
from harness.declared.responses import compare_responses
from harness.declared.transitions import claimed
from harness.model.change import Change, Level
from tests.declared.apis import api, operation

TEXT = {"type": "string"}
WHOLE = {"type": "integer"}
DATE = {"type": "string", "format": "date-time"}


def thing(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


def items(schema: Any) -> Any:
    return {"type": "array", "items": schema}


def changes(old: Any, new: Any, **more: Any) -> list[Change]:
    before, after = (api({"/a": {"get": operation(answer=schema)}}, **more) for schema in (old, new))
    return claimed(before, after, compare_responses(before, after))


def found(old: Any, new: Any) -> list[tuple[str, str]]:
    return [(each.kind.removeprefix("response-"), each.path) for each in changes(old, new)]


USER = thing(id=WHOLE, login=TEXT, email=TEXT, since=DATE)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (thing(strategyName=TEXT), thing(name=TEXT), [("property-renamed", "$.strategyName")]),
        (thing(updatedAt=DATE), thing(lastUpdatedAt=DATE), [("property-renamed", "$.updatedAt")]),
        (thing(user=USER, n=WHOLE), thing(owner=USER, n=WHOLE), [("property-renamed", "$.user")]),
        (items(thing(kind={"enum": ["monthly", "yearly"]})), items(thing(period={"enum": ["monthly", "yearly"]})),
         [("property-renamed", "$[*].kind")]),
        (thing(created_at=DATE, u=thing(first_name=TEXT)), thing(createdAt=DATE, u=thing(firstName=TEXT)),
         [("naming-convention-changed", "$.created_at"), ("naming-convention-changed", "$.u.first_name")]),
        (thing(created_at=DATE, n=WHOLE), thing(createdAt=DATE, n=WHOLE), [("property-renamed", "$.created_at")]),
        (USER, thing(data=USER), [("object-wrapped", "$")]),
        (thing(data=USER), USER, [("envelope-removed", "$")]),
        (items(USER), thing(items=items(USER), total=WHOLE), [("list-wrapped", "$")]),
        (thing(items=items(USER), total=WHOLE), items(USER), [("envelope-removed", "$")]),
        (thing(x=items(USER)), thing(x=thing(data=items(USER))), [("list-wrapped", "$.x")]),
        (thing(id=WHOLE, attributes=thing(a=WHOLE, b=TEXT)), thing(id=WHOLE, a=WHOLE, b=TEXT),
         [("members-hoisted", "$.attributes")]),
        (thing(id=WHOLE, a=WHOLE, b=TEXT), thing(id=WHOLE, attributes=thing(a=WHOLE, b=TEXT)), [("members-plunged", "$")]),
        (thing(b=thing(repeat=WHOLE, w=TEXT)), thing(b=thing(w=TEXT), repeat=WHOLE), [("property-moved", "$.b.repeat")]),
        (thing(a=TEXT), thing(a=items(TEXT)), [("value-became-list", "$.a")]),
        (thing(a=items(TEXT)), thing(a=TEXT), [("list-became-value", "$.a")]),
    ],
)  # fmt: skip
def test__claimed__of_one_move__is_one_finding(old: Any, new: Any, expected: list[tuple[str, str]]) -> None:
    names = [row for row in found(old, new) if row[0] != "optional-property-added"]
    assert names == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (thing(price=WHOLE), thing(color=WHOLE), ["optional-property-added", "optional-property-removed"]),
        (thing(name=TEXT), thing(name=TEXT, nick=TEXT), ["optional-property-added"]),
        (thing(name=TEXT), thing(names=WHOLE), ["optional-property-added", "optional-property-removed"]),
        (thing(name=TEXT), thing(first_name=TEXT, last_name=TEXT),
         ["optional-property-added", "optional-property-added", "optional-property-removed"]),
        (items(TEXT), thing(a=WHOLE, b=TEXT), ["body-type-changed"]),
        (thing(a=items(TEXT)), thing(a=items(WHOLE)), ["property-type-changed"]),
        (thing(a=items(thing(x=TEXT)), b=TEXT), thing(a=items(thing()), b=TEXT, x=TEXT),
         ["optional-property-added", "optional-property-removed"]),
        (USER, USER, []),
    ],
)  # fmt: skip
def test__claimed__of_what_no_move_explains__is_as_raw_as_it_was(old: Any, new: Any, expected: list[str]) -> None:
    assert sorted(kind for kind, _ in found(old, new)) == expected


def test__claimed__of_a_member_that_no_answer_holds__is_no_break() -> None:
    hidden = {**TEXT, "writeOnly": True}
    levels = {each.level for each in changes(thing(oldPassword=hidden), thing(old_password=hidden))}
    assert levels == {Level.INFO}


def test__claimed__with_rivals__asks_which_it_was() -> None:
    [gone] = [
        each for each in changes(thing(name=TEXT), thing(first_name=TEXT, last_name=TEXT)) if "removed" in each.kind
    ]
    assert gone.question == "is it 'first_name' or 'last_name' now?"


def test__claimed__of_a_rename__still_tells_what_changed_inside() -> None:
    old, new = USER, thing(id=WHOLE, login=TEXT, email=TEXT, since=DATE, name=TEXT)
    told = {(each.kind, each.path) for each in changes(thing(user=old), thing(owner=new))}
    assert told == {("response-property-renamed", "$.user"), ("response-optional-property-added", "$.owner.name")}
    told = {(each.kind, each.path) for each in changes(thing(user=new), thing(owner=old))}
    assert told == {("response-property-renamed", "$.user"), ("response-optional-property-removed", "$.user.name")}


def test__claimed__of_a_rename_in_a_rename__names_both_once() -> None:
    many = {f"field{number}": TEXT for number in range(8)}
    old, new = thing(user=thing(**many, strategyName=TEXT)), thing(owner=thing(**many, name=TEXT))
    assert found(old, new) == [("property-renamed", "$.user"), ("property-renamed", "$.user.strategyName")]


def test__claimed__of_several_statuses__is_one_finding() -> None:
    def declared(schema: Any) -> Any:
        answer = {"description": "", "content": {"application/json": {"schema": schema}}}
        return api({"/a": {"get": {"responses": {"200": answer, "201": answer}}}})

    old, new = declared(thing(strategyName=TEXT)), declared(thing(name=TEXT))
    [change] = claimed(old, new, compare_responses(old, new))
    assert change.facts["statuses"] == ["200", "201"]


def test__claimed__of_a_recursive_schema__ends() -> None:
    def tree(name: str) -> Any:
        node = thing(**{name: TEXT, "children": items({"$ref": "#/components/schemas/node"})})
        return api(
            {"/a": {"get": operation(answer={"$ref": "#/components/schemas/node"})}},
            components={"schemas": {"node": node}},
        )

    old, new = tree("strategyName"), tree("name")
    paths = {(each.kind, each.path) for each in claimed(old, new, compare_responses(old, new))}
    assert ("response-property-renamed", "$.strategyName") in paths


def test__claimed__of_a_schema_that_stands_in_two_places__leaves_neither_raw() -> None:
    def shop(name: str) -> Any:
        part = thing(**{name: TEXT, "n": WHOLE})
        answer = thing(here={"$ref": "#/components/schemas/part"}, there=items({"$ref": "#/components/schemas/part"}))
        return api({"/a": {"get": operation(answer=answer)}}, components={"schemas": {"part": part}})

    old, new = shop("strategyName"), shop("name")
    told = claimed(old, new, compare_responses(old, new))
    assert {(each.kind, each.path) for each in told} == {
        ("response-property-renamed", "$.here.strategyName"),
        ("response-property-renamed", "$.there[*].strategyName"),
    }
    assert len({each.fingerprint for each in told}) == 1


def test__claimed__of_names_in_another_script__needs_more_than_that() -> None:
    assert sorted(kind for kind, _ in found(thing(価格=TEXT), thing(名前=TEXT))) == [
        "optional-property-added",
        "optional-property-removed",
    ]


def test__claimed__ids_and_titles__are_those_of_the_observed_kinds() -> None:
    observed = kinds()
    for each in changes(thing(strategyName=TEXT, x=USER), thing(name=TEXT, x=thing(data=USER))):
        assert each.kind in observed
        assert each.level is Level.BREAK


SCHEMAS = st.recursive(
    st.sampled_from([TEXT, WHOLE, DATE, {}, {"enum": ["a", "b"]}]),
    lambda inner: st.one_of(
        st.builds(items, inner),
        st.dictionaries(st.sampled_from(["a", "b", "data", "items", "userName", "user_name"]), inner, min_size=1, max_size=4)
        .map(lambda properties: thing(**properties)),
    ),
    max_leaves=8,
)  # fmt: skip


@given(SCHEMAS, SCHEMAS)
def test__claimed__of_any_two_schemas__loses_no_break_and_finds_nothing_in_one(old: Any, new: Any) -> None:
    assert changes(old, old) == []
    before, after = (api({"/a": {"get": operation(answer=schema)}}) for schema in (old, new))
    raw = compare_responses(before, after)
    told = claimed(before, after, raw)
    harmful = [each for each in raw if each.level is not Level.INFO]
    assert bool(harmful) == any(each.level is not Level.INFO for each in told)

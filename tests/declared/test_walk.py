from __future__ import annotations

from typing import Any

from harness.declared.responses import compare_responses
from harness.declared.walk import PLACES
from harness.model.change import Change
from tests.declared.apis import api
from tests.declared.pairs import body

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def reference(name: str) -> Any:
    return {"$ref": f"#/components/schemas/{name}"}


def compared(schema: Any, old: Any, new: Any) -> list[Change]:
    """How the schema, over OLD's and over NEW's components, differs."""
    paths = {"/a": {"get": {"responses": body(schema)}}}
    return compare_responses(*(api(paths, components={"schemas": schemas}) for schemas in (old, new)))


def tree(name: Any) -> Any:
    return {
        "Tree": {"type": "object", "properties": {"name": name, "inner": {"type": "array", "items": reference("Tree")}}}
    }


def test__differences__in_a_recursive_schema__are_told_above_and_one_level_below() -> None:
    found = compared(reference("Tree"), tree(TEXT), tree(WHOLE))
    assert [change.path for change in found] == ["$.name", "$.inner[*].name"]
    assert len({change.fingerprint for change in found}) == 1


def test__differences__in_schemas_that_refer_to_each_other__end() -> None:
    def pair(name: Any) -> Any:
        return {
            "A": {"properties": {"b": reference("B"), "a": reference("A")}},
            "B": {"properties": {"a": reference("A"), "b": {"anyOf": [reference("B"), reference("A")]}, "name": name}},
        }

    assert next(change.path for change in compared(reference("A"), pair(TEXT), pair(WHOLE))) == "$.b.name"
    assert compared(reference("A"), pair(TEXT), pair(TEXT)) == []


def test__differences__in_a_schema_at_several_places__are_rows_of_one_change() -> None:
    found = compared(
        {"properties": {"a": reference("X"), "b": {"type": "array", "items": reference("X")}}},
        {"X": TEXT},
        {"X": WHOLE},
    )
    assert [change.path for change in found] == ["$.a", "$.b[*]"]
    assert len({change.fingerprint for change in found}) == 1


def test__differences__at_more_places_than_anyone_reads__are_told_at_some() -> None:
    many = {"properties": {f"p{number}": reference("X") for number in range(100)}}
    assert len(compared(many, {"X": TEXT}, {"X": WHOLE})) == PLACES


def test__differences__in_hundreds_of_schemas_in_a_row_of_diamonds__take_no_longer_than_there_are_schemas() -> None:
    def chain(last: Any) -> Any:
        links = {
            f"S{at}": {"properties": {"l": reference(f"S{at + 1}"), "r": reference(f"S{at + 1}")}} for at in range(300)
        }
        return {**links, "S300": last}

    found = compared(reference("S0"), chain(TEXT), chain(WHOLE))
    assert {change.kind for change in found} == {"response-property-type-changed"}
    assert compared(reference("S0"), chain(TEXT), chain(TEXT)) == []

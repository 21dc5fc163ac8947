from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from harness.declared.members import Deprecations
from tests.declared.pairs import bodies, compared, member

TEXT = {"type": "string"}


def thing(properties: Any, *required: str) -> Any:
    return {"type": "object", "properties": properties, "required": list(required)}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (thing({"a": thing({"b": TEXT}, "b")}, "a"), thing({}), [("response-required-property-removed", "$.a")]),
        (
            thing({"a": TEXT}, "a"),
            thing({"b": TEXT}, "b"),
            [("response-required-property-removed", "$.a"), ("response-required-property-added", "$.b")],
        ),
        (thing({"a": False}), thing({}), []),
        (thing({}, "a"), thing({}), []),
        (thing({"a": TEXT, "b": TEXT}, "a", "b"), thing({"b": TEXT, "a": TEXT}, "b", "a"), []),
        (thing({"a b": TEXT}), thing({}), [("response-optional-property-removed", '$["a b"]')]),
        (
            thing({"a": {**TEXT, "writeOnly": True}}),
            thing({"a": {"type": "object", "properties": {"b": TEXT}, "writeOnly": True}}),
            [],
        ),
        (
            thing({"a": TEXT}),
            thing({"a": {"type": "integer", "writeOnly": True}}),
            [("response-optional-property-became-write-only", "$.a")],
        ),
        (
            {"allOf": [thing({"a": TEXT}), {"required": ["a"]}]},
            {"allOf": [thing({"a": TEXT})], "title": "x"},
            [("response-property-became-optional", "$.a"), ("response-body-all-of-removed", "$")],
        ),
    ],
)
def test__members__of_two_objects__are_told_once(old: Any, new: Any, found: list[tuple[str, str]]) -> None:
    assert bodies(old, new) == found


@pytest.mark.parametrize(
    ("sunset", "deprecations", "id_"),
    [
        (None, None, "deprecated"),
        ("2020-01-01", None, "deprecated-with-sunset"),
        ("2026-03-01T00:00:00Z", Deprecations(today=date(2026, 3, 2)), "sunset-date-too-small"),
        ("2026-03-02", Deprecations(today=date(2026, 3, 2)), "deprecated-with-sunset"),
        ("2026-09-01", Deprecations({"stable": 180}, date(2026, 3, 2)), "deprecated-with-sunset"),
        ("2026-08-01", Deprecations({"stable": 180}, date(2026, 3, 2)), "sunset-date-too-small"),
        (None, Deprecations({"beta": 30}, date(2026, 3, 2)), "deprecated"),
        ("next year", None, "deprecated-sunset-invalid"),
    ],
)
def test__deprecation__by_its_date_and_the_rule__has_one_of_five_ids(
    sunset: str | None, deprecations: Deprecations | None, id_: str
) -> None:
    new = {**TEXT, "deprecated": True} | ({"x-sunset": sunset} if sunset else {})
    (change,) = compared(member(TEXT), member(new), deprecations)
    assert change.kind == f"response-property-{id_}"


def test__deprecation__that_stays__is_no_change() -> None:
    assert (
        compared(member({**TEXT, "deprecated": True}), member({**TEXT, "deprecated": True, "x-sunset": "2090-01-01"}))
        == []
    )

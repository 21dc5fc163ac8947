from __future__ import annotations

from typing import Any

import pytest

from tests.declared.pairs import bodies, compared, member

CAT, DOG, FISH = ({"$ref": f"#/components/schemas/{name}"} for name in ("Cat", "Dog", "Fish"))
TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def thing(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ({"oneOf": [CAT, DOG]}, {"anyOf": [DOG, CAT]}, []),
        ({"oneOf": [CAT, DOG]}, {"oneOf": [CAT, DOG, {"type": "null"}]}, [("response-body-became-nullable", "$")]),
        (
            {"oneOf": [CAT, DOG]},
            {"oneOf": [CAT, FISH]},
            [("response-body-one-of-removed", "$"), ("response-body-one-of-added", "$")],
        ),
        (
            {"oneOf": [thing(a=TEXT), CAT]},
            {"oneOf": [CAT, thing(a=WHOLE)]},
            [("response-property-type-changed", "$.a")],
        ),
        ({"oneOf": [CAT, DOG]}, CAT, [("response-body-one-of-removed", "$")]),
        (
            {"oneOf": [CAT, thing(a=TEXT, b=TEXT)]},
            thing(a=TEXT),
            [("response-body-one-of-removed", "$"), ("response-optional-property-removed", "$.b")],
        ),
        (CAT, {"anyOf": [CAT, DOG]}, [("response-body-any-of-added", "$")]),
        (
            thing(id=TEXT, a=TEXT),
            {**thing(id=TEXT), "oneOf": [thing(a=TEXT), thing(b=TEXT)]},
            [("response-body-wrapped-in-one-of", "$")],
        ),
        (CAT, {"oneOf": [CAT]}, []),
        (
            {"allOf": [{"oneOf": [CAT, DOG]}, {"oneOf": [FISH, thing(a=TEXT)]}]},
            {"allOf": [{"oneOf": [FISH, thing(a=TEXT)]}, {"oneOf": [CAT, DOG]}]},
            [],
        ),
        (CAT, {"allOf": [CAT], "description": "a cat"}, []),
        ({**thing(a=TEXT), "required": ["a"]}, {"allOf": [thing(a=TEXT), {"required": ["a"]}]}, []),
        ({"allOf": [CAT, DOG]}, {"allOf": [DOG, CAT]}, []),
        (
            {"allOf": [CAT, DOG]},
            thing(purrs={"type": "boolean"}, barks={"type": "boolean"}, tail={"type": "number"}),
            [],
        ),
        (
            {"allOf": [CAT, FISH]},
            {"allOf": [CAT]},
            [("response-required-property-removed", "$.swims"), ("response-body-all-of-removed", "$")],
        ),
        ({"allOf": [CAT]}, {"allOf": [CAT, FISH]}, [("response-body-all-of-added", "$")]),
        (
            {"allOf": [CAT, thing(a=TEXT)]},
            {"allOf": [CAT, thing(a=WHOLE)]},
            [("response-property-type-changed", "$.a")],
        ),
    ],
)
def test__compositions__of_two_schemas__are_told_where_answers_differ(
    old: Any, new: Any, found: list[tuple[str, str]]
) -> None:
    assert bodies(old, new) == found


def test__unions__of_a_member__are_told_by_the_names_of_their_branches() -> None:
    (change,) = compared(member(CAT), member({"oneOf": [CAT, DOG]}))
    assert change.kind == "response-property-one-of-added"
    assert change.message == "can be one of Cat, Dog now (status 200)"

from __future__ import annotations

from typing import Any

import pytest

from harness.declared.likeness import Side, alike, telling

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def side(schema: Any) -> Side:
    return Side.of(schema, lambda each: each)


def thing(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("old", "new", "least", "most"),
    [
        (TEXT, TEXT, 1.0, 1.0),
        (TEXT, WHOLE, 0.0, 0.0),
        (WHOLE, {"type": "number"}, 0.8, 0.95),
        (TEXT, {"type": ["string", "null"]}, 1.0, 1.0),
        ({**TEXT, "format": "date"}, {**TEXT, "format": "uuid"}, 0.3, 0.7),
        ({"enum": ["a", "b"]}, {"enum": ["c"]}, 0.3, 0.7),
        (thing(a=TEXT, b=WHOLE), thing(a=TEXT, b=WHOLE), 1.0, 1.0),
        (thing(a=TEXT, b=WHOLE), thing(a=TEXT), 0.5, 0.5),
        (thing(a=thing(x=TEXT)), thing(a=thing(x=WHOLE)), 0.0, 0.0),
        ({"type": "array", "items": TEXT}, {"type": "array", "items": WHOLE}, 0.0, 0.0),
        ({"type": "array"}, {"type": "array", "items": WHOLE}, 0.5, 0.5),
        ({}, TEXT, 0.5, 0.5),
    ],
)
def test__alike__of_two_schemas__is_how_well_one_can_be_the_other(
    old: Any, new: Any, least: float, most: float
) -> None:
    assert least <= alike(side(old), side(new)) <= most


@pytest.mark.parametrize(
    ("old", "new", "telling_enough"),
    [
        ({"enum": ["monthly"]}, {"enum": ["monthly", "yearly"]}, True),
        ({**TEXT, "description": "When it was made."}, {**TEXT, "description": "When it was made."}, True),
        (thing(a=TEXT, b=TEXT, c=TEXT, d=TEXT), thing(a=TEXT, b=TEXT, c=TEXT, d=TEXT), True),
        (thing(id=WHOLE, name=TEXT), thing(id=WHOLE, name=TEXT), False),
        (TEXT, TEXT, False),
    ],
)
def test__telling__of_two_schemas__is_what_they_hardly_share_by_chance(
    old: Any, new: Any, telling_enough: bool
) -> None:
    assert (telling(side(old), side(new)) >= 1.0) is telling_enough

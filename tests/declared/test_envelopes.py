from __future__ import annotations

from typing import Any

import pytest

from harness.declared.envelopes import enveloped, regrouped
from harness.declared.likeness import Side
from harness.declared.reshaping import Structure

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def thing(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


def items(schema: Any) -> Any:
    return {"type": "array", "items": schema}


def side(schema: Any) -> Side:
    return Side.of(schema, lambda each: each)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        (thing(a=TEXT, b=WHOLE), thing(data=thing(a=TEXT, b=WHOLE)), "response-object-wrapped"),
        (thing(data=thing(a=TEXT, b=WHOLE)), thing(a=TEXT, b=WHOLE), "response-envelope-removed"),
        (items(thing(a=TEXT)), thing(list=items(thing(a=TEXT)), n=WHOLE), "response-list-wrapped"),
        (thing(list=items(thing(a=TEXT)), n=WHOLE), items(thing(a=TEXT)), "response-envelope-removed"),
        (TEXT, items(TEXT), "response-value-became-list"),
        (items(TEXT), TEXT, "response-list-became-value"),
        (thing(a=TEXT), thing(a=TEXT, data=thing(a=TEXT)), None),  # it still stands there
        (thing(a=TEXT), thing(b=thing(c=TEXT)), None),
        (TEXT, items(WHOLE), None),
        (TEXT, {}, None),
    ],
)
def test__enveloped__of_a_place__is_the_one_explanation(old: Any, new: Any, kind: str | None) -> None:
    found = enveloped(Structure(), (), (), side(old), side(new))
    assert (found and found.kind) == kind


def test__enveloped__of_a_list__says_what_is_gone_beside_it() -> None:
    old, new = thing(list=items(TEXT), total=WHOLE, page=WHOLE), items(TEXT)
    found = enveloped(Structure(), (), (), side(old), side(new))
    assert found is not None
    assert "'total', 'page' beside it are gone" in found.message


def test__regrouped__of_members_that_went_together__is_one() -> None:
    flat, deep = side(thing(id=WHOLE, a=TEXT, b=TEXT)), side(thing(id=WHOLE, x=thing(a=TEXT, b=TEXT)))
    [down] = regrouped(flat, deep, ["a", "b"], ["x"], (), ())
    [up] = regrouped(deep, flat, ["x"], ["a", "b"], (), ())
    assert (down.kind, up.kind) == ("response-members-plunged", "response-members-hoisted")
    assert list(regrouped(flat, deep, ["a"], ["x"], (), ())) == []  # one member moved

from __future__ import annotations

from typing import Any

import pytest

from harness.declared.likeness import Side
from harness.declared.structure import structure
from harness.model.paths import EACH, Path

TEXT, WHOLE = {"type": "string"}, {"type": "integer"}


def thing(**properties: Any) -> Any:
    return {"type": "object", "properties": properties}


def sides(old: Any, new: Any) -> tuple[Side, Side]:
    return Side.of(old, lambda each: each), Side.of(new, lambda each: each)


@pytest.mark.parametrize(
    ("old", "new", "at", "to"),
    [
        (thing(strategyName=TEXT), thing(name=TEXT), ("strategyName",), ("name",)),
        ({"type": "array", "items": thing(userId=WHOLE)}, {"type": "array", "items": thing(user_id=WHOLE)},
         (EACH, "userId"), (EACH, "user_id")),
        (thing(meta=thing(total=WHOLE, x=TEXT)), thing(meta=thing(x=TEXT), total=WHOLE), ("meta", "total"), ("total",)),
        (thing(a=thing(old_name=TEXT), b=WHOLE), thing(a=thing(name=TEXT), b=WHOLE), ("a", "old_name"), ("a", "name")),
    ],
)  # fmt: skip
def test__structure__of_one_move__leads_from_old_to_new(old: Any, new: Any, at: Path, to: Path) -> None:
    [found] = structure(*sides(old, new)).transitions
    assert (found.old, found.new) == (at, to)


@pytest.mark.parametrize(
    ("old", "new", "rivals"),
    [
        (thing(name=TEXT), thing(first_name=TEXT, last_name=TEXT), {("name",)}),
        (thing(a=thing(total=WHOLE)), thing(a=thing(), b=thing(total=WHOLE, k=TEXT), c=thing(total=WHOLE, k=TEXT)),
         {("a", "total")}),
        ({"type": "array", "items": WHOLE}, thing(a={"type": "array", "items": WHOLE}, b={"type": "array", "items": WHOLE}),
         {()}),
    ],
)  # fmt: skip
def test__structure__with_rivals__chooses_none(old: Any, new: Any, rivals: set[Path]) -> None:
    found = structure(*sides(old, new))
    assert found.transitions == []
    assert set(found.rivals) == rivals


def test__structure__does_not_take_what_one_list_holds_for_what_another_does() -> None:
    old = thing(l={"type": "array", "items": thing(total=WHOLE, x=TEXT)})
    new = thing(l={"type": "array", "items": thing(x=TEXT)}, total=WHOLE)
    assert structure(*sides(old, new)).transitions == []

from __future__ import annotations

from harness.declared.raw_rows import Row, Rows
from harness.declared.reshaping import Transition
from harness.model.change import Change, Level, Support
from harness.model.paths import Path


def row(old: Path, new: Path) -> Row:
    return Row(Change("k", "k", Level.BREAK, "GET /a", "$", "", "", Support(0, 0, 0)), old, new)


def test__rows__are_found_by_either_place_until_they_are_dropped() -> None:
    rows = Rows()
    gone, come, other = row(("a",), ("a",)), row(("x", "b"), ("y", "b")), row(("c",), ("c",))
    for each in (gone, come, other):
        rows.add(each)
    transition = Transition("k", (), (), "", {}, (("a",),), (("y", "b"), ("nothing",)), ())
    assert rows.at(transition) == [gone, come]
    rows.drop([gone, come])
    assert rows.at(transition) == []
    assert list(rows) == [other]


def test__rows__places__are_all_that_something_differs_in() -> None:
    rows = Rows()
    rows.add(row(("a", "b"), ("a", "b")))
    assert rows.places() == {(), ("a",), ("a", "b")}

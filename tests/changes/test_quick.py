from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harness.changes.agreement import same
from harness.changes.difference import Differs
from harness.changes.quick import spots
from harness.changes.residue import residue
from harness.lens.answer import ABSENT
from harness.model.json_text import Json, WrittenFloat
from harness.model.paths import EACH
from tests.changes.bodies import pairs

scalars = st.none() | st.booleans() | st.integers(-1, 1) | st.sampled_from([0.0, 1.0, "", "a", "7"])
names = st.sampled_from(["a", "b", "id"])
values: st.SearchStrategy[Json] = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3), max_leaves=8
)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1.0}, []),
        (1, WrittenFloat("1.0"), []),
        ({"a": True}, {"a": 1}, [(("a",), Differs.FORM, True, 1)]),
        ({"a": [{"b": False}]}, {"a": [{"b": 0}]}, [(("a", EACH, "b"), Differs.FORM, False, 0)]),
        ({"a": 1}, {"a": 2}, [(("a",), Differs.VALUE, 1, 2)]),
        ({"a": 1}, {"a": "1"}, [(("a",), Differs.FORM, 1, "1")]),
        ({"a": None}, {"a": {}}, [(("a",), Differs.FORM, None, {})]),
        ({"a": 1}, {"b": 1}, [(("a",), Differs.GONE, 1, ABSENT), (("b",), Differs.CAME, ABSENT, 1)]),
        ({"a": 1}, {"a": 1, "b": None}, [(("b",), Differs.CAME, ABSENT, None)]),
        ([1, 2], [2, 1], [((), Differs.ORDER, [1, 2], [2, 1])]),
        ([1], [1, 2], [((EACH,), Differs.ELEMENTS, [1], [1, 2])]),
        (
            [{"id": 1, "n": 1}, {"id": 2, "n": 2}],
            [{"id": 1, "n": 1}, {"id": 2, "n": 3}],
            [((EACH, "n"), Differs.VALUE, 2, 3)],
        ),
        ("a", "b", [((), Differs.VALUE, "a", "b")]),
    ],
)
def test__spots__of_two_bodies__name_each_place_with_both_values(old: Json, new: Json, expected: list[Json]) -> None:
    assert spots(old, new) == expected


@given(values, values)
def test__spots__are_none__exactly_where_bodies_are_the_same(old: Json, new: Json) -> None:
    assert (spots(old, new) == []) == same(old, new)


@settings(deadline=None)
@given(values, values)
def test__spots__are_what_residue_sees_in_a_single_pair__and_what_is_new(old: Json, new: Json) -> None:
    left = {rest.at for rest in residue(pairs([old], [new]))}
    found = spots(old, new)
    assert left <= {at for at, _, _, _ in found}
    assert {at for at, differs, _, _ in found if differs is not Differs.CAME} <= left


def test__spots__deep_down__are_one_place() -> None:
    old: Json = 1
    new: Json = 2
    for _ in range(60):
        old, new = {"a": old}, {"a": new}
    [(at, differs, _, _)] = spots(old, new)
    assert (at, differs) == (("a",) * 41, Differs.VALUE)

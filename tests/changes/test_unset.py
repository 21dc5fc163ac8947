from __future__ import annotations

import pytest

from harness.changes.unset import is_unset, only_unset
from harness.lens.steps.drop import Drop
from harness.model.json_text import Json
from harness.model.paths import EACH, Path
from tests.changes.bodies import answer


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, True),
        (False, True),
        (0, True),
        ("", True),
        ([], True),
        ({}, True),
        (1, False),
        ("x", False),
        ([0], False),
    ],
)
def test__is_unset__says_nothing__is_true(value: Json, expected: bool) -> None:
    assert is_unset(value) is expected


@pytest.mark.parametrize("value", [None, False, 0, "", [], {}])
@pytest.mark.parametrize("at", [(), ("a",), (EACH,), ("a", EACH, "b")])
def test__only_unset__drops_the_member__only_where_it_has_the_value(value: Json, at: Path) -> None:
    def put(inside: Json) -> Json:
        for step in reversed(at):
            inside = [inside] if step is EACH else {step: inside}
        return inside

    apply = only_unset(Drop(at=at, keys=("note",)), value).compile()
    for before, after in (({"note": value, "n": 1}, {"n": 1}), ({"note": "set", "n": 1}, {"note": "set", "n": 1})):
        edited = answer(put(before))
        apply(edited)
        assert edited.body == put(after)


def test__only_unset__in_a_list__decides_for_each_element_alone() -> None:
    edited = answer([{"note": ""}, {"note": "x"}])
    only_unset(Drop(at=(EACH,), keys=("note",)), "").compile()(edited)
    assert edited.body == [{}, {"note": "x"}]

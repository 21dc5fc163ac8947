from __future__ import annotations

import pytest

from harness.changes.scalars import moved
from harness.lens.answer import ABSENT
from harness.model.json_text import Json
from harness.model.paths import format_path
from tests.changes.bodies import pairs


@pytest.mark.parametrize(
    ("old", "new", "places"),
    [
        ({"a": 1, "b": "x"}, {"a": 2, "b": "x"}, ["$.a"]),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}, ["$.a.b"]),
        ([{"id": 1, "t": 1}, {"id": 2, "t": 1}], [{"id": 2, "t": 2}, {"id": 1, "t": 3}], ["$[*].t"]),
        ({"7": {"n": 1}, "8": {"n": 2}}, {"7": {"n": 3}, "8": {"n": 2}}, ["$.*.n"]),
        (1, 2, ["$"]),
        ({"a": 1}, {"a": "1"}, []),
        ({"a": None}, {"a": 1}, []),
        ({"a": True}, {"a": 1}, []),
        ({"a": 1}, {"a": 1.0}, []),
        ({"a": [1]}, {"a": [1, 2]}, []),
        ({"a": 1}, {"b": 1}, []),
        ({"a": {}}, {"a": {"b": 1}}, []),
        ({"a": 1}, ABSENT, []),
        (ABSENT, {"a": 1}, []),
    ],
)
def test__moved__of_one_pair__is_where_scalars_of_one_type_differ(old: Json, new: Json, places: list[str]) -> None:
    assert [format_path(each.at) for each in moved(pairs([old], [new]))] == places


def test__moved__has_what_differs_and_says_who_has_the_place() -> None:
    olds: list[Json] = [{"a": 1}, {"a": 2}, {"a": "x"}, {}, {"a": 5}]
    [found] = moved(pairs(olds, [{"a": 1}, {"a": 3}, {"a": 4}, {}, {"a": 6}]))
    assert [(sample.pair, sample.old, sample.new) for sample in found.samples] == [(1, 2, 3), (4, 5, 6)]
    assert found.pairs == {0, 1, 2, 4}


@pytest.mark.parametrize(("depth", "places"), [(39, 1), (40, 1), (41, 0)])
def test__moved__looks__forty_levels_deep(depth: int, places: int) -> None:
    old: Json = 1
    new: Json = 2
    for _ in range(depth):
        old, new = {"a": old}, {"a": new}
    assert len(list(moved(pairs([old], [new])))) == places

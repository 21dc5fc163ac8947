from __future__ import annotations

import pytest

from harness.changes.study import Group, study
from harness.lens.steps.drop import Drop
from harness.lens.steps.rename import Rename
from harness.model.json_text import Json
from harness.shims.document import Learned
from harness.shims.dropping import gathered, names_in, wary
from tests.changes.bodies import calls


def group_of(olds: list[Json], news: list[Json]) -> Group:
    [group] = study(calls("/a/{}", *olds), calls("/a/{}", *news)).groups
    return group


def dropped(news: list[Json], olds: list[Json] | None = None) -> list[str]:
    here = group_of(olds or [{"n": n} for n in range(len(news))], news)
    return [each.step.describe() for each in wary([Learned(Drop(keys=("note", "x")))], here, {"note"})]


def test__names_in__bodies__are_those_of_all_members() -> None:
    assert names_in([{"a": [{"b": {"c": 1}}]}, None, "d"]) == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("news", "expected"),
    [
        ([{"n": 1, "note": ""}], ["drop keys ['x']", "drop keys ['note'], when {'body': {'$.note': {'is': ''}}}"]),
        ([{"n": 1, "note": []}], ["drop keys ['x']", "drop keys ['note'], when {'body': {'$.note': 'empty'}}"]),
        ([{"n": 1, "note": None}], ["drop keys ['x']", "drop keys ['note'], only_null True"]),
        (
            [{"n": 1, "note": 0}, {"n": 2, "note": 7}],  # what NEW once had a value for may be set in OLD too
            ["drop keys ['x']", "drop keys ['note'], when {'body': {'$.note': {'is': 0}}}"],
        ),
        ([{"n": 1, "note": 5}, {"n": 2, "note": 7}], ["drop keys ['note', 'x']"]),  # NEW says what OLD never did
    ],
)
def test__wary__a_member_that_old_has_elsewhere__is_dropped_where_it_is_unset(
    news: list[Json], expected: list[str]
) -> None:
    assert dropped(news) == expected


def test__wary__an_object_that_was_empty__loses_all() -> None:
    assert dropped([{"note": "", "x": 1}], [{}]) == ["drop keys ['note', 'x']"]


def test__wary__other_steps__stay_as_they_are() -> None:
    steps = [Learned(Rename(from_="a", to="b")), Learned(Drop(keys=("note",), only_null=True))]
    assert list(wary(steps, group_of([{"n": 1}], [{"n": 1, "note": ""}]), {"note"})) == steps


def test__gathered__drops_of_one_place_and_kind__are_one_where_the_first_stands() -> None:
    rename = Learned(Rename(from_="a", to="b"))
    steps = [
        Learned(Drop(keys=("x",)), "e"),
        Learned(Drop(at=("m",), keys=("x",))),
        rename,
        Learned(Drop(keys=("y", "x"))),
    ]
    assert gathered(steps) == [Learned(Drop(keys=("x", "y")), "e"), Learned(Drop(at=("m",), keys=("x",))), rename]

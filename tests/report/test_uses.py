from __future__ import annotations

import pytest

from harness.model.reads import Need, Op, OperationUse, PlaceUse
from harness.model.summary import CheckSummary
from harness.report.uses import called, in_one_line, need, read_places, rows, split, summary, told

N, T, U = Need.NEEDED, Need.TOLERATED, Need.UNOBSERVED


def operation(*places: PlaceUse, watched: bool = True, calls: int = 1) -> OperationUse:
    return OperationUse("GET /a", calls, places, watched)


def read(*places: str) -> list[PlaceUse]:
    return [PlaceUse(place, {Op.READ: 1}) for place in places]


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, ""),
        ({}, ""),
        ({"removed": N}, "needed"),
        ({"removed": N, "null": T}, "needed"),
        ({"removed": T, "null": N}, "needed (null)"),
        ({"removed": U, "null": N, "retyped": N}, "needed (null, retyped)"),
        ({"removed": N, "null": N, "retyped": N}, "needed"),
        ({"removed": T, "null": T}, "tolerated"),
        ({"removed": T, "null": U}, "tolerated (removed)"),
        ({"removed": U}, "not tried"),
    ],
)
def test__need__of_what_was_found__is_the_worst(found: dict[str, Need] | None, said: str) -> None:
    assert need(PlaceUse("$.a", {}, (), found)) == said


@pytest.mark.parametrize(
    ("places", "named"),
    [
        (read("$", "$.a", "$.a[*]", "$.a[*].b", "$.ab", "status"), ["$.a[*].b", "$.ab", "status"]),
        (read("$.columns", "$.columns[*]", "$.rows[*][*]", "$.map.*"), ["$.columns", "$.rows", "$.map"]),
        (read("$", "$[*]"), ["$"]),
        ([PlaceUse("$.a", {Op.COPIED: 1}), *read("$.b")], ["$.b"]),
        ([PlaceUse("$.a", {}, (), {"removed": N})], ["$.a"]),
        (read("no path["), ["no path["]),
    ],
)
def test__read_places__are_those_that_are_not_on_the_way(places: list[PlaceUse], named: list[str]) -> None:
    assert read_places(operation(*places)) == named


@pytest.mark.parametrize(
    ("use", "line", "head"),
    [
        (operation(*read("$.a", "$.b")), "$.a, $.b", "1 call"),
        (operation(*read(*(f"$.p{at}" for at in range(9)))), "$.p0, $.p1, $.p2, $.p3, $.p4, $.p5 and 3 more places", "1 call"),
        (operation(PlaceUse("$.a", {Op.COPIED: 1})), "nothing is read by name", "1 call"),
        (operation(), "nothing of its answers is read", "1 call, nothing of its answers is read"),
        (
            operation(watched=False, calls=0),
            "nobody watched what is read: every place counts as read",
            "no recorded call, nobody watched what is read: every place counts as read",
        ),
    ],
)  # fmt: skip
def test__in_one_line__of_an_operation__names_what_is_read_or_why_nothing(
    use: OperationUse, line: str, head: str
) -> None:
    assert (in_one_line(use), called(use)) == (line, head)


def test__rows__of_a_check__are_told_apart_by_what_is_relied_on(bike_shop: CheckSummary) -> None:
    use = bike_shop.uses[0]
    telling, others = split(use)
    assert [row.place for row in telling] == ["$.columns", "$.columns[*]", "$.rows", "$.rows[*]", "$.rows[*][*]"]
    assert [row.place for row in others] == ["$.facets", "$.private", "header etag"]
    assert sorted(map(str, rows(use))) == sorted(map(str, (*telling, *others)))
    assert rows(use)[1].ops == ("read × 160", "enumerated × 8")
    assert summary(bike_shop.uses) == "3 operations, 9 places, 4 needed"
    assert summary([operation(*read("$.a"))]) == "1 operation, 1 place"


def test__told__what_is_neither_read_nor_needed__is_counted() -> None:
    idle = [PlaceUse(f"header h{at}", {}, (), {"removed": need}) for at, need in enumerate((T, U))]
    shown, others = told(operation(*read("$.a"), PlaceUse("$.b", {}, (), {"removed": N}), *idle))
    assert [row.place for row in shown] == ["$.a", "$.b"]
    assert others == "2 places that nobody saw read, and that ablation did not find to be needed"
    assert told(operation(*read("$.a")))[1] == ""

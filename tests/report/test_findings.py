"""One order and one wording of changes for every writer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from harness.model.change import Change, Level, Place, Support, Undone
from harness.model.summary import CheckSummary
from harness.report.findings import (
    apart,
    level_counts,
    others,
    place,
    remedy,
    samples,
    split,
    stands,
    tally,
    worst_first,
)


def change(
    level: Level = Level.BREAK, undone: Undone = Undone.NOT_NEEDED, *, kind: str = "field-removed", **rest: object
) -> Change:
    """A change of which a test says only what matters to it."""
    return Change(kind, "field removed", level, "GET /a", "$.a", "message", "reason", Support(1, 1, 1), undone=undone, **rest)  # type: ignore[arg-type]  # fmt: skip


def test__worst_first__mixed__breaks_that_nothing_restores_lead() -> None:
    worst_last = [
        change(Level.INFO, Undone.LOST),
        change(Level.RISK),
        change(undone=Undone.UNDONE),
        change(),
        change(undone=Undone.PARTLY),
        change(undone=Undone.LOST),
    ]
    assert worst_first(worst_last) == worst_last[::-1]


def test__split__bike_shop__tells_the_breaks_and_folds_the_infos(bike_shop: CheckSummary) -> None:
    told, infos = split(bike_shop.changes)
    assert [one.path for one in told] == ["$.rows[*]", "$.columns"]
    assert tally(infos) == "4 × field removed, 1 × field added: none of them read by the plugin"
    assert level_counts(bike_shop.changes) == "2 breaks, 5 infos"
    assert level_counts([]) == "no changes"


@pytest.mark.parametrize(
    ("reasons", "told"),
    [
        (["not read by the plugin, as a shows"], ["1 × field removed: not read by the plugin"]),
        (
            ["new", "not read by the plugin, as a shows", "not read by the plugin; without it", "new"],
            ["2 × field removed: none of them read by the plugin", "2 × field removed: new"],
        ),
        (["new", "old"], ["2 × field removed"]),
        ([], []),
    ],
)
def test__apart__of_what_harms_nobody__is_first_what_is_not_read(reasons: list[str], told: list[str]) -> None:
    infos = [replace(change(Level.INFO), reason=reason) for reason in reasons]
    assert [tally(group) for group in apart(infos)] == told


@pytest.mark.parametrize(
    ("level", "undone", "expected"),
    [
        (Level.BREAK, Undone.UNDONE, False),
        (Level.BREAK, Undone.PARTLY, True),
        (Level.BREAK, Undone.LOST, True),
        (Level.BREAK, Undone.NOT_NEEDED, True),
        (Level.RISK, Undone.LOST, False),
        (Level.INFO, Undone.LOST, False),
    ],
)
def test__stands__level_and_undone__only_breaks_not_wholly_undone(level: Level, undone: Undone, expected: bool) -> None:
    assert stands(change(level, undone)) is expected


@pytest.mark.parametrize(
    ("kind", "old", "new", "shown"),
    [
        ("field-removed", [1], None, ("[1]", "absent")),
        ("field-added", None, True, ("absent", "true")),
        ("field-became-null", "x", None, ('"x"', "null or absent")),
    ],
)
def test__samples__none__is_absent_only_where_the_kind_says_so(
    kind: str, old: object, new: object, shown: tuple[str, str]
) -> None:
    assert samples(change(kind=kind, old=old, new=new)) == shown


def test__place__several_places__are_counted() -> None:
    here, there, elsewhere = Place("GET /a", "$.a"), Place("GET /a", "$.b"), Place("GET /b", "$.a")
    assert place(change(places=(here,))) == "$.a"
    assert place(change(places=(here, there, elsewhere, there))) == "$.a and 2 more places"
    assert others(change(places=(here, there, elsewhere, there))) == [there, elsewhere]


def test__remedy__what_the_shim_does__is_said_once() -> None:
    assert remedy(change()) == ""
    assert remedy(change(undone=Undone.LOST)) == "lost"
    assert remedy(change(undone=Undone.UNDONE, how="from $.b")) == "undone, from $.b"

from __future__ import annotations

from harness.ablation.edits import How
from harness.ablation.needs import Finding, Needs, Place, Together
from harness.ablation.telling import Row, rows, summary, together
from harness.model.reads import Need
from tests.ablation.found import ERROR, NEEDS, TOLERATED


def test__rows__of_an_operation__say_what_happens_without_each_needed_place_and_count_the_rest() -> None:
    assert list(rows(NEEDS.operations["GET /bikes"])) == [
        Row(
            Need.NEEDED,
            "$.rows",
            f"without it, and where it is null: {ERROR}; where it is of another type: the same outcome",
        ),
        Row(Need.TOLERATED, "4 places", "$.took, $.name, $.title, status"),
        Row(Need.UNOBSERVED, "1 place", "not tried: header etag"),
    ]


def test__rows__many_places__are_not_all_named() -> None:
    [row] = rows({f"$.f{number}": {How.REMOVED: TOLERATED} for number in range(100)})
    assert row.place == "100 places"
    assert row.text.endswith("$.f11, and 88 more")


def test__rows__a_place_needed_in_one_way_only__says_what_it_bears() -> None:
    hows = {
        How.REMOVED: TOLERATED,
        How.NULL: Finding(Need.NEEDED, "KeyError"),
        How.RETYPED: Finding(Need.UNOBSERVED, "x"),
    }
    assert list(rows({"$.a": hows})) == [
        Row(Need.NEEDED, "$.a", "without it: the same outcome; where it is null: KeyError")
    ]


def test__together__places_of_one_operation_or_several__are_named() -> None:
    assert together(NEEDS.together[0]) == "GET /bikes: each of $.name and $.title can be missed, but not both: no title"
    places = Place("GET /a", "$.x"), Place("GET /b", "$.y"), Place("GET /b", "$.z")
    assert together(Together(How.REMOVED, places, "it ended")) == (
        "each of $.x of GET /a and $.y of GET /b and $.z of GET /b can be missed, but not all 3: it ended"
    )


def test__summary__says_runs_time_and_counts() -> None:
    assert summary(NEEDS) == "41 runs in 0:52: 2 places needed, 4 tolerated, 1 unobserved"
    assert summary(Needs()) == "0 runs in 0:00: 0 places needed, 0 tolerated, 0 unobserved"

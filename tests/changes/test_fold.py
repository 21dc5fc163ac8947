from __future__ import annotations

from harness.changes.fold import folded
from harness.model.change import Change, Level, Place, Support, Undone


def change(operation: str, path: str, mark: str, **fields: object) -> Change:
    given = {"level": Level.BREAK, "undone": Undone.UNDONE, "support": Support(3, 2, 1), "reason": "read"} | fields
    return Change(kind="k", title="t", operation=operation, path=path, message="m", fingerprint=mark, **given)  # type: ignore[arg-type]


def test__folded__one_change_at_three_places__is_one_finding_with_all_of_them() -> None:
    [found] = folded([change("GET /a", "$.x", "f"), change("GET /b", "$[*].x", "f"), change("GET /a", "$.y.x", "f")])
    assert found.places == (Place("GET /a", "$.x"), Place("GET /b", "$[*].x"), Place("GET /a", "$.y.x"))
    assert found.support == Support(9, 6, 1)
    assert (found.operation, found.path, found.undone) == ("GET /a", "$.x", Undone.UNDONE)


def test__folded__rows_of_one_study__count_their_support_once() -> None:
    support = Support(3, 2, 1)
    [found] = folded([change("GET /a", path, "f", support=support) for path in ("$.x", "$.y")])
    assert found.support == support


def test__folded__other_changes__stay_apart_the_worst_first() -> None:
    rows = [change("GET /a", "$.x", "f", level=Level.INFO), change("GET /a", "$.x", "g")]
    assert [each.fingerprint for each in folded(rows)] == ["g", "f"]


def test__folded__without_fingerprints__leaves_each_alone() -> None:
    assert len(folded([change("GET /a", "$.x", ""), change("GET /a", "$.x", "")])) == 2


def test__folded__places_of_several_levels__speak_with_the_worst() -> None:
    rows = [
        change("GET /a", "$.x", "f", level=Level.RISK, reason="not read"),
        change("GET /b", "$.x", "f", level=Level.BREAK, reason="the plugin reads it"),
    ]
    [found] = folded(rows)
    assert (found.level, found.reason, found.operation) == (Level.BREAK, "the plugin reads it", "GET /b")
    assert found.places[0] == Place("GET /b", "$.x")


def test__folded__undone_here_and_lost_there__is_partly_undone() -> None:
    rows = [
        change("GET /a", "$.x", "f"),
        change("GET /b", "$.x", "f", undone=Undone.LOST, how="nothing brings it back"),
    ]
    [found] = folded(rows)
    assert (found.undone, found.how) == (Undone.PARTLY, "nothing brings it back")

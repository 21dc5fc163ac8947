from __future__ import annotations

from dataclasses import replace

import pytest

from harness.changes.findings import findings, skipped
from harness.changes.kind import kinds
from harness.changes.study import study
from harness.model.change import Change, Level, Undone
from harness.model.exchange import Recording
from harness.model.json_text import Json
from tests.changes.bodies import calls, exchange, recording


def found(old: Recording, new: Recording, *again: Recording) -> list[Change]:
    return findings(study(old, new, *again))


def only(old: Recording, new: Recording, *again: Recording) -> Change:
    [change] = found(old, new, *again)
    return change


PEOPLE: list[Json] = [{"id": n, "name": name} for n, name in enumerate(("ann", "bob", "cid"), 1)]


def test__findings__several__put_the_worst_first() -> None:
    new = [{"id": each["id"], "full_name": each["name"], "new": 1} for each in PEOPLE]
    levels = [change.level for change in found(calls("/a/{}", *PEOPLE, [1]), calls("/a/{}", *new, [2]))]
    assert levels == sorted(levels, key=list(Level).index)
    assert set(levels) == set(Level)


def test__findings__of_a_rename__say_all_that_a_person_needs() -> None:
    new = [{"id": each["id"], "full_name": each["name"]} for each in PEOPLE]
    change = only(calls("/a/{}", *PEOPLE), calls("/a/{}", *new))
    kind = kinds()["response-property-renamed"]
    assert (change.kind, change.title, change.level) == (kind.id, kind.title, kind.level)
    assert (change.operation, change.path) == ("GET /a/{a_id}", "$.name")
    assert change.message == "'name' is now called 'full_name'"
    assert (change.undone, change.how) == (Undone.UNDONE, "rename from full_name, to name")
    assert "every place counts as read" in change.reason
    assert (change.support.pairs, change.support.agreeing) == (3, 3)
    assert change.facts == {"old": "name", "new": "full_name"}


@pytest.mark.parametrize(
    ("old", "new", "kind", "path", "undone"),
    [
        ({"a": "x"}, {"a": "x", "b": 1}, "response-optional-property-added", "$.b", Undone.NOT_NEEDED),
        ({"a": "x", "b": 1}, {"a": "x"}, "response-property-removed", "$.b", Undone.LOST),
        ({"a": "x"}, {"a": "y"}, "response-value-changed", "$.a", Undone.LOST),
        ({"a": {"id": 7}}, {"a": {"id": "7"}}, "response-property-type-changed", "$.a.id", Undone.UNDONE),
    ],
)
def test__findings__of_one_change__stand_at_its_place(
    old: Json, new: Json, kind: str, path: str, undone: Undone
) -> None:
    change = only(calls("/a", old), calls("/a", new))
    assert (change.kind, change.path, change.undone) == (kind, path, undone)


def test__findings__of_what_was_added__show_the_new_value_only() -> None:
    change = only(calls("/a", {"a": "x"}), calls("/a", {"a": "x", "b": 1}))
    assert (change.old, change.new) == (None, 1)


def test__findings__of_a_value_without_second_runs__ask_for_them() -> None:
    old, new = calls("/a", {"a": "x"}), calls("/a", {"a": "y"})
    assert "--old-again" in only(old, new).reason
    assert "--old-again" not in only(old, new, old, new).reason


def test__findings__of_a_source_that_has_some_values_only__are_partly_undone() -> None:
    olds: list[Json] = [{"total": n, "meta": {"n": n}} for n in (41, 97, 12)] + [{"total": 55, "meta": {}}]
    changes = found(calls("/a/{}", *olds), calls("/a/{}", *({"meta": old["meta"]} for old in olds)))
    [change] = [change for change in changes if change.kind == "response-property-derivable"]
    assert (change.path, change.undone) == ("$.total", Undone.PARTLY)


def test__findings__of_rivals__are_lost_and_list_them() -> None:
    new = [{"id": each["id"], "x": each["name"], "y": each["name"]} for each in PEOPLE[:2]]
    changes = found(calls("/a/{}", *PEOPLE[:2]), calls("/a/{}", *new))
    [rename] = [change for change in changes if change.kind == "response-property-renamed"]
    assert rename.undone is Undone.LOST
    assert rename.how.startswith("ambiguous: ")


@pytest.mark.parametrize(
    ("old", "new", "kind", "level"),
    [
        (200, 404, "response-success-status-removed", Level.BREAK),
        (404, 200, "response-failure-status-removed", Level.RISK),
        (200, 302, "response-status-changed", Level.BREAK),
        (200, 201, "response-status-changed", Level.BREAK),
    ],
)
def test__findings__of_a_status__are_named_by_what_it_means(old: int, new: int, kind: str, level: Level) -> None:
    change = only(recording(exchange("/a", {}, status=old)), recording(exchange("/a", {}, status=new)))
    assert (change.kind, change.level, change.path) == (kind, level, "status")
    assert (change.old, change.new) == (old, new)


def test__findings__of_statuses_that_nothing_tells_apart__are_lost() -> None:
    old = recording(*(exchange("POST /a", {}, status=200 + n % 2) for n in range(4)))
    change = only(old, recording(*(exchange("POST /a", {}, status=200) for _ in range(4))))
    assert (change.kind, change.undone, change.support.agreeing) == ("response-status-changed", Undone.LOST, 2)


def test__findings__of_a_call_that_moved__say_where_to() -> None:
    old = recording(*(exchange(f"/a/{n}", {"n": n}, call=str(n)) for n in range(3)))
    new = recording(*(exchange(f"/v2/a/{n}", {"n": n}, call=str(n)) for n in range(3)))
    change = only(old, new)
    assert (change.kind, change.old, change.new) == ("request-path-moved", "GET /a/{a_id}", "GET /v2/a/{a_id}")


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        (exchange("/a", {"a": 1}), exchange("/a", text="up"), Level.BREAK),
        (exchange("/a", text="up"), exchange("/a", {"a": 1}), Level.BREAK),
        (exchange("/a", text="up"), exchange("/a", text="down"), Level.RISK),
        (exchange("/a", {"a": 1}), exchange("/a"), Level.BREAK),
    ],
)
def test__findings__of_a_body_that_is_no_json__are_never_passed_over(old: object, new: object, level: Level) -> None:
    change = only(recording(old), recording(new))  # type: ignore[arg-type]
    assert (change.level, change.path, change.undone) == (level, "$", Undone.LOST)


def test__findings__of_a_text_that_differs_in_every_run__are_none() -> None:
    runs = [recording(exchange("/a", text=f"up {n}")) for n in range(4)]
    assert found(runs[0], runs[2], runs[1], runs[3]) == []
    assert len(found(runs[0], runs[2])) == 1


def test__skipped__counts_what_was_not_compared_and_why() -> None:
    old, new = calls("/{}", {}, {}, {}), calls("/{}", {}, {})
    silent = replace(new, exchanges=(replace(new.exchanges[0], response=None), new.exchanges[1], exchange("/x", {})))
    assert skipped(study(old, silent)) == {
        "no partner in NEW's recording": 1,
        "no partner in OLD's recording": 1,
        "no answer was recorded": 1,
    }
    assert skipped(study(old, old)) == {}

from __future__ import annotations

import pytest

from harness.changes.study import ERRORS, Study, study
from harness.lens.condition import ALWAYS, Condition
from harness.lens.steps.status import Status
from harness.model.errors import UsageError
from harness.model.exchange import Recording
from harness.model.json_text import Json
from tests.changes.bodies import JSON, calls, exchange, recording


def studied(*rows: tuple[str, Json, int, Json, int]) -> Study:
    """Of calls (line, OLD's body and status, NEW's body and status)."""
    old = recording(*(exchange(line, body, status=status) for line, body, status, _, _ in rows))
    new = recording(*(exchange(line, body, status=status) for line, _, _, body, status in rows))
    return study(old, new)


def test__study__pairs__are_grouped_by_operation_and_errors_together() -> None:
    found = studied(
        ("/a/1", {}, 200, {}, 200),
        ("/a/2", {}, 200, {}, 200),
        ("/b", {}, 200, {}, 201),
        ("/a/9", {}, 404, {}, 404),
        ("POST /b", {}, 422, {}, 400),
        ("/c", {}, 200, {}, 500),
        ("/d", {}, 404, {}, 200),
        ("/e", {}, 200, {}, 302),
        ("/f", {}, 400, {}, 400),
        ("/g", {}, 300, {}, 200),
        ("/h", {}, 200, {}, 300),
        ("/i", {}, 300, {}, 304),
        ("/j", {}, 399, {}, 400),
        ("/k", {}, 400, {}, 399),
    )
    assert {group.name: len(group.cases) for group in found.groups} == {
        "GET /a/{a_id}": 2,
        "GET /b": 1,
        "GET /i": 1,
        ERRORS: 3,
    }
    assert [case.pair.id for _, _, case in found.crossed] == [f"GET /{name}" for name in "cdeghjk"]


def test__study__of_nothing_that_pairs__raises() -> None:
    with pytest.raises(UsageError):
        study(calls("/a", {}), calls("/b", {}))


def test__study__tells__what_it_is_doing() -> None:
    said: list[str] = []
    study(calls("/a/{}", {}, {}), calls("/a/{}", {}, {}), tell=said.append)
    assert said == ["studying 2 pairs in 1 groups"]


def test__study__does_not_change__what_it_is_given() -> None:
    new = calls("/a/{}", {"d": [1]}, {"d": [2]})
    before = [exchange.response for exchange in new.exchanges]
    study(calls("/a/{}", [1], [2]), new)
    assert [exchange.response for exchange in new.exchanges] == before


def test__study__another_status__has_a_step() -> None:
    [group] = studied(*(("POST /a", {"id": n}, 200, {"id": n}, 201) for n in range(3))).groups
    assert group.statuses == [(Status(from_=201, to=200), 3)]


def test__study__another_status_for_some__has_a_condition_or_is_unsettled() -> None:
    told = [(f"POST /a?dry={n}", {"id": n}, 202, {"id": n}, 200) for n in range(3)]
    rest = [("POST /a", {"id": n}, 200, {"id": n}, 200) for n in range(3)]
    [group] = studied(*told, *rest).groups
    assert group.statuses == [(Status(from_=200, to=202, when=Condition(query=(("dry", True),))), 3)]
    untold = [("POST /a", {"id": n}, 202, {"id": n}, 200) for n in range(3)]
    [group] = studied(*untold, *rest).groups
    assert (group.statuses, group.unsettled_statuses) == ([], [(202, 200, 3)])


def test__study__one_operation_served_at_two_places__is_told_apart_by_the_call() -> None:
    lines = [(f"/a?kind=x&n={n}", "/x") for n in range(3)] + [(f"/a?n={n}", "/y") for n in range(3)]
    old = recording(*(exchange(line, {"n": n}, call=str(n)) for n, (line, _) in enumerate(lines)))
    new = recording(*(exchange(path, {"n": n}, call=str(n)) for n, (_, path) in enumerate(lines)))
    assert {group.forward: group.when for group in study(old, new).groups} == {
        "GET /x": Condition(query=(("kind", True),)),
        "GET /y": Condition(query=(("kind", False),)),
    }


def test__study__one_operation_served_at_two_places_that_no_call_tells_apart__has_no_condition() -> None:
    old = recording(*(exchange("/a", {"n": n}, call=str(n)) for n in range(4)))
    new = recording(
        *(exchange(path, body, call=str(n)) for n, (path, body) in enumerate([("/x", {"n": 0}), ("/y", [])] * 2))
    )
    assert {group.when for group in study(old, new).groups} == {ALWAYS}


def test__study__the_noise_of_one_operation__hides_nothing_in_another() -> None:
    def run(noise: int, quiet: str) -> Recording:
        return recording(
            *(exchange(f"/ships/{n}", {"t": noise + n}) for n in range(3)),
            exchange("/port", {"t": f"half {quiet}"}),
            *(exchange(f"/docks/{n}", {"t": quiet, "n": n}) for n in range(3)),
        )

    found = study(run(1, "open"), run(30, "shut"), run(60, "open"), run(90, "shut"))
    assert {group.name: [each.kind for each in group.residue] for group in found.groups} == {
        "GET /ships/{ship_id}": [],
        "GET /port": ["response-value-changed"],
        "GET /docks/{dock_id}": [],
    }
    assert [each.kind.id for each in found.groups[2].explained] == ["response-property-enum-value-renamed"]


def test__study__what_is_left_after_borrowing__is_counted_by_answer() -> None:
    rows = [(f"/users/{n}", {"who": f"user {n}"}, 200, {"full_name": f"user {n}"}, 200) for n in range(4)]
    mine = [("/me", {"who": "", "n": n}, 200, {"full_name": "", "n": n * 7 + 1}, 200) for n in range(2)]
    [me] = [group for group in studied(*rows, *mine).groups if group.name == "GET /me"]
    assert [(each.kind, each.support.pairs, each.support.agreeing) for each in me.residue] == [
        ("response-value-changed", 2, 2)
    ]


def test__study__another_status_after_the_same_one__is_seen() -> None:
    rest = [("POST /a", {"id": n}, 200, {"id": n}, 200) for n in range(3)]
    told = [(f"POST /a?dry={n}", {"id": n}, 202, {"id": n}, 200) for n in range(3)]
    [group] = studied(*rest, *told).groups
    assert group.statuses == [(Status(from_=200, to=202, when=Condition(query=(("dry", True),))), 3)]


def test__study__another_status_of_some_failures__is_told_by_their_operation() -> None:
    ships = [("POST /ships", {}, 422, {}, 400) for _ in range(3)]
    ports = [("POST /ports", {}, 400, {}, 400) for _ in range(3)]
    [group] = studied(*ports, *ships).groups
    assert [(str(row[0]), *row[1:]) for row in group.own_statuses] == [
        ("POST /ships", "", Status(from_=400, to=422), 3)
    ]
    assert (group.statuses, group.unsettled_statuses) == ([], [])


@pytest.mark.parametrize(("lost", "expected"), [("a", ["vary"]), ("b", [])])
def test__study__a_header_that_one_answer_lost__comes_back_where_its_value_is_the_usual_one(
    lost: str, expected: list[str]
) -> None:
    vary = {**JSON, "Vary": "a"}
    kept = [exchange(f"/ships/{n}", {"n": n}, headers=vary) for n in range(8)]
    kept.append(exchange("/ships/8", {"n": 8}, headers={**JSON, "Vary": "c"}))
    found = study(
        recording(*kept, exchange("/port", {}, headers={**JSON, "Vary": lost})), recording(*kept, exchange("/port", {}))
    )
    assert [change.header for change in found.groups[1].headers] == ["vary"]
    assert [change.header for change in found.groups[1].headers if change.step] == expected


@pytest.mark.parametrize("noisy", [False, True])
def test__study__a_header_whose_value_changed_everywhere__is_said_once_unless_it_is_noise(noisy: bool) -> None:
    def run(value: str) -> Recording:
        return recording(*(exchange(f"/ships/{n}", {"n": n}, headers={**JSON, "X-Run": value}) for n in range(4)))

    found = study(run("a"), run("c"), run("b" if noisy else "a"), run("d" if noisy else "c"))
    assert [change.kind for change in found.everywhere] == ([] if noisy else ["response-header-changed"])
    assert [group.headers for group in found.groups] == [[]]


@pytest.mark.parametrize(("many", "settled"), [(1, False), (2, True)])
def test__study__another_status__is_settled_by_two_answers_and_not_by_one(many: int, settled: bool) -> None:
    told = [(f"POST /a?dry={n}", {"id": n}, 202, {"id": n}, 200) for n in range(many)]
    rest = [("POST /a", {"id": n}, 200, {"id": n}, 200) for n in range(3)]
    [group] = studied(*told, *rest).groups
    assert bool(group.statuses) is settled
    ships = [("POST /ships", {}, 422, {}, 400) for _ in range(many)]
    ports = [("POST /ports", {}, 400, {}, 400) for _ in range(3)]
    [group] = studied(*ports, *ships).groups
    assert bool(group.own_statuses) is settled
    assert group.unsettled_statuses == ([] if settled else [(422, 400, 1)])
    [group] = studied(*ports, *ships, ("POST /docks", {}, 422, {}, 400)).groups
    assert [row[3] for row in group.own_statuses] == ([many] if settled else [])


def test__study__two_other_statuses_in_place_of_one__have_a_condition_each() -> None:
    dry = [(f"POST /a?dry={n}", {"id": n}, 202, {"id": n}, 200) for n in range(3)]
    wet = [(f"POST /a?wet={n}", {"id": n}, 203, {"id": n}, 200) for n in range(3)]
    [group] = studied(*dry, *wet).groups
    assert [(step.to, count) for step, count in group.statuses] == [(202, 3), (203, 3)]


def test__study__a_noisy_header_of_one_operation__hides_nothing_in_another() -> None:
    def run(noise: str, quiet: str) -> Recording:
        ships = (exchange(f"/ships/{n}", {"n": n}, headers={**JSON, "X-Run": noise}) for n in range(3))
        return recording(
            *ships, *(exchange(f"/ports/{n}", {"n": n}, headers={**JSON, "X-Run": quiet}) for n in range(3))
        )

    found = study(run("a", "x"), run("b", "y"), run("c", "x"), run("d", "y"))
    assert found.everywhere == []
    assert [[change.header for change in group.headers] for group in found.groups] == [[], ["x-run"]]


def test__study__few_answers__borrow_what_another_operation_proves() -> None:
    rows = [(f"/users/{n}", {"who": f"user {n}"}, 200, {"full_name": f"user {n}"}, 200) for n in range(4)]
    found = studied(*rows, ("/me", {"who": ""}, 200, {"full_name": ""}, 200))
    [me] = [group for group in found.groups if group.name == "GET /me"]
    assert me.explained[0].kind.id == "response-property-renamed"
    assert me.residue == []


def test__study__a_header_that_all_answers_changed__is_said_once() -> None:
    rows = [f"/{name}/{n}" for name in ("ships", "ports") for n in range(3)]
    old = recording(*(exchange(line, {"n": 1}, headers=JSON) for line in rows))
    new = recording(*(exchange(line, {"n": 1}, headers={**JSON, "Vary": "Accept"}) for line in rows))
    found = study(old, new)
    assert [change.header for change in found.everywhere] == ["vary"]
    assert [group.headers for group in found.groups] == [[], []]


def test__study__a_header_of_one_operation__is_said_there() -> None:
    rows = [f"/{name}/{n}" for name in ("ships", "ports") for n in range(3)]
    old = recording(*(exchange(line, {"n": 1}, headers={**JSON, "X-Kind": line[1:5]}) for line in rows))
    new = recording(*(exchange(line, {"n": 1}, headers=JSON) for line in rows))
    found = study(old, new)
    assert found.everywhere == []
    assert [[str(change.step.describe()) for change in group.headers if change.step] for group in found.groups] == [
        ["set-header header X-Kind, value ship"],
        ["set-header header X-Kind, value port"],
    ]


def test__study__second_runs__measure_the_noise() -> None:
    first, again, new, new_again = (calls("/a/{}", {"t": n}, {"t": n + 10}) for n in range(4))
    assert study(first, new, again, new_again).groups[0].residue == []
    assert study(first, new).groups[0].residue != []
    assert study(first, new, again, new_again).noise.measured

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from harness.changes.findings import findings, remarks, skipped
from harness.changes.kind import kinds
from harness.changes.study import study
from harness.model.change import Change, Level, Undone
from harness.model.exchange import Recording
from harness.model.json_text import Json, serialize
from tests.changes.bodies import JSON, calls, exchange, recording


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
    assert change.reason == kinds()[change.kind].meaning
    here_and_there = only(
        calls("/a", {"a": "x"}, {"a": "x", "b": 2}), calls("/a", {"a": "x", "b": 1}, {"a": "x", "b": 2})
    )
    assert here_and_there.fingerprint == change.fingerprint


def test__findings__of_a_value_without_second_runs__ask_for_them() -> None:
    old, new = calls("/a", {"a": "x"}), calls("/a", {"a": "y"})
    change = only(old, new)
    assert "--old-again" in change.reason
    assert (change.level, change.message) == (Level.RISK, "the value differs in 1 answer")
    assert "--old-again" not in only(old, new, old, new).reason
    gone = only(old, calls("/a", {}))
    assert (gone.level, gone.message, gone.old, gone.new) == (Level.BREAK, "'a' is gone", "x", None)
    assert "every place counts as read" in gone.reason


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
    assert rename.old == "ann"


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


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (
            [("/ships/{}", {"name": name}) for name in ("ann", "bob")],
            [("/ships/{}", {"title": name}) for name in ("ann", "bob")],
            1,
        ),
        (
            [(f"/{of}/{{}}", {"name": name}) for of in ("ships", "ports") for name in ("ann", "bob")],
            [(f"/{of}/{{}}", {"title": name}) for of in ("ships", "ports") for name in ("ann", "bob")],
            1,
        ),
        (
            [(f"/{of}/{{}}", {"name": name}) for of in ("ships", "ports") for name in ("ann", "bob")],
            [
                (f"/{of}/{{}}", {to: name})
                for of, to in (("ships", "title"), ("ports", "label"))
                for name in ("ann", "bob")
            ],
            2,
        ),
        ([("/a", {"n": 1}), ("/b", {"n": 1})], [("/a", {"n": "x"}), ("/b", {"n": "y"})], 1),
        ([("/a", {"n": 1}), ("/b", {"n": 1})], [("/a", {"n": "x"}), ("/b", {"n": True})], 2),
        ([("/a", {"n": 1, "m": 1})], [("/a", {})], 2),
        ([("/a", {"x": {"n": 1}, "y": {"n": 1}})], [("/a", {"x": {}, "y": {}})], 1),
    ],
)
def test__findings__of_one_change_at_several_places__have_one_mark(
    old: list[tuple[str, Json]], new: list[tuple[str, Json]], rules: int
) -> None:
    before, after = (
        recording(*(exchange(line.format(n), body) for n, (line, body) in enumerate(rows))) for rows in (old, new)
    )
    assert len({change.fingerprint for change in found(before, after, before, after)}) == rules


NAMED: list[Json] = [{"name": f"{first} {last}"} for first, last in (("kim", "ott"), ("lee", "uhl"), ("ada", "poe"))]
PARTED: list[Json] = [dict(zip(("first", "last"), each["name"].split(), strict=True)) for each in NAMED]


@pytest.mark.parametrize(
    ("old", "new", "mark", "values"),
    [
        ([1], ["x"], "b232ac76261acd87", (1, "x")),
        ([{"a": "x"}], [{"a": "y"}], "f405bb60b13ded08", ("x", "y")),
        ([{"a": {"b": "x"}}], [{"a": {}}], "97bdcbeb12c37c4d", ("x", None)),
        ([{"a": "x"}], [{"a": "x", "b": 1}], "2856c0506341b228", (None, 1)),
        (
            PEOPLE,
            [{"id": each["id"], "full_name": each["name"]} for each in PEOPLE],
            "e3654b3681c628db",
            ("ann", "ann"),
        ),
        (NAMED, PARTED, "dc3aecbd7330c5d0", ("kim ott", None)),
        (
            [{"made_at": n, "up_at": n * 7} for n in (1, 2, 3)],
            [{"madeAt": n, "upAt": n * 7} for n in (1, 2, 3)],
            "8e611cffe56c9692",
            ({"made_at": 1, "up_at": 7}, {"madeAt": 1, "upAt": 7}),
        ),
        (
            [{"n": n, "m": {"who": f"kim {n}"}} for n in (1, 2)],
            [{"n": n, "m": {}, "who": f"kim {n}"} for n in (1, 2)],
            "ec00d4b1f53432bd",
            ({"n": 1, "m": {"who": "kim 1"}}, {"n": 1, "m": {}, "who": "kim 1"}),
        ),
    ],
)
def test__findings__their_marks__are_those_that_people_wrote_into_their_files(
    old: list[Json], new: list[Json], mark: str, values: tuple[Json, Json]
) -> None:
    changes = found(calls("/a/{}", *old), calls("/a/{}", *new))
    assert {change.fingerprint for change in changes} == {mark}
    assert {serialize([change.old, change.new]) for change in changes} == {serialize(values)}


def test__findings__of_a_broken_value_without_second_runs__are_a_risk() -> None:
    old, new = (
        calls("/a/{}", *({"a": (f"kim {n} and lee " * 30)[:length]} for n in range(3))) for length in (300, 100)
    )
    assert [change.level for change in (only(old, new), only(old, new, old, new))] == [Level.RISK, Level.BREAK]


def test__findings__of_a_header_that_says_another_thing_in_each_class__stand_at_both() -> None:
    def answers(sent: bool) -> Recording:
        rows = [(f"/a/{n}", 200, "ok") for n in range(3)] + [(f"/b/{n}", 404, "no") for n in range(3)]
        return recording(
            *(
                exchange(line, {}, status=status, headers={**JSON, **({"X-Kind": kind} if sent else {})})
                for line, status, kind in rows
            )
        )

    changes = found(answers(True), answers(False))
    assert [(change.operation, change.how, change.support.pairs) for change in changes] == [
        ("every 2xx answer", "set-header header X-Kind, value ok", 3),
        ("every 4xx answer", "set-header header X-Kind, value no", 3),
    ]


def test__findings__of_two_codes_in_place_of_one__are_two_changes() -> None:
    old = recording(*(exchange(f"/a/{n}", {"n": n}) for n in range(4)))
    new = recording(*(exchange(f"/a/{n}", {"n": n}, status=code) for n, code in enumerate((404, 404, 410, 200))))
    changes = found(old, new)
    assert [(change.message, change.support.pairs, change.support.agreeing) for change in changes] == [
        ("status 200 became 404", 3, 2),
        ("status 200 became 410", 3, 1),
    ]
    assert all(change.how == "the new answer does not hold what the old one said" for change in changes)
    assert len({change.fingerprint for change in changes}) == 2


VARY = {**JSON, "Vary": "Accept"}


@pytest.mark.parametrize(
    ("old", "new", "operations", "undone", "values"),
    [
        (JSON, VARY, ["every answer"], Undone.NOT_NEEDED, (None, "Accept")),
        (VARY, JSON, ["every 2xx answer"], Undone.UNDONE, ("Accept", None)),
        (VARY, {**JSON, "Vary": "Origin"}, ["every 2xx answer"], Undone.UNDONE, ("Accept", "Origin")),
    ],
)
def test__findings__of_a_header_in_all_answers_of_a_class__say_which(
    old: dict[str, str],
    new: dict[str, str],
    operations: list[str],
    undone: Undone,
    values: tuple[str | None, str | None],
) -> None:
    failing = [exchange(f"/b/{n}", {"n": n}, status=404) for n in range(3)]
    changes = found(
        recording(*(exchange(f"/a/{n}", {"n": n}, headers=old) for n in range(3)), *failing),
        recording(*(exchange(f"/a/{n}", {"n": n}, headers=new) for n in range(3)), *failing),
    )
    assert [change.operation for change in changes] == operations
    assert {(change.path, change.undone, change.old, change.new) for change in changes} == {
        ("header vary", undone, *values)
    }
    assert changes[0].message.startswith("header vary ")
    assert changes[0].how.endswith("header vary" if old is JSON else "header Vary, value Accept")


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (lambda value: {"why": {"a": [{"b": value}, {"c": 1}, 2]}}, "$.why.a[*].b"),
        (lambda value: {"by": {"7": value, "8": 0}}, "$.by.*"),
        (lambda value: [[value]], "$[*][*]"),
    ],
    ids=["member", "map", "element"],
)
def test__findings__of_failures__stand_at_the_operations_that_differ(body: Callable[[Json], Json], path: str) -> None:
    def answers(ports: int, why: str) -> Recording:
        return recording(
            *(
                exchange(
                    f"/{of}/{n}", body(ports + n if of == "ports" else n), status=404, headers={**JSON, "X-Why": of}
                )
                for n in range(3)
                for of in ("ships", "ports")
            ),
            *(exchange(f"/docks/{n}", body(n), status=404, headers={**JSON, "X-Why": f"{why}{n}"}) for n in range(3)),
        )

    old, new = answers(10, "a"), answers(30, "b")
    rows = [(change.operation, change.path, change.how) for change in found(old, new, old, new)]
    assert sorted(rows) == [
        ("GET /docks/{dock_id}", "header x-why", "nothing tells OLD's value"),
        ("GET /ports/{port_id}", path, ""),
    ]


def test__findings__of_answers_that_come_item_by_item__are_not_undone() -> None:
    lines = {"Content-Type": "application/x-ndjson"}
    changes = found(
        recording(exchange("/a", text='{"a":1}\n{"a":2}\n', headers=lines)),
        recording(exchange("/a", text='{"b":"x"}\n{"b":"y"}\n', headers=lines)),
    )
    assert [(change.path, change.undone) for change in changes] == [
        ("$[*].a", Undone.LOST),
        ("$[*].b", Undone.NOT_NEEDED),
    ]
    assert changes[1].how == "answers that come item by item are not edited"


def test__findings__of_names_in_another_convention__stand_wherever_one_is() -> None:
    olds: list[Json] = [
        {"first_name": "kim", "x": {"made_at": n, "up_at": n * 7}, "rows": [{"made_at": 3}]} for n in "abc"
    ]
    news: list[Json] = [{"firstName": "kim", "x": {"madeAt": n, "upAt": n * 7}, "rows": [{"madeAt": 3}]} for n in "abc"]
    changes = found(calls("/a/{}", *olds), calls("/a/{}", *news))
    assert [change.path for change in changes] == ["$.first_name", "$.rows[*].made_at", "$.x.made_at", "$.x.up_at"]
    assert len({change.fingerprint for change in changes}) == 1


def test__findings__inside_an_object_that_was_filled__are_the_objects() -> None:
    change = only(calls("/a", {"a": {}}), calls("/a", {"a": {"x": 1, "y": 2}}))
    assert (change.kind, change.path, change.message) == (
        "response-object-filled",
        "$.a",
        "2 fields in an object that was empty: x, y",
    )
    assert (change.old, change.new) == ({}, {"x": 1, "y": 2})


def test__remarks__count_the_answers_that_each_is_said_of() -> None:
    twice = [exchange(f"/a/{n}", text='{"a": 1, "a": 2}') for n in range(2)]
    said = remarks(study(recording(*twice), recording(*twice)))
    assert [each.partition(":")[0] for each in said] == ["4 answers"]
    crossed = study(recording(twice[0]), recording(exchange("/a/0", {}, status=500)))
    assert [each.partition(":")[0] for each in remarks(crossed)] == ["1 answer"]
    once = study(recording(exchange("/a", {"a": 2})), recording(exchange("/a", text='{"a": 1, "a": 2}')))
    assert [each.partition(":")[0] for each in remarks(once)] == ["1 answer"]


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
